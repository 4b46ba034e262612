"""Documents over the API: the same rows, checks and rights as on the pages."""

import hashlib
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import FileResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status, viewsets
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from temp_portal.accounts.api.actor import acting_user
from temp_portal.accounts.api.idempotency import idempotent
from temp_portal.documents import serving, workflows
from temp_portal.documents.api.serializers import DocumentSerializer, NewDocumentSerializer
from temp_portal.documents.enums import ReadingWay
from temp_portal.documents.models import Document
from temp_portal.documents.scopes import Scope
from temp_portal.documents.storage import stream_of

KEY = OpenApiParameter("Idempotency-Key", str, OpenApiParameter.HEADER, description="Sent again, it creates only once.")


class DocumentViewSet(viewsets.ReadOnlyModelViewSet[Document]):
    """Documents that the caller may see: those of the own organisations, and those attached to what one sees."""

    permission_classes = [IsAuthenticated]
    parser_classes = [MultiPartParser]
    serializer_class = DocumentSerializer
    filterset_fields = ["scope_kind", "scope_id", "kind", "state", "sha256"]
    lookup_value_converter = "int"
    queryset = Document.objects.none()

    def get_queryset(self) -> QuerySet[Document]:
        return Document.objects.visible_to(self.request.user)

    @extend_schema(request=NewDocumentSerializer, responses={201: DocumentSerializer}, parameters=[KEY])
    def create(self, request: Request) -> Response:
        """Upload a document. A file that the owner has already is not kept twice: its document is returned."""
        given = NewDocumentSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        values = given.validated_data
        return idempotent(request, lambda: self._upload(request, values), content=_content(values))

    def _upload(self, request: Request, values: dict[str, Any]) -> Response:
        details = {name: values[name] for name in ("kind", "title", "language", "issued_on", "expires_on")}
        file = values["file"]
        document = workflows.upload(
            stream_of(file),
            file.name,
            scope=Scope(values["owner_kind"], values["owner_id"]),
            by=acting_user(request),
            **details,
        )
        return Response(self.get_serializer(document).data, status=status.HTTP_201_CREATED)

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    @action(detail=True)
    def file(self, request: Request, pk: int) -> FileResponse:
        """The file."""
        document, user = self.get_object(), acting_user(request)
        if not user.has_perm("documents.read_document", document):
            raise PermissionDenied
        workflows.note_reading(document, by=user, way=ReadingWay.API)
        return serving.whole(document)


def _content(values: dict[str, Any]) -> bytes:
    """What tells this upload from another under the same key."""
    digest = hashlib.sha256()
    for chunk in values["file"].chunks():
        digest.update(chunk)
    said = sorted((name, str(value)) for name, value in values.items() if name != "file")
    return digest.digest() + repr(said).encode()
