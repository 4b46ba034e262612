"""Filters of calendar days and of reasons for decisions."""

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from committees.enums import ReasonKind
from committees.models import CalendarDay, DecisionReason
from temp_portal.core.country_names import country_choices


class CalendarFilter(django_filters.FilterSet):
    country = django_filters.ChoiceFilter(label=_("Country"), choices=country_choices)
    year = django_filters.ChoiceFilter(label=_("Year"), field_name="day__year", choices=lambda: years())

    class Meta:
        model = CalendarDay
        fields: list[str] = []


def years() -> list[tuple[Any, str]]:
    """Years of which days are on record."""
    found = CalendarDay.objects.dates("day", "year")
    return [(each.year, str(each.year)) for each in found]


class ReasonFilter(django_filters.FilterSet):
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=ReasonKind.choices)

    class Meta:
        model = DecisionReason
        fields: list[str] = []
