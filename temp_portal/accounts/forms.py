from typing import Any

from allauth.account.forms import SignupForm as AllauthSignupForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm, SignupWebAuthnForm
from django import forms
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import password_validators_help_text_html, validate_password
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from temp_portal.accounts.models import User
from temp_portal.core.forms import ModelForm


class SignupForm(AllauthSignupForm):
    """Sign-up with address, name and password; the account keeps the language of the page."""

    name = forms.CharField(label=_("Your name"), max_length=150, help_text=_("As it shall stand in letters to you."))

    field_order = ("name", "email", "password1")

    def try_save(self, request: HttpRequest) -> Any:
        """An address that has an account already takes as long as a new one, whose password is hashed."""
        if self.account_already_exists and "password1" in self.cleaned_data:
            make_password(self.cleaned_data["password1"])
        return super().try_save(request)

    def save(self, request: HttpRequest) -> Any:
        user: User = super().save(request)
        user.name = self.cleaned_data["name"]
        user.language = get_language() or "en"
        user.save(update_fields=["name", "language"])
        return user


KEY_NAME = _("Name of the key")
KEY_NAME_HELP = _("So that you can tell it from others, for example “office computer”.")


class AddKeyForm(AddWebAuthnForm):
    """A passkey, unless it shall only stand beside the password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label, self.fields["name"].help_text = KEY_NAME, KEY_NAME_HELP
        passwordless = self.fields["passwordless"]
        passwordless.label, passwordless.initial = _("Sign in with this key alone, without a password"), True
        passwordless.help_text = _("It then asks for your fingerprint, face or PIN each time.")


class FirstKeyForm(SignupWebAuthnForm):
    """The passkey of an account that has no password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label, self.fields["name"].help_text = KEY_NAME, KEY_NAME_HELP


class RenameKeyForm(EditWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label, self.fields["name"].help_text = KEY_NAME, KEY_NAME_HELP


class ProfileForm(ModelForm[User]):
    class Meta:
        model = User
        fields = ("name", "language")
        labels = {"name": _("Your name"), "language": _("Language of pages and letters")}


class InvitationForm(forms.Form):
    """Name and first password of an invited person."""

    name = forms.CharField(label=_("Your name"), max_length=150, help_text=_("As it shall stand in letters to you."))
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=password_validators_help_text_html(),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.initial.setdefault("name", user.name)

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.user)
        return password
