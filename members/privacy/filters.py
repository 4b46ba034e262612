"""How the Secretariat's lists about personal data are narrowed."""

from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from members.models import Person
from members.privacy.enums import ErasureState, RequestKind, RequestState
from temp_portal.audit.models import Reading


class RequestFilter(django_filters.FilterSet):
    state = django_filters.MultipleChoiceFilter(
        label=_("State"), choices=RequestState.choices, widget=forms.CheckboxSelectMultiple
    )
    kind = django_filters.ChoiceFilter(label=_("What is asked"), choices=RequestKind.choices)


class ErasureFilter(django_filters.FilterSet):
    state = django_filters.MultipleChoiceFilter(
        label=_("State"), choices=ErasureState.choices, widget=forms.CheckboxSelectMultiple
    )


class ReadingFilter(django_filters.FilterSet):
    """`?person=` takes the number of a person, as on the person's page."""

    person = django_filters.NumberFilter(label=_("Number of the person"), method="filter_person")
    reader = django_filters.CharFilter(
        label=_("Address of the reader"), field_name="reader__email", lookup_expr="iexact"
    )

    class Meta:
        model = Reading
        fields: list[str] = []

    def filter_person(self, queryset: Any, _name: str, value: Any) -> Any:
        return queryset.of(*Person.objects.filter(pk=int(value)))
