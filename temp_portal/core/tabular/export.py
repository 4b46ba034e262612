"""Tables out: CSV and XLSX of a query, of a queryset, or of Python rows, streamed in flat memory.

    from temp_portal.core.tabular.export import ExportColumn, export_queryset

    columns = [
        ExportColumn("name", _("Organisation"), "name"),
        ExportColumn("country", _("Country"), "country"),          # a field with choices gives their labels
        ExportColumn("seats", _("Seats"), Count("seats")),         # any expression
    ]
    return export_queryset(Organisation.objects.visible_to(user), columns, "xlsx", filename="organisations")

PostgreSQL writes the cells, escaped and typed, and sends them by COPY. No cell can be taken for a formula: in CSV such
text has an apostrophe in front, in XLSX it is text.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final, Literal, Protocol

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import EmptyResultSet
from django.db import connections, models
from django.db.models.expressions import Col, Combinable, F
from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import content_disposition_header
from modeltranslation.manager import MultilingualQuerySet
from psycopg2 import sql

from temp_portal.core.tabular.copying import copy_out
from temp_portal.core.tabular.pycells import csv_value, xlsx_value
from temp_portal.core.tabular.sqlcells import Kind, csv_cell, labelled, xlsx_cell
from temp_portal.core.tabular.xlsx import SheetColumn, workbook_stream

Format = Literal["csv", "xlsx"]

CONTENT_TYPES: Final[Mapping[Format, str]] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
#: Tells spreadsheet programs that a CSV file is UTF-8.
_MARK: Final = b"\xef\xbb\xbf"
_ROWS_AT_ONCE: Final = 1_000
_KINDS: "Final[tuple[tuple[type[models.Field[Any, Any]], Kind], ...]]" = (
    (models.BooleanField, "boolean"),
    (models.DateTimeField, "datetime"),
    (models.DateField, "date"),
    (models.IntegerField, "number"),
    (models.DecimalField, "number"),
    (models.FloatField, "number"),
    (models.AutoField, "number"),
    (ArrayField, "list"),
)


class Column(Protocol):
    """What a queryset's export needs to know of a column.

    expression: ORM path or expression; kind: "" for the kind of its output field.
    """

    @property
    def name(self) -> str: ...
    @property
    def label(self) -> str | Promise: ...
    @property
    def expression(self) -> str | Combinable: ...
    @property
    def kind(self) -> Kind | Literal[""]: ...


@dataclass(frozen=True, slots=True)
class ExportColumn:
    """A column of a queryset's export (see `Column`)."""

    name: str
    label: str | Promise
    expression: str | Combinable
    kind: Kind | Literal[""] = ""


@dataclass(frozen=True, slots=True)
class SqlColumn:
    """A column of a query, in its place; `labels` (code → label) are shown instead of codes."""

    label: str | Promise
    kind: Kind = "text"
    labels: Mapping[str, str] = field(default_factory=dict)


def export_queryset(
    queryset: models.QuerySet[Any], columns: Sequence[Column], fmt: Format, *, filename: str, title: str = ""
) -> StreamingHttpResponse:
    """The rows of `queryset`, in its order, as a download called `filename` with the format's ending."""
    query, params, described = compile_queryset(queryset, columns)
    if fmt == "csv":
        stream = csv_stream(query, params, described, using=queryset.db)
    else:
        stream = xlsx_stream(query, params, described, title=title or filename, using=queryset.db)
    return stream_response(stream, fmt, filename)


def stream_response(stream: Iterable[bytes], fmt: Format, filename: str) -> StreamingHttpResponse:
    """A download of `stream` that no cache keeps."""
    response = StreamingHttpResponse(stream, content_type=CONTENT_TYPES[fmt])
    response["Content-Disposition"] = content_disposition_header(True, f"{filename}.{fmt}") or "attachment"
    response["Cache-Control"] = "private, no-store"
    return response


def csv_stream(
    query: str, params: Sequence[Any] | None, columns: Sequence[SqlColumn], *, using: str = "default", bom: bool = True
) -> Iterator[bytes]:
    """CSV in UTF-8 of a SELECT that gives `columns` in their order; the heading comes before the query is run."""
    yield (_MARK if bom else b"") + _csv_lines([[column.label for column in columns]])
    cells = _cells(columns, csv_cell, csv_value)
    copy = _copy_statement(query, params, columns, cells, "FORMAT csv", using)
    for batch in copy_out(copy, using=using):
        yield b"".join(batch)


def xlsx_stream(
    query: str, params: Sequence[Any] | None, columns: Sequence[SqlColumn], *, title: str = "", using: str = "default"
) -> Iterator[bytes]:
    """XLSX of a SELECT that gives `columns` in their order, in a sheet called `title`."""
    cells = _cells(columns, xlsx_cell, xlsx_value)
    cells[0] = sql.SQL("'<row>' || {}").format(cells[0])
    cells[-1] = sql.SQL("({}) || '</row>'").format(cells[-1])
    # No cell holds a tab, a line break or this quote, so COPY writes them as they are, with white space between.
    options = r"FORMAT csv, DELIMITER E'\t', QUOTE E'\x01'"
    copy = _copy_statement(query, params, columns, cells, options, using)
    return workbook_stream(title, _sheet_columns(columns), copy_out(copy, using=using))


def csv_of_rows(rows: Iterable[Sequence[Any]], *, bom: bool = True) -> Iterator[bytes]:
    """CSV of Python rows, the heading first; numbers stay numbers, text is made harmless."""
    yield _MARK if bom else b""
    for batch in _chunks(rows):
        yield _csv_lines(batch)


def xlsx_of_rows(rows: Iterable[Sequence[Any]], columns: Sequence[SqlColumn], *, title: str = "") -> Iterator[bytes]:
    """XLSX of Python rows under the headings of `columns`."""
    lines = ([_xlsx_line(row) for row in batch] for batch in _chunks(rows))
    return workbook_stream(title, _sheet_columns(columns), lines)


def compile_queryset(
    queryset: models.QuerySet[Any], columns: Sequence[Column]
) -> tuple[str, Sequence[Any], list[SqlColumn]]:
    """SQL, parameters and columns of the query that gives `columns` for the rows of `queryset`."""
    aliases = {
        f"_export_{number}": F(column.expression) if isinstance(column.expression, str) else column.expression
        for number, column in enumerate(columns)
    }
    annotated = queryset.annotate(**aliases)
    if isinstance(annotated, MultilingualQuerySet):
        annotated = annotated.rewrite(False)  # its own `values_list` selects in any order
    selected = annotated.values_list(*aliases)
    compiler = selected.query.get_compiler(using=queryset.db)
    try:
        query, params = compiler.as_sql()
    except EmptyResultSet:
        nothing = ", ".join(["NULL::text"] * len(columns))
        return f"SELECT {nothing} LIMIT 0", (), [SqlColumn(column.label) for column in columns]
    expressions = [expression for expression, *__ in compiler.select]
    described = [_described(column, expression) for column, expression in zip(columns, expressions, strict=True)]
    return query, params, described


def _described(column: Column, expression: Any) -> SqlColumn:
    target = expression.target if isinstance(expression, Col) else None
    labels = {str(code): str(label) for code, label in target.flatchoices} if target is not None else {}
    if labels:
        return SqlColumn(column.label, "text", labels)
    return SqlColumn(column.label, column.kind or _kind_of(expression.output_field))


def _kind_of(output: Any) -> Kind:
    return next((kind for field_type, kind in _KINDS if isinstance(output, field_type)), "text")


def _copy_statement(
    query: str,
    params: Sequence[Any] | None,
    columns: Sequence[SqlColumn],
    cells: Sequence[sql.Composable],
    options: str,
    using: str,
) -> str:
    with connections[using].cursor() as cursor:
        bound = query if params is None else cursor.mogrify(query, params).decode()
        # OFFSET keeps the planner from writing each column's expression out once per use.
        statement = sql.SQL("COPY (SELECT {} FROM (SELECT * FROM ({}) q OFFSET 0) t ({})) TO STDOUT ({})").format(
            sql.SQL(", ").join(cells),
            sql.SQL(bound),
            sql.SQL(", ").join(_name(number) for number in range(len(columns))),
            sql.SQL(options),
        )
        return str(statement.as_string(cursor.connection))


def _cells(
    columns: Sequence[SqlColumn],
    cell: Callable[[sql.Composable, Kind, str], sql.Composable],
    cell_of_label: Callable[[str], str],
) -> list[sql.Composable]:
    """What gives the cell of each column. Labels are few: theirs are made here, so that a row only looks them up."""
    cells: list[sql.Composable] = []
    for number, column in enumerate(columns):
        name = _name(number)
        made = cell(name, column.kind, _zone())
        labels = {code: cell_of_label(label) for code, label in column.labels.items()}
        cells.append(labelled(name, labels, made) if labels else made)
    return cells


def _name(number: int) -> sql.Identifier:
    return sql.Identifier(f"c{number}")


def _sheet_columns(columns: Sequence[SqlColumn]) -> list[SheetColumn]:
    return [SheetColumn(str(column.label), column.kind) for column in columns]


def _zone() -> str:
    return timezone.get_current_timezone_name()


def _csv_lines(rows: Iterable[Sequence[Any]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([csv_value(value) for value in row] for row in rows)
    return text.getvalue().encode()


def _xlsx_line(row: Sequence[Any]) -> bytes:
    return f"<row>{''.join(map(xlsx_value, row))}</row>".encode()


def _chunks(rows: Iterable[Sequence[Any]]) -> Iterator[Sequence[Sequence[Any]]]:
    rest = iter(rows)
    while chunk := list(islice(rest, _ROWS_AT_ONCE)):
        yield chunk
