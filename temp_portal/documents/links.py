"""Short-lived links: bound to one user, one file and a few minutes, so that a link that is passed on opens nothing."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.core import signing
from django.urls import reverse

if TYPE_CHECKING:
    from temp_portal.accounts.models import User
    from temp_portal.documents.models import Document

_SALT: Final = "temp_portal.documents.link"
SECONDS: Final = 300
#: What a link opens: the file itself, else a preview by its number.
WHOLE: Final = "file"


class Expired(Exception):
    """The link was good once. `document_id` is what it opened."""

    def __init__(self, document_id: int) -> None:
        super().__init__()
        self.document_id = document_id


@dataclass(frozen=True, slots=True)
class Link:
    """What a link opens."""

    document_id: int
    part: str


def link(document: "Document", user: "User", part: str = WHOLE) -> str:
    """Address at which this user, and nobody else, has the file for a few minutes."""
    token = signing.dumps([document.pk, user.pk, part], salt=_SALT)
    return reverse("documents:file", args=[token])


def opened(token: str, user: "User") -> Link | None:
    """What the link opens for this user; None for a forged one or another user's. Raises Expired."""
    try:
        document_id, user_id, part = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    if user_id != user.pk:
        return None
    try:
        signing.loads(token, salt=_SALT, max_age=SECONDS)
    except signing.SignatureExpired:
        raise Expired(document_id) from None
    return Link(document_id, part)
