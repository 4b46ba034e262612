"""The names of the records over which roles are held, for lists of grants."""

from typing import Any

from django.db.models import Case, CharField, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language

from committees.models import Committee
from members.models import Organisation
from temp_portal.accounts.enums import ScopeKind
from temp_portal.accounts.models import RoleGrant


def with_scope_names(grants: "QuerySet[RoleGrant]") -> "QuerySet[RoleGrant]":
    """Annotate `scope_name`: the committee's or organisation's name in the reader's language, "" for the platform."""
    return grants.annotate(
        scope_name=Case(
            When(scope_kind=ScopeKind.COMMITTEE, then=_name(Committee, "name_en", "name_zh_hans", "name_ru")),
            When(scope_kind=ScopeKind.ORGANISATION, then=_name(Organisation, "legal_name")),
            default=Value(""),
            output_field=CharField(),
        )
    )


def _name(model: type[Any], *fallbacks: str) -> Subquery:
    own = "name_" + (get_language() or "en").replace("-", "_")
    names = [NullIf(field, Value("")) for field in (own, *fallbacks)]
    return Subquery(
        model.objects.filter(pk=OuterRef("scope_id")).values_list(Coalesce(*names, output_field=CharField()))[:1]
    )
