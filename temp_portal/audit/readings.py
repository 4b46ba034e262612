"""The record of who read personal data. A page that shows contacts calls `read` once, with everybody it shows."""

from collections.abc import Iterable
from typing import Any

from django.db import connection, models

from temp_portal.audit.models import Reading

_OF_ROWS = """
    INSERT INTO audit_reading (reader_id, at, place, subject_type, subject_ids)
    SELECT %s, clock_timestamp(), %s, %s, seen.ids
    FROM (SELECT array_agg(DISTINCT id) AS ids FROM ({rows}) AS row(id) WHERE id IS NOT NULL) AS seen
    WHERE seen.ids IS NOT NULL
"""


def read(model: type[models.Model], keys: Iterable[int | None], *, by: Any, place: str) -> None:
    """Record that `by` saw personal data of these records on a page. One INSERT; none for nobody."""
    seen = sorted({key for key in keys if key is not None})
    if seen:
        Reading.objects.create(reader=by, place=_short(place), subject_type=model._meta.label_lower, subject_ids=seen)


def read_all(model: type[models.Model], rows: "models.QuerySet[Any]", key: str, *, by: Any, place: str) -> None:
    """The same for a file over a whole list: `key` is the path of the record's id. The rows are never loaded."""
    sql, parameters = rows.order_by().values_list(key).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(_OF_ROWS.format(rows=sql), [by.pk, _short(place), model._meta.label_lower, *parameters])


def _short(place: str) -> str:
    return place[: Reading._meta.get_field("place").max_length]
