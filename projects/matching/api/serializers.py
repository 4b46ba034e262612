from rest_framework import serializers

from projects.matching.models import Capability, Demand
from temp_portal.core.api import NamesField

SHARED = ["id", "organisation", "product", "hs_code", "hs_edition", "unit", "state"]


class DemandSerializer(serializers.ModelSerializer[Demand]):
    """The target price is null for whoever may not see it."""

    product = NamesField()
    country = serializers.CharField(source="country.code")
    target_price = serializers.DecimalField(source="shown_price", max_digits=18, decimal_places=4, allow_null=True)

    class Meta:
        model = Demand
        fields = [*SHARED, "country", "point", "scenario", "quantity", "target_price", "currency", "deadline"]


class CapabilitySerializer(serializers.ModelSerializer[Capability]):
    """Prices are left out: they are for the page of who may see them."""

    product = NamesField()

    class Meta:
        model = Capability
        fields = [*SHARED, "capacity", "minimum_order", "lead_days", "certificates", "countries", "regions"]
