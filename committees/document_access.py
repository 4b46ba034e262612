"""What committees keep and what they are called as owners of documents; who sees those of applications."""

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from committees.models import Application, ApplicationDocument, Committee
from temp_portal.accounts.enums import ScopeKind
from temp_portal.documents import access
from temp_portal.documents.access import Use
from temp_portal.documents.kinds import DocumentKind, register
from temp_portal.documents.models import Document

if TYPE_CHECKING:
    from temp_portal.accounts.models import User


def _names(ids: Collection[int]) -> Mapping[int, str]:
    return {committee.pk: str(committee) for committee in Committee.objects.filter(pk__in=ids)}


def _seen_by(user: "User") -> QuerySet[Any, Any]:
    """Documents of applications that were handed in to committees whose applications the user reads."""
    read = Application.objects.for_officers(user)
    return ApplicationDocument.objects.filter(application__in=read).values("document_id")


def _uses(document: Document) -> list[Use]:
    """The applications to which a document is attached."""
    found = Application.objects.filter(attached__document=document).distinct().order_by("pk")
    return [Use(str(each), each.get_absolute_url()) for each in found]


access.name_owners(ScopeKind.COMMITTEE, _names)
access.register(access.Attachments(seen_by=_seen_by, uses=_uses))

register(
    DocumentKind("rules", _("Working rules of the committee"), ScopeKind.COMMITTEE),
    DocumentKind("decision", _("Decision or minutes"), ScopeKind.COMMITTEE),
)
