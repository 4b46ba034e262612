"""What every part of the API shares: pages, and errors as RFC 9457 problem details."""

from http import HTTPStatus
from typing import Any

from rest_framework import pagination
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response
from rest_framework.views import exception_handler


class CursorPagination(pagination.CursorPagination):
    """Pages by key, newest first; `?limit=` up to 500."""

    ordering = "-id"
    page_size_query_param = "limit"
    max_page_size = 500


def problem_details(error: Exception, context: dict[str, Any]) -> Response | None:
    """Turn an exception into a response of type application/problem+json; None leaves it to Django."""
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
    response.content_type = "application/problem+json"
    return response
