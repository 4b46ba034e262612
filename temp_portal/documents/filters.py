"""How the list of documents is narrowed."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from temp_portal.documents import kinds
from temp_portal.documents.enums import DocumentState, Validity


class DocumentFilter(django_filters.FilterSet):
    validity = django_filters.ChoiceFilter(label=_("Validity"), choices=Validity.choices, method="in_validity")
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=kinds.choices)
    state = django_filters.MultipleChoiceFilter(
        label=_("State"),
        choices=[(state.value, state.label) for state in DocumentState if state != DocumentState.WITHDRAWN],
        widget=forms.CheckboxSelectMultiple,
    )
    name = django_filters.CharFilter(label=_("Title or name of the file"), method="named")

    def in_validity(self, documents: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return documents.filter(pk__in=documents.model.objects.in_validity(value))

    def named(self, documents: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return documents.filter(Q(title__icontains=value) | Q(name__icontains=value))
