"""Filters of the catalogue and of the list of everybody who takes part."""

from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from committees.composition import OBSERVER
from committees.enums import CommitteeState, Sector
from committees.models import Committee
from committees.participation import counted_as
from members.enums import OwnershipGroup
from members.models import Organisation
from temp_portal.core.lists.filters import CountryFilter


class CatalogueFilter(django_filters.FilterSet):
    """Committees that have ended are shown when asked for."""

    sector = django_filters.MultipleChoiceFilter(
        label=_("Sector"),
        choices=Sector.choices,
        widget=forms.CheckboxSelectMultiple,
        distinct=False,
    )
    state = django_filters.MultipleChoiceFilter(
        label=_("State"),
        choices=CommitteeState.choices,
        widget=forms.CheckboxSelectMultiple,
        distinct=False,
    )

    class Meta:
        model = Committee
        fields: list[str] = []

    def filter_queryset(self, queryset: Any) -> Any:
        if not self.form.cleaned_data.get("state"):
            queryset = queryset.exclude(state__in=[CommitteeState.DISSOLVED, CommitteeState.REJECTED])
        return super().filter_queryset(queryset)


class MemberFilter(django_filters.FilterSet):
    ownership = django_filters.MultipleChoiceFilter(
        label=_("Ownership"),
        choices=[*OwnershipGroup.choices, (OBSERVER, _("Observers"))],
        method="filter_ownership",
        widget=forms.CheckboxSelectMultiple,
    )
    country = CountryFilter(label=_("Country"))

    class Meta:
        model = Organisation
        fields: list[str] = []

    def filter_ownership(self, queryset: Any, _name: str, value: list[str]) -> Any:
        return queryset.filter(counted_as(self.request.user, value))
