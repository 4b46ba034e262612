from typing import Any

from django.conf import settings
from rest_framework import serializers
from rest_framework.reverse import reverse

from temp_portal.reports.models import Report, ReportFile


class ReportFileSerializer(serializers.ModelSerializer[ReportFile]):
    url = serializers.SerializerMethodField()

    class Meta:
        model = ReportFile
        fields = ["format", "language", "name", "size", "sha256", "url"]

    def get_url(self, file: Any) -> str:
        return reverse("api:report-file", args=[file.report_id, file.pk], request=self.context.get("request"))


class ReportSerializer(serializers.ModelSerializer[Report]):
    hash = serializers.CharField(source="figures_hash")
    committees = serializers.ListField(source="scope", child=serializers.IntegerField(), allow_null=True)
    files = ReportFileSerializer(many=True)

    class Meta:
        model = Report
        fields = [
            "id",
            "quarter",
            "period_start",
            "period_end",
            "time_zone",
            "committees",
            "version",
            "state",
            "cut_off",
            "hash",
            "job",
            "files",
        ]


class ReportWithFiguresSerializer(ReportSerializer):
    class Meta(ReportSerializer.Meta):
        fields = [*ReportSerializer.Meta.fields, "figures", "restated"]


class NewReportSerializer(serializers.Serializer[Any]):
    """`committees` are ids; null or left out means all."""

    quarter = serializers.RegexField(r"^\d{4}-Q[1-4]$")
    committees = serializers.ListField(child=serializers.IntegerField(), allow_null=True, default=None)
    languages = serializers.MultipleChoiceField(choices=settings.LANGUAGES, default={"en"})
