"""The link of an invitation: valid for a fortnight and until it is taken up. Nothing is stored for it."""

from typing import Final

from allauth.account.models import EmailAddress
from django.core import signing
from django.urls import reverse

from temp_portal.accounts.models import User

SALT: Final = "temp_portal.accounts.invitation"
VALID_SECONDS: Final = 14 * 24 * 60 * 60


def invitation_path(user: User) -> str:
    """The address on which the invited person sets name and password."""
    return reverse("accounts:invitation", args=[signing.dumps(user.pk, salt=SALT)])


def invited(token: str) -> User | None:
    """The account that the link invites; None when the link is forged, too old, or was used."""
    try:
        key = signing.loads(token, salt=SALT, max_age=VALID_SECONDS)
    except signing.BadSignature:
        return None
    user = User.objects.filter(pk=key, is_active=True).first()
    return user if user is not None and not is_in_use(user) else None


def is_in_use(user: User) -> bool:
    """Whether somebody has confirmed an address of the account. One with a passkey alone has no password."""
    return EmailAddress.objects.filter(user=user, verified=True).exists()
