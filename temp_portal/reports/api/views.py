"""Quarterly reports over the API: figures as frozen, files, and the start of a new one."""

from django.db.models import QuerySet
from django.http import FileResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from temp_portal.accounts.api.actor import acting_user
from temp_portal.accounts.api.idempotency import idempotent
from temp_portal.core.files import download
from temp_portal.core.periods import Quarter
from temp_portal.reports import workflows
from temp_portal.reports.api.serializers import NewReportSerializer, ReportSerializer, ReportWithFiguresSerializer
from temp_portal.reports.models import Report

KEY = OpenApiParameter("Idempotency-Key", str, OpenApiParameter.HEADER, description="Sent again, it creates only once.")


class ReportViewSet(viewsets.ReadOnlyModelViewSet[Report]):
    """Reports that the caller may see; a single one with its frozen figures."""

    permission_classes = [IsAuthenticated]
    filterset_fields = ["quarter", "state"]
    lookup_value_converter = "int"
    queryset = Report.objects.none()

    def get_serializer_class(self) -> type[ReportSerializer]:
        return ReportWithFiguresSerializer if self.action == "retrieve" else ReportSerializer

    def get_queryset(self) -> QuerySet[Report]:
        return Report.objects.visible_to(self.request.user).prefetch_related("files")

    @extend_schema(request=NewReportSerializer, responses={202: ReportSerializer}, parameters=[KEY])
    def create(self, request: Request) -> Response:
        """Start a report; its job counts, freezes and makes the files."""
        return idempotent(request, lambda: self._create(request))

    def _create(self, request: Request) -> Response:
        given = NewReportSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        report = workflows.prepare(
            Quarter.parse(given.validated_data["quarter"]),
            by=acting_user(request),
            scope=given.validated_data["committees"],
            languages=sorted(given.validated_data["languages"]),
        )
        return Response(self.get_serializer(report).data, status=status.HTTP_202_ACCEPTED)

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    @action(detail=True, url_path="files/<int:file>", url_name="file")
    def file(self, request: Request, pk: int, file: int) -> FileResponse:
        """One file of the report."""
        found = get_object_or_404(self.get_object().files.all(), pk=file)
        return download(str(found.file.name), found.name)
