"""Filters of the yearly confirmations."""

from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from committees.models import Confirmation


class ConfirmationFilter(django_filters.FilterSet):
    year = django_filters.NumberFilter(label=_("Year"), field_name="round__year")
    waiting = django_filters.BooleanFilter(
        label=_("Not confirmed"), method="filter_waiting", widget=forms.Select(choices=[("", ""), ("true", _("yes"))])
    )

    class Meta:
        model = Confirmation
        fields: list[str] = []

    def filter_waiting(self, queryset: Any, _name: str, value: bool) -> Any:
        """Those that still wait for the member."""
        return queryset.waiting() if value else queryset
