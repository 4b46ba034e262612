"""Long lists whose rows PostgreSQL writes as JSON: neither models nor serializers are built for them."""

import json
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any

from django.db.models import F, Func, QuerySet, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, NullIf
from django.http import HttpResponse
from rest_framework import viewsets
from rest_framework.request import Request

from temp_portal.core.lists.values import ValueRow, read_values
from temp_portal.core.markup.names import LANGUAGES


def json_object(values: Mapping[str, Combinable]) -> Func:
    """`json_build_object` of these keys and values."""
    pairs = (part for key, value in values.items() for part in (Value(key), value))
    return Func(*pairs, function="json_build_object", output_field=TextField())


def names_object(path: str) -> Func:
    """What `NamesField` gives for the translated field at an ORM path: languages without a text are left out."""
    texts: dict[str, Combinable] = {
        code: NullIf(F(f"{path}_{suffix}"), Value("")) for code, suffix, _lang, _label in LANGUAGES
    }
    return Func(json_object(texts), function="json_strip_nulls", output_field=TextField())


class WrittenRows:
    """The rows of a list as a paginator asks for them: sorted, filtered, then cut, which reads them.

    Each is a dict of `id` and `json`, the row as the database writes it.
    """

    def __init__(self, rows: QuerySet[Any], read: Callable[[QuerySet[Any], Sequence[str]], list[ValueRow]]) -> None:
        self._rows = rows
        self._read = read

    def order_by(self, *names: str) -> "WrittenRows":
        return WrittenRows(self._rows.order_by(*names), self._read)

    def filter(self, *conditions: Any, **more: Any) -> "WrittenRows":
        return WrittenRows(self._rows.filter(*conditions, **more), self._read)

    def __getitem__(self, part: slice) -> list[dict[str, Any]]:
        read = self._read(self._rows.values("pk")[part], [str(name) for name in self._rows.query.order_by])
        return [{"id": row.pk, "json": row.values[1]} for row in read]


class ListedByDatabaseMixin(viewsets.GenericViewSet[Any]):
    """For viewsets: the list comes as the database writes it. What it holds is the serializer's, column by column."""

    def json_columns(self) -> Mapping[str, Combinable]:
        """The serializer's fields as expressions over `get_read`."""
        raise NotImplementedError(f"{type(self).__name__} needs json_columns()")

    def get_read(self) -> QuerySet[Any]:
        """All rows with what the columns need, whoever asks."""
        return self.get_queryset()

    def get_read_key(self) -> Hashable:
        """What `get_read` and the columns depend on, for which their SQL is kept; None: it is worked out each time."""
        return None

    def _read(self, selected: QuerySet[Any], order: Sequence[str]) -> list[ValueRow]:
        kept_for = self.get_read_key()
        key = None if kept_for is None else (type(self), kept_for)
        return read_values(selected, self._written, ["pk", "json"], order, key=key)

    def _written(self) -> QuerySet[Any]:
        return self.get_read().annotate(json=Cast(json_object(self.json_columns()), TextField()))

    def list(self, request: Request, *_args: Any, **_kwargs: Any) -> HttpResponse:
        rows: Any = WrittenRows(self.filter_queryset(self.get_queryset()), self._read)
        page: Iterable[Any] | None = self.paginate_queryset(rows)
        results = ",".join(row["json"] for row in page or ())
        links = self.get_paginated_response([]).data
        head = ",".join(f"{json.dumps(name)}:{json.dumps(links[name])}" for name in ("next", "previous"))
        return HttpResponse(f'{{{head},"results":[{results}]}}', content_type="application/json")
