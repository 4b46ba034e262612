from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from projects.matching.enums import Instrument, ListingState, MatchState
from projects.matching.models import Capability, CapitalSource, Demand, Match, ResourceOffer
from temp_portal.core.lists.filters import CountryFilter


class ListingFilter(django_filters.FilterSet):
    """By state, and whether it is of one's own organisations."""

    state = django_filters.MultipleChoiceFilter(
        label=_("State"), choices=ListingState.choices, widget=forms.CheckboxSelectMultiple, distinct=False
    )
    own = django_filters.BooleanFilter(
        label=_("Our own"), method="filter_own", widget=forms.Select(choices=[("", ""), ("true", _("yes"))])
    )

    def filter_own(self, queryset: Any, _name: str, value: bool) -> Any:
        return queryset.own(self.request.user) if value else queryset


class ProductFilter(ListingFilter):
    hs = django_filters.CharFilter(label=_("HS code begins with"), method="filter_hs", max_length=20)

    def filter_hs(self, queryset: Any, _name: str, value: str) -> Any:
        return queryset.filter(hs_code__startswith="".join(sign for sign in value if sign.isdecimal()))


class DemandFilter(ProductFilter):
    country = CountryFilter(label=_("Country"))

    class Meta:
        model = Demand
        fields: list[str] = []


class CapabilityFilter(ProductFilter):
    country = CountryFilter(label=_("Supplies the country"), method="filter_country")

    class Meta:
        model = Capability
        fields: list[str] = []

    def filter_country(self, queryset: Any, _name: str, value: str) -> Any:
        return queryset.filter(countries__contains=[value])


class ResourceOfferFilter(ListingFilter):
    country = CountryFilter(label=_("Country"))

    class Meta:
        model = ResourceOffer
        fields: list[str] = []


class CapitalSourceFilter(ListingFilter):
    instrument = django_filters.ChoiceFilter(label=_("Instrument"), choices=Instrument.choices)

    class Meta:
        model = CapitalSource
        fields: list[str] = []


class MatchFilter(django_filters.FilterSet):
    state = django_filters.MultipleChoiceFilter(
        label=_("State"), choices=MatchState.choices, widget=forms.CheckboxSelectMultiple, distinct=False
    )
    country = CountryFilter(label=_("Country"), field_name="demand__country")

    class Meta:
        model = Match
        fields: list[str] = []
