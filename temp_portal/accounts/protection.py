"""Offering a second factor after the first sign-in, and going on from there to where one wanted."""

from typing import Final

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from temp_portal.accounts.models import User

#: Kept in the session, because setting up a factor takes several pages.
KEY: Final = "after_protection"


def after_first_sign_in(request: HttpRequest, user: User, wanted: str) -> str:
    """The page with the offer; the wanted one at once for who signed up with a passkey."""
    if is_mfa_enabled(user):
        return wanted
    # The password was chosen and the address proved a moment ago: nobody is asked again “Is it you?”.
    record_authentication(request, user, method="signup", reauthenticated=True)
    request.session[KEY] = wanted
    return reverse("accounts:protect")


def where_to_go_on(request: HttpRequest) -> str:
    """Where one wanted before the offer came between."""
    return str(request.session.get(KEY) or settings.LOGIN_REDIRECT_URL)
