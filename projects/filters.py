from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from committees.models import Committee
from projects.enums import RatePrecision, Stage
from projects.models import ExchangeRate, Project
from temp_portal.core.lists.filters import CountryFilter


def _sectors(request: Any) -> list[tuple[str, str]]:
    """Sectors that occur among the projects the visitor may see."""
    projects = Project.objects.visible_to(request.user).exclude(sector_code="")
    sectors = projects.order_by("sector_code").values_list("sector_code", "sector_name").distinct()
    return [(code, f"{code} {name}") for code, name in sectors]


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

    counted = django_filters.BooleanFilter(label=_("Counted in totals"), field_name="in_totals")

    class Meta:
        model = Project
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["sector"].extra["choices"] = _sectors(self.request)

    def filter_country(self, queryset: Any, _name: str, value: str) -> Any:
        return queryset.in_country(value)

    def filter_committee(self, queryset: Any, _name: str, value: Committee) -> Any:
        return queryset.sponsored_by(value)


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
