"""What other apps know of documents: who else sees one, where it is in use, and what its owner is called.

An app says so in its `document_access.py`, which is found at start-up:

    access.register(Attachments(
        seen_by=lambda user: Evidence.objects.visible_to(user).values("document_id"),
        uses=lambda document: [Use(str(each), each.get_absolute_url()) for each in document.evidence.all()],
    ))
    access.name_owners(ScopeKind.ORGANISATION, names_of_organisations)
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from temp_portal.accounts.enums import ScopeKind
from temp_portal.documents.scopes import Scope

if TYPE_CHECKING:
    from temp_portal.accounts.models import User
    from temp_portal.documents.models import Document


@dataclass(frozen=True, slots=True)
class Use:
    """A place where a document is attached."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Attachments:
    """Documents attached to an app's records.

    seen_by: a subquery of the ids of the documents that a user sees for the sake of those records.
    uses: the records to which one document is attached; while there are any it cannot be withdrawn.
    """

    seen_by: "Callable[[User], QuerySet[Any, Any]]"
    uses: "Callable[[Document], Iterable[Use]]"


#: Names of owners by their id, in the reader's language.
Names = Callable[[Collection[int]], Mapping[int, str]]

_attachments: Final[list[Attachments]] = []
_names: Final[dict[str, Names]] = {}


def register(attachments: Attachments) -> None:
    """Let an app grant documents to those who see its records."""
    _attachments.append(attachments)


def name_owners(kind: ScopeKind, names: Names) -> None:
    """Let an app say what owners of this kind are called."""
    _names[kind] = names


def granted_to(user: "User") -> "list[QuerySet[Any, Any]]":
    """Subqueries of the ids of documents that the user sees through records of other apps."""
    return [each.seen_by(user) for each in _attachments]


def uses_of(document: "Document") -> list[Use]:
    """Everything to which the document is attached."""
    return [use for each in _attachments for use in each.uses(document)]


def names_of(scopes: Sequence[Scope]) -> dict[Scope, str]:
    """What these owners are called, one question per kind of owner."""
    found: dict[Scope, str] = {}
    for kind in {scope.kind for scope in scopes}:
        ids = {scope.id for scope in scopes if scope.kind == kind and scope.id is not None}
        names = _names[kind](ids) if kind in _names and ids else {}
        found |= {scope: _name(scope, names) for scope in scopes if scope.kind == kind}
    return found


def _name(scope: Scope, names: Mapping[int, str]) -> str:
    if scope.id is None:
        return _("The platform")
    return names.get(scope.id) or f"{ScopeKind(scope.kind).label} {scope.id}"
