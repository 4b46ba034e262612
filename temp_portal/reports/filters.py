"""How the list of reports is narrowed."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from temp_portal.reports.enums import ReportState
from temp_portal.reports.models import Report


def _quarters() -> list[tuple[str, str]]:
    """Quarters of which there are reports, newest first."""
    written = Report.objects.order_by("-quarter").values_list("quarter", flat=True).distinct()
    return [(quarter, quarter) for quarter in written]


class ReportFilter(django_filters.FilterSet):
    quarter = django_filters.ChoiceFilter(label=_("Quarter"), choices=_quarters)
    state = django_filters.MultipleChoiceFilter(
        label=_("State"), choices=ReportState.choices, widget=forms.CheckboxSelectMultiple
    )
