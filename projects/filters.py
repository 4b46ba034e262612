from datetime import date, timedelta
from typing import Any

import django_filters
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.models import Committee
from members.enums import OwnershipGroup
from projects.changes import Change, changed_ids
from projects.enums import RatePrecision, Stage, Visibility
from projects.models import ExchangeRate, Project
from temp_portal.accounts.permissions import signed_in
from temp_portal.core.forms import DayField
from temp_portal.core.lists.filters import CountryFilter
from temp_portal.core.periods import Quarter


def _sectors(request: Any) -> list[tuple[str, str]]:
    """Sectors that occur among the projects the visitor may see."""
    projects = Project.objects.visible_to(request.user).exclude(sector_code="")
    sectors = projects.order_by("sector_code").values_list("sector_code", "sector_name").distinct()
    return [(code, f"{code} {name}") for code, name in sectors]


class DayFilter(django_filters.DateFilter):
    """A day typed as YYYY-MM-DD; another filter asks for it."""

    field_class = DayField

    def filter(self, queryset: Any, _value: Any) -> Any:
        return queryset


class ProjectFilter(django_filters.FilterSet):
    stage = django_filters.MultipleChoiceFilter(
        label=_("Stage"),
        choices=Stage.choices,
        widget=forms.CheckboxSelectMultiple,
        distinct=False,
    )
    country = CountryFilter(label=_("Country"), method="filter_country")
    sector = django_filters.ChoiceFilter(label=_("Sector"), field_name="sector_code")
    committee = django_filters.ModelChoiceFilter(
        label=_("Committee"),
        queryset=lambda request: Committee.objects.visible_to(request.user),
        to_field_name="slug",
        method="filter_committee",
    )
    ownership = django_filters.ChoiceFilter(
        label=_("Ownership of the lead"), choices=OwnershipGroup.choices, method="filter_ownership"
    )
    visibility = django_filters.ChoiceFilter(label=_("Visible to"), choices=Visibility.choices)
    consortium = django_filters.BooleanFilter(label=_("Consortium"), field_name="is_consortium")
    counted = django_filters.BooleanFilter(label=_("Counted in totals"), method="filter_counted")
    change = django_filters.ChoiceFilter(label=_("Change of stage"), choices=Change.choices, method="filter_change")
    since = DayFilter(label=_("Changed after"))
    until = DayFilter(label=_("Changed until"))

    class Meta:
        model = Project
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["sector"].extra["choices"] = _sectors(self.request)
        if not signed_in(self.request.user):
            del self.filters["visibility"]

    def filter_country(self, queryset: Any, _name: str, value: str) -> Any:
        return queryset.in_country(value)

    def filter_committee(self, queryset: Any, _name: str, value: Committee) -> Any:
        return queryset.sponsored_by(value)

    def filter_ownership(self, queryset: Any, _name: str, value: str) -> Any:
        return queryset.led_by_group(value, timezone.localdate())

    def filter_counted(self, queryset: Any, _name: str, value: bool) -> Any:
        counted = Project.objects.counted().values("pk")
        return queryset.counted() if value else queryset.exclude(pk__in=counted)

    def filter_change(self, queryset: Any, _name: str, value: str) -> Any:
        """Projects with this change between the two days: from the beginning of the quarter to today unless chosen."""
        return queryset.filter(pk__in=changed_ids(queryset, Change(value), *self.span()))

    def span(self) -> tuple[date, date]:
        """The two days that are compared."""
        said, today = self.form.cleaned_data, timezone.localdate()
        until = said.get("until") or today
        return said.get("since") or min(quarter_before(today), until), until


def quarter_before(day: date) -> date:
    """The last day of the quarter before."""
    return Quarter.containing(day).start - timedelta(days=1)


def _quotes() -> list[tuple[str, str]]:
    """Currencies of which rates are on record, each found by an index."""
    return [(code, code) for code in ExchangeRate.objects.order_by("quote").values_list("quote", flat=True).distinct()]


def _sources() -> list[tuple[str, str]]:
    return [
        (name, name) for name in ExchangeRate.objects.order_by("source").values_list("source", flat=True).distinct()
    ]


class RateFilter(django_filters.FilterSet):
    currency = django_filters.ChoiceFilter(label=_("Currency"), choices=_quotes, field_name="quote")
    source = django_filters.ChoiceFilter(label=_("Source"), choices=_sources)
    precision = django_filters.ChoiceFilter(label=_("Holds for"), choices=RatePrecision.choices)
    year = django_filters.NumberFilter(
        label=_("Year"), field_name="date__year", min_value=1900, max_value=2100, decimal_places=0
    )

    class Meta:
        model = ExchangeRate
        fields: list[str] = []
