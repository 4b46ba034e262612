from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from members.enums import ClaimState, OrganisationKind, OrganisationStatus, OwnershipType
from members.models import Claim, Organisation, Ownership
from temp_portal.core.lists.filters import CountryFilter
from temp_portal.core.markup.ownership import OwnershipGroup


class OrganisationFilter(django_filters.FilterSet):
    ownership = django_filters.ChoiceFilter(
        label=_("Ownership"), choices=OwnershipGroup.choices, method="filter_ownership"
    )
    country = CountryFilter(label=_("Country"))
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=OrganisationKind.choices)
    status = django_filters.ChoiceFilter(label=_("Status"), choices=OrganisationStatus.choices)

    class Meta:
        model = Organisation
        fields: list[str] = []

    def filter_ownership(self, queryset: Any, _name: str, value: str) -> Any:
        return queryset.in_group(value)


class ClaimFilter(django_filters.FilterSet):
    waits = django_filters.ChoiceFilter(
        label=_("Waits for"), choices=[("staff", _("the Secretariat"))], method="filter_waits"
    )
    state = django_filters.ChoiceFilter(label=_("State"), choices=ClaimState.choices)

    class Meta:
        model = Claim
        fields: list[str] = []

    def filter_waits(self, queryset: Any, _name: str, _value: str) -> Any:
        return queryset.for_staff()


class UnverifiedFilter(django_filters.FilterSet):
    type = django_filters.ChoiceFilter(label=_("Declared ownership"), choices=OwnershipType.choices)
    country = CountryFilter(label=_("Country"), field_name="organisation__country")

    class Meta:
        model = Ownership
        fields: list[str] = []
