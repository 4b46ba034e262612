"""What documents are evidence of. Apps name their kinds in their `document_access.py`, which is found at start-up.

register(DocumentKind("registration", _("Extract from the register of companies"), ScopeKind.ORGANISATION))
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """A kind of document: the code that is stored, its name for people, and whose it can be ("" for anybody's)."""

    code: str
    label: "StrOrPromise"
    scope_kind: str = ""


OTHER: Final = "other"
_kinds: Final[dict[str, DocumentKind]] = {}


def register(*kinds: DocumentKind) -> None:
    """Make kinds known. Raises ImproperlyConfigured for a code in use."""
    for kind in kinds:
        if kind.code in _kinds:
            raise ImproperlyConfigured(f"The kind of document “{kind.code}” is registered twice.")
        _kinds[kind.code] = kind


def label_of(code: str) -> str:
    """The kind's name in the reader's language; its code when no app offers it any more."""
    kind = _kinds.get(code)
    return str(kind.label) if kind else code


def choices(scope_kind: str = "") -> list[tuple[str, str]]:
    """Code and name of the kinds that such an owner can have, of all without one; "other" last."""
    offered = [kind for kind in _kinds.values() if not scope_kind or kind.scope_kind in ("", scope_kind)]
    return sorted(((kind.code, str(kind.label)) for kind in offered), key=lambda pair: (pair[0] == OTHER, pair[1]))


register(DocumentKind(OTHER, _("Other document")))
