from typing import Any

from allauth.account.forms import SignupForm as AllauthSignupForm
from django import forms
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from temp_portal.accounts.models import User


class SignupForm(AllauthSignupForm):
    """Sign-up with address, name and password; the account keeps the language of the page."""

    name = forms.CharField(label=_("Name"), max_length=150, help_text=_("As it shall stand in letters to you."))

    field_order = ("name", "email", "password1")

    def save(self, request: HttpRequest) -> Any:
        user: User = super().save(request)
        user.name = self.cleaned_data["name"]
        user.language = get_language() or "en"
        user.save(update_fields=["name", "language"])
        return user
