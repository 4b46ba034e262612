"""Filters of the register, over Risks with `with_assessment`."""

from typing import Any

import django_filters
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from projects.risks.enums import Impact, Likelihood, RiskState, RiskType
from projects.risks.models import Risk
from temp_portal.core.forms import DayField


class DayFilter(django_filters.DateFilter):
    """A day as people type it."""

    field_class = DayField


class RiskFilter(django_filters.FilterSet):
    type = django_filters.MultipleChoiceFilter(
        label=_("Type"), choices=RiskType.choices, widget=forms.CheckboxSelectMultiple, distinct=False
    )
    state = django_filters.ChoiceFilter(label=_("State"), choices=RiskState.choices)
    likelihood = django_filters.ChoiceFilter(label=_("Likelihood"), choices=Likelihood.choices)
    impact = django_filters.ChoiceFilter(label=_("Impact"), choices=Impact.choices)
    due = django_filters.BooleanFilter(label=_("Review due"), method="filter_due")
    as_of = DayFilter(label=_("As of"), method="pass_over")

    class Meta:
        model = Risk
        fields: list[str] = []

    def filter_due(self, queryset: Any, _name: str, value: bool) -> Any:
        due = Risk.objects.due(timezone.localdate())
        return queryset.filter(pk__in=due) if value else queryset.exclude(pk__in=due)

    def pass_over(self, queryset: Any, _name: str, _value: Any) -> Any:
        """The rows come as they stood on that day already (see the view)."""
        return queryset
