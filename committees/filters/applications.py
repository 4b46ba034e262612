"""Filters of a committee's queue."""

from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from committees.enums import ChainRole
from committees.forms.pickers import CommitteeSelect
from committees.models import Application, Committee
from members.enums import OwnershipGroup
from temp_portal.core.country_names import country_choices


class ApplicationFilter(django_filters.FilterSet):
    ownership = django_filters.MultipleChoiceFilter(
        label=_("Ownership"),
        field_name="ownership_group",
        choices=OwnershipGroup.choices,
        widget=forms.CheckboxSelectMultiple,
        distinct=False,
    )
    country = django_filters.ChoiceFilter(
        label=_("Country"), field_name="organisation__country", choices=country_choices
    )
    chain_role = django_filters.ChoiceFilter(label=_("Chain role"), choices=ChainRole.choices)
    overdue = django_filters.BooleanFilter(
        label=_("Overdue"), method="filter_overdue", widget=forms.Select(choices=[("", ""), ("true", _("yes"))])
    )

    mine = django_filters.BooleanFilter(
        label=_("Mine"), method="filter_mine", widget=forms.Select(choices=[("", ""), ("true", _("yes"))])
    )
    unassigned = django_filters.BooleanFilter(
        label=_("Unassigned"), method="filter_unassigned", widget=forms.Select(choices=[("", ""), ("true", _("yes"))])
    )

    class Meta:
        model = Application
        fields: list[str] = []

    def filter_overdue(self, queryset: Any, _name: str, value: bool) -> Any:
        return queryset.overdue() if value else queryset

    def filter_mine(self, queryset: Any, _name: str, value: bool) -> Any:
        return queryset.filter(assignee=self.request.user.pk) if value else queryset

    def filter_unassigned(self, queryset: Any, _name: str, value: bool) -> Any:
        return queryset.filter(assignee__isnull=True) if value else queryset


class AllApplicationsFilter(ApplicationFilter):
    """Those of all committees can be narrowed to one."""

    committee = django_filters.ModelChoiceFilter(
        label=_("Committee"),
        queryset=lambda request: Committee.objects.kept_by(request.user).order_by("slug"),
        to_field_name="slug",
        widget=CommitteeSelect,
    )

    class Meta(ApplicationFilter.Meta):
        pass
