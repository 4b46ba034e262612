from typing import Any

from rest_framework import serializers

from members.identifiers import interop_id
from members.models import Identifier, Organisation
from temp_portal.core.api import NamesField


class IdentifierSerializer(serializers.ModelSerializer[Identifier]):
    interop_id = serializers.SerializerMethodField()

    class Meta:
        model = Identifier
        fields = ["scheme", "value", "is_primary", "format_ok", "verified_at", "interop_id"]

    def get_interop_id(self, identifier: Any) -> str | None:
        return interop_id(identifier.scheme, identifier.value)


class OrganisationSerializer(serializers.ModelSerializer[Organisation]):
    name = NamesField()
    country = serializers.CharField(source="country.code")
    ownership_type = serializers.CharField(allow_null=True)
    ownership_group = serializers.CharField()
    identifiers = IdentifierSerializer(many=True)

    class Meta:
        model = Organisation
        fields = [
            "id",
            "kind",
            "legal_name",
            "legal_name_language",
            "name",
            "aliases",
            "country",
            "region",
            "city",
            "website",
            "industry_codes",
            "registered_on",
            "status",
            "merged_into",
            "ownership_type",
            "ownership_group",
            "identifiers",
        ]
