"""Filters of what changed on a roster."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from committees.enums import MovementKind
from committees.models import SeatPeriod


class MovementFilter(django_filters.FilterSet):
    """By kind. The rows are worked out, so the view applies the choice."""

    kind = django_filters.MultipleChoiceFilter(
        label=_("What changed"), choices=MovementKind.choices, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = SeatPeriod
        fields: list[str] = []
