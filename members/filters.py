from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from members.enums import OrganisationKind, OrganisationStatus
from members.models import Organisation
from temp_portal.core.markup.ownership import OwnershipGroup


class OrganisationFilter(django_filters.FilterSet):
    ownership = django_filters.ChoiceFilter(
        label=_("Ownership"), choices=OwnershipGroup.choices, method="filter_ownership"
    )
    country = django_filters.ChoiceFilter(label=_("Country"), choices=lambda: list(countries))
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=OrganisationKind.choices)
    status = django_filters.ChoiceFilter(label=_("Status"), choices=OrganisationStatus.choices)

    class Meta:
        model = Organisation
        fields: list[str] = []

    def filter_ownership(self, queryset: Any, _name: str, value: str) -> Any:
        return queryset.in_group(value)
