"""Filters of dues, over DuesCharges with the annotations of `with_standing`."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from committees.enums import DuesGroup, DuesStanding
from committees.models import DuesCharge


class DuesFilter(django_filters.FilterSet):
    year = django_filters.NumberFilter(label=_("Year"), field_name="dues_year__year")
    state = django_filters.MultipleChoiceFilter(
        label=_("State"),
        field_name="standing",
        choices=DuesStanding.choices,
        widget=forms.CheckboxSelectMultiple,
        distinct=False,
    )
    tier = django_filters.ChoiceFilter(label=_("Tier"), field_name="tier__kind", choices=DuesGroup.choices)

    class Meta:
        model = DuesCharge
        fields: list[str] = []
