"""The link in the letter to somebody who is to represent an organisation. Nothing secret is stored for it: what it
opens, and how long, stands in the invitation's row.
"""

from typing import Final

from django.core import signing
from django.urls import reverse

from members.models import Invitation

SALT: Final = "members.invitation"


def join_path(invitation: Invitation) -> str:
    """The address at which the invited person accepts."""
    return reverse("members:join", args=[signing.dumps(invitation.pk, salt=SALT)])


def invitation_of(token: str) -> Invitation | None:
    """The invitation that the link opens; None when the link is forged, used, taken back or too old."""
    try:
        key = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    found: Invitation | None = (
        Invitation.objects.acceptable().select_related("organisation", "user", "created_by").filter(pk=key).first()
    )
    return found
