from typing import Any

from rest_framework import serializers

from projects.models import MoneyEvent, Participant, Project, ProjectCountry, Site
from temp_portal.core.api import NamesField


class HostCountrySerializer(serializers.ModelSerializer[ProjectCountry]):
    country = serializers.CharField(source="country.code")

    class Meta:
        model = ProjectCountry
        fields = ["country", "share"]


class SiteSerializer(serializers.ModelSerializer[Site]):
    country = serializers.CharField(source="country.code")

    class Meta:
        model = Site
        fields = ["name", "country", "latitude", "longitude"]


class ParticipantSerializer(serializers.ModelSerializer[Participant]):
    class Meta:
        model = Participant
        fields = ["organisation", "name", "source_type", "role", "share"]


class MoneyEventSerializer(serializers.ModelSerializer[MoneyEvent]):
    class Meta:
        model = MoneyEvent
        fields = [
            "id",
            "kind",
            "finance_type",
            "amount",
            "currency",
            "event_date",
            "date_precision",
            "rate_to_usd",
            "rate_source",
            "supersedes",
            "recorded_at",
        ]


class ProjectSerializer(serializers.ModelSerializer[Project]):
    title = NamesField()
    summary = NamesField()
    countries = HostCountrySerializer(many=True)
    committees = serializers.SerializerMethodField()
    sites = SiteSerializer(many=True)
    participants = ParticipantSerializer(many=True)
    money_events = MoneyEventSerializer(source="money_in_force", many=True)

    class Meta:
        model = Project
        fields = [
            "code",
            "title",
            "summary",
            "stage",
            "sector_scheme",
            "sector_code",
            "sector_name",
            "lead",
            "countries",
            "sites",
            "committees",
            "is_consortium",
            "participants",
            "money_events",
            "start_planned",
            "start_planned_precision",
            "start_actual",
            "start_actual_precision",
            "end_planned",
            "end_planned_precision",
            "end_actual",
            "end_actual_precision",
            "in_totals",
            "visibility",
            "source",
            "source_id",
        ]

    def get_committees(self, project: Any) -> list[str]:
        return [sponsorship.committee.slug for sponsorship in project.sponsorships.all()]
