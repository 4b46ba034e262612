"""Filters of a committee's queue."""

from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from committees.enums import ChainRole
from committees.models import Application
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

    class Meta:
        model = Application
        fields: list[str] = []

    def filter_overdue(self, queryset: Any, _name: str, value: bool) -> Any:
        return queryset.overdue() if value else queryset
