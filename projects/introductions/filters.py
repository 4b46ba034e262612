from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from committees.models import Committee
from projects.introductions.enums import UNDER_WAY, WAY, Step
from projects.introductions.models import Introduction

WAY_CHOICES = [(step.value, step.label) for step in WAY]
LEFT_CHOICES = [(step.value, step.label) for step in UNDER_WAY]
#: How a district that the registry lacks stands in an address.
NAMED = "name:"


def _districts(request: Any) -> list[tuple[str, str]]:
    """Target districts among the introductions that the user may see."""
    rows = Introduction.objects.visible_to(request.user).order_by("district__legal_name", "district", "district_name")
    found = rows.distinct("district__legal_name", "district", "district_name").select_related("district__merged_into")
    return [(district_key(row.district_id, row.district_name), row.district_label) for row in found]


def district_key(key: int | None, name: str) -> str:
    """A target district as the filter takes it."""
    return str(key) if key else f"{NAMED}{name}"


class IntroductionFilter(django_filters.FilterSet):
    state = django_filters.MultipleChoiceFilter(
        label=_("State"), choices=Step.choices, widget=forms.CheckboxSelectMultiple, distinct=False
    )
    district = django_filters.ChoiceFilter(label=_("Target district"), method="filter_district")
    committee = django_filters.ModelChoiceFilter(
        label=_("Committee"),
        queryset=lambda request: Committee.objects.visible_to(request.user),
        to_field_name="slug",
    )
    reached = django_filters.ChoiceFilter(label=_("Reached"), choices=WAY_CHOICES, method="filter_reached")
    left_from = django_filters.ChoiceFilter(label=_("Left at"), choices=LEFT_CHOICES, method="filter_left_from")
    linked = django_filters.BooleanFilter(
        label=_("Has a project"), field_name="project", lookup_expr="isnull", exclude=True
    )

    class Meta:
        model = Introduction
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["district"].extra["choices"] = _districts(self.request)

    def filter_district(self, queryset: Any, _name: str, value: str) -> Any:
        if value.startswith(NAMED):
            return queryset.filter(district__isnull=True, district_name=value.removeprefix(NAMED))
        return queryset.filter(district=value)

    def filter_reached(self, queryset: Any, _name: str, value: str) -> Any:
        return queryset.that_reached(value)

    def filter_left_from(self, queryset: Any, _name: str, value: str) -> Any:
        return queryset.that_left_from(value)
