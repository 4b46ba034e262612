"""Errors as RFC 9457 problem details."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import ValidationError as DjangoValidationError
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.response import Response
from rest_framework.serializers import as_serializer_error
from rest_framework.views import exception_handler

MEDIA_TYPE = "application/problem+json"


class Conflict(APIException):
    """409 for an exception of a workflow that says `http_status = 409`."""

    status_code = HTTPStatus.CONFLICT


def problem_details(error: Exception, context: dict[str, Any]) -> Response | None:
    """Turn an exception into a response of type application/problem+json; None leaves it to Django."""
    error = _translated(error)
    response = exception_handler(error, context)
    if response is None:
        return None
    problem: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(response.status_code).phrase,
        "status": response.status_code,
    }
    if isinstance(error, ValidationError):
        problem["errors"] = response.data
    elif isinstance(response.data, dict) and "detail" in response.data:
        problem["detail"] = response.data["detail"]
    response.data = problem
    response.content_type = MEDIA_TYPE
    return response


def _translated(error: Exception) -> Exception:
    """Exceptions that the workflows raise, as the API's own."""
    if isinstance(error, DjangoValidationError):
        return ValidationError(as_serializer_error(error))
    if getattr(error, "http_status", None) == HTTPStatus.CONFLICT:
        return Conflict(str(error))
    return error
