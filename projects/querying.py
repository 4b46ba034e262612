"""Querysets inside SQL of our own."""

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection


def text_of(queryset: Any) -> str:
    """The query as text, to stand inside another one with parameters."""
    try:
        query, parameters = queryset.query.sql_with_params()
    except EmptyResultSet:
        return "SELECT NULL::bigint WHERE false"
    with connection.cursor() as cursor:
        return str(cursor.mogrify(query, parameters).decode()).replace("%", "%%")
