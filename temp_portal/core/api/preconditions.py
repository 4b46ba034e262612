"""`ETag` on what is read, `If-Match` on what is written: nobody overwrites what they have not seen (RFC 9110 §13)."""

import hashlib
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from rest_framework import status
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.response import Response


class PreconditionRequired(APIException):
    status_code = status.HTTP_428_PRECONDITION_REQUIRED
    default_detail = _("Send the ETag of the record you have read as If-Match.")


class PreconditionFailed(APIException):
    status_code = status.HTTP_412_PRECONDITION_FAILED
    default_detail = _("The record has changed since you read it: read it again and repeat the change.")


def entity_tag(instance: Model) -> str:
    """A strong tag over every column of the row."""
    values = [str(getattr(instance, field.attname)) for field in instance._meta.concrete_fields]
    digest = hashlib.sha256("\x1f".join([instance._meta.label, *values]).encode()).hexdigest()
    return f'"{digest[:32]}"'


class PreconditionMixin:
    """For viewsets: tags single records, and asks writes for the tag. Call `require_match` under the row's lock."""

    def require_match(self, request: Request, instance: Model) -> None:
        """Raise 428 without If-Match, 412 when the row is no longer the one that was read."""
        given = request.headers.get("If-Match")
        if given is None:
            raise PreconditionRequired
        if given not in ("*", entity_tag(instance)):
            raise PreconditionFailed

    def tagged(self, instance: Model, data: Any, code: int = status.HTTP_200_OK) -> Response:
        """A response with the row's tag."""
        return Response(data, status=code, headers={"ETag": entity_tag(instance)})
