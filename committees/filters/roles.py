"""Filters of the list of role-holders."""

from typing import Any

import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from committees.forms.pickers import CommitteeSelect
from committees.models import Committee
from temp_portal.accounts.enums import Role, ScopeKind
from temp_portal.accounts.models import RoleGrant


class RoleFilter(django_filters.FilterSet):
    role = django_filters.ChoiceFilter(label=_("Role"), choices=Role.choices)
    committee = django_filters.ModelChoiceFilter(
        label=_("Committee"),
        queryset=lambda request: Committee.objects.visible_to(request.user).order_by("slug"),
        to_field_name="slug",
        widget=CommitteeSelect,
        method="filter_committee",
    )
    person = django_filters.CharFilter(label=_("Name or address"), method="filter_person")

    class Meta:
        model = RoleGrant
        fields: list[str] = []

    def filter_committee(self, queryset: Any, _name: str, value: Committee) -> Any:
        return queryset.filter(scope_kind=ScopeKind.COMMITTEE, scope_id=value.pk)

    def filter_person(self, queryset: Any, _name: str, value: str) -> Any:
        return queryset.filter(Q(user__name__icontains=value) | Q(user__email__icontains=value))
