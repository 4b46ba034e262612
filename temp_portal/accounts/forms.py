from typing import Any

from allauth.account.forms import SignupForm as AllauthSignupForm
from django import forms
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

    def save(self, request: HttpRequest) -> Any:
        user: User = super().save(request)
        user.name = self.cleaned_data["name"]
        user.language = get_language() or "en"
        user.save(update_fields=["name", "language"])
        return user


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
