"""How the list of jobs is narrowed."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from temp_portal.jobs import registry
from temp_portal.jobs.enums import JobState


def _kinds() -> list[tuple[str, str]]:
    return [(sort.name, str(sort.label)) for sort in registry.every()]


class JobFilter(django_filters.FilterSet):
    state = django_filters.MultipleChoiceFilter(
        label=_("State"), choices=JobState.choices, widget=forms.CheckboxSelectMultiple
    )
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=_kinds)
