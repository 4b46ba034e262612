"""What of one's documents needs looking after."""

from typing import Any

from django.db.models import Q

from temp_portal.accounts.models import User
from temp_portal.accounts.start import block
from temp_portal.documents.columns import expiry
from temp_portal.documents.models import Document
from temp_portal.documents.querysets import DocumentQuerySet
from temp_portal.documents.scopes import kept_scopes

_SHOWN = 5


@block("me/documents.html", order=25)
def documents(user: User) -> dict[str, Any] | None:
    """For those who keep documents of an organisation: how many there are, and those that end or have ended."""
    scopes = [scope for scope in kept_scopes(user) if scope.id is not None]
    if not scopes:
        return None
    owned = Q(*[Q(scope_kind=scope.kind, scope_id=scope.id) for scope in scopes], _connector=Q.OR)
    kept: DocumentQuerySet = Document.objects.filter(owned).kept().newest()
    return {
        "count": kept.count(),
        "ending": [(document, expiry(document)) for document in kept.ending().order_by("expires_on")[:_SHOWN]],
    }
