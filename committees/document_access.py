"""What committees keep, and what they are called as owners of documents."""

from collections.abc import Collection, Mapping

from django.utils.translation import gettext_lazy as _

from committees.models import Committee
from temp_portal.accounts.enums import ScopeKind
from temp_portal.documents import access
from temp_portal.documents.kinds import DocumentKind, register


def _names(ids: Collection[int]) -> Mapping[int, str]:
    return {committee.pk: str(committee) for committee in Committee.objects.filter(pk__in=ids)}


access.name_owners(ScopeKind.COMMITTEE, _names)

register(
    DocumentKind("rules", _("Working rules of the committee"), ScopeKind.COMMITTEE),
    DocumentKind("decision", _("Decision or minutes"), ScopeKind.COMMITTEE),
)
