from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from committees.models import Committee
from projects.enums import Stage
from projects.models import Project
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
