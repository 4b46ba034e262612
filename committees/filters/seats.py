"""Filters of rosters, over SeatPeriods with the annotations of `with_roster`."""

from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from committees.as_of import AsOf
from committees.enums import ChainRole, DuesStanding, FunctionalRole, PositionCode, Standing
from committees.models import SeatPeriod
from members.enums import OwnershipGroup
from temp_portal.core.lists.filters import CountryFilter

EVERYBODY = "all"


class PublicRosterFilter(django_filters.FilterSet):
    """What a visitor may narrow a roster by. The rows are those who sit on the day of the page."""

    ownership = django_filters.MultipleChoiceFilter(
        label=_("Ownership"),
        method="filter_ownership",
        choices=OwnershipGroup.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    country = CountryFilter(label=_("Country"), field_name="country")
    role = django_filters.MultipleChoiceFilter(
        label=_("Functional role"),
        field_name="functional_role",
        choices=FunctionalRole.choices,
        widget=forms.CheckboxSelectMultiple,
        distinct=False,
    )
    position = django_filters.MultipleChoiceFilter(
        label=_("Position"), choices=PositionCode.choices, method="filter_position", widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = SeatPeriod
        fields: list[str] = []

    @property
    def day(self) -> Any:
        """The day of the page."""
        return AsOf.parse(self.request.GET).day

    def filter_queryset(self, queryset: Any) -> Any:
        return super().filter_queryset(queryset.on(self.day))

    def filter_ownership(self, queryset: Any, _name: str, value: list[str]) -> Any:
        return queryset.owned_by(value, self.day)

    def filter_position(self, queryset: Any, _name: str, value: list[str]) -> Any:
        return queryset.holding(value, self.day)


class RosterFilter(PublicRosterFilter):
    """What those who keep the roster narrow it by. Whoever has left is shown when asked for."""

    chain = django_filters.MultipleChoiceFilter(
        label=_("Chain role"),
        field_name="chain_role",
        choices=ChainRole.choices,
        widget=forms.CheckboxSelectMultiple,
        distinct=False,
    )
    standing = django_filters.ChoiceFilter(
        label=_("State"), choices=[*Standing.choices, (EVERYBODY, _("all, with those who left"))], method="keep"
    )
    voting = django_filters.BooleanFilter(label=_("Voting"))
    dues = django_filters.MultipleChoiceFilter(
        label=_("Dues"),
        field_name="dues_standing",
        choices=DuesStanding.choices,
        widget=forms.CheckboxSelectMultiple,
        distinct=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "dues_standing" not in self.queryset.query.annotations:
            del self.filters["dues"]

    def filter_queryset(self, queryset: Any) -> Any:
        wanted = self.form.cleaned_data.get("standing") or ""
        rows = {Standing.LEFT: queryset.left_by(self.day), EVERYBODY: queryset.ever_by(self.day)}
        kept = rows.get(wanted, queryset.on(self.day))
        if wanted in (Standing.SITTING, Standing.SUSPENDED):
            kept = kept.filter(suspended=wanted == Standing.SUSPENDED)
        return django_filters.FilterSet.filter_queryset(self, kept)

    def keep(self, queryset: Any, _name: str, _value: str) -> Any:
        """The choice of rows itself is made before the other filters."""
        return queryset
