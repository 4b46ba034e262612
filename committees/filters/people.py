"""Filters of the list of people."""

from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from committees import people
from committees.enums import PositionCode
from committees.forms.pickers import CommitteeSelect
from committees.models import Committee
from members.enums import ASKED_PURPOSES
from members.models import Person


class PersonFilter(django_filters.FilterSet):
    committee = django_filters.ModelChoiceFilter(
        label=_("Committee"),
        queryset=lambda request: Committee.objects.kept_by(request.user).order_by("slug"),
        to_field_name="slug",
        widget=CommitteeSelect,
        method="filter_committee",
    )
    position = django_filters.MultipleChoiceFilter(
        label=_("Position"), choices=PositionCode.choices, method="filter_position", widget=forms.CheckboxSelectMultiple
    )
    without = django_filters.ChoiceFilter(
        label=_("Without consent to"),
        choices=[(each.value, each.label) for each in ASKED_PURPOSES],
        method="filter_without",
    )

    class Meta:
        model = Person
        fields: list[str] = []

    def filter_committee(self, queryset: Any, _name: str, value: Committee) -> Any:
        return queryset.filter(people.works_in(value))

    def filter_position(self, queryset: Any, _name: str, value: list[str]) -> Any:
        return queryset.filter(people.holds_office(value)) if value else queryset

    def filter_without(self, queryset: Any, _name: str, value: str) -> Any:
        return queryset.filter(**{f"has_{value}": False})
