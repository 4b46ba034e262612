"""How the lists are narrowed."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from temp_portal.core.tabular.kinds import all_kinds
from temp_portal.imports.enums import ImportState


def kind_choices() -> list[tuple[str, str]]:
    """Every kind that an app offers."""
    return [(kind.name, str(kind.label)) for kind in all_kinds()]


class ImportFilter(django_filters.FilterSet):
    state = django_filters.MultipleChoiceFilter(
        label=_("State"), choices=ImportState.choices, widget=forms.CheckboxSelectMultiple
    )
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=kind_choices)
