"""Writing very many rows: COPY, with indexes and constraints built once at the end instead of row by row."""

import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any, Final

from django.contrib.postgres.fields import ArrayField
from django.db import connection, transaction
from django.db.models import Field, JSONField, Model
from django.db.models.fields import NOT_PROVIDED
from psycopg2 import sql

#: NULL in the text format of COPY.
NULL: Final = "\\N"
TRUE: Final = "t"
FALSE: Final = "f"

_ROWS_AT_ONCE: Final = 20_000

# An index build and a sort of a million rows stay in memory; lost with the transaction, as is the rest.
_SETTINGS: Final = "SET LOCAL maintenance_work_mem = '512MB'; SET LOCAL work_mem = '128MB'"

_CONSTRAINTS: Final = """
    SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid), contype
      FROM pg_constraint
     WHERE conrelid = ANY(%s::regclass[]) AND contype IN ('x', 'u', 'f')
     ORDER BY contype = 'f', conrelid::regclass::text, conname
"""

_INDEXES: Final = """
    SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid)
      FROM pg_index
     WHERE indrelid = ANY(%s::regclass[])
       AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('p', 'x', 'u'))
     ORDER BY indexrelid::regclass::text
"""


class CopyTable:
    """Rows of one model on their way into its table.

    `fields` are attribute names (`organisation_id`) in the order of the values that `add` takes, each a text as COPY
    reads it: no tab, newline or backslash inside, `NULL` for NULL. Every other field gets its default, those with a
    default of the database theirs.
    """

    def __init__(self, model: type[Model], *fields: str) -> None:
        self.model = model
        self.written = 0
        given = {_concrete(model, name) for name in fields}
        defaults = [(field, text) for field, text in _defaults(model) if field not in given]
        columns = [_concrete(model, name) for name in fields] + [field for field, _text in defaults]
        names = sql.SQL(", ").join([sql.Identifier(str(field.column)) for field in columns])
        self._statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(model._meta.db_table), names)
        self._end = "".join(f"\t{text}" for _field, text in defaults) + "\n"
        self._lines: list[str] = []

    def add(self, *values: str) -> None:
        """Take one row."""
        self._lines.append("\t".join(values) + self._end)
        if len(self._lines) >= _ROWS_AT_ONCE:
            self.flush()

    def flush(self) -> None:
        """Write what was taken."""
        with connection.cursor() as cursor:
            cursor.copy_expert(self._statement, io.StringIO("".join(self._lines)))
        self.written += len(self._lines)
        self._lines.clear()


def reserve_ids(model: type[Model], count: int) -> int:
    """Take `count` consecutive primary keys out of the table's sequence; returns the first."""
    table = model._meta.db_table
    statement = sql.SQL(
        "SELECT setval(sequence, first + %s - 1), first FROM (SELECT pg_get_serial_sequence(%s, 'id')::regclass "
        "AS sequence, coalesce(max(id), 0) + 1 AS first FROM {}) found"
    ).format(sql.Identifier(table))
    with connection.cursor() as cursor:
        cursor.execute(statement, [max(count, 1), f'"{table}"'])
        return int(cursor.fetchone()[1])


@contextmanager
def rebuilt_afterwards(
    models: Iterable[type[Model]], progress: Callable[[int, int], object] = lambda _done, _all: None
) -> Iterator[None]:
    """Inside, the tables have their primary keys, checks and triggers only; indexes and other constraints come back.

    One transaction: when anything fails, the tables are as before. They are locked until its end. `progress` is called
    with how many of how many are back.
    """
    tables = [f'"{model._meta.db_table}"' for model in models]
    with transaction.atomic():
        constraints, indexes = _query(_CONSTRAINTS, tables), _query(_INDEXES, tables)
        _run(_SETTINGS)
        # Deferred checks of rows that this transaction wrote before stand in the way of ALTER TABLE.
        _run("SET CONSTRAINTS ALL IMMEDIATE")
        for table, name, _definition, _kind in reversed(constraints):
            _run(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        for name, _definition in indexes:
            _run(f"DROP INDEX {name}")
        yield
        definitions = [definition for _name, definition in indexes]
        definitions += [f"ALTER TABLE {table} ADD CONSTRAINT {name} {text}" for table, name, text, _kind in constraints]
        for done, definition in enumerate(definitions, start=1):
            _run(definition)
            progress(done, len(definitions))


def refresh_statistics(models: Iterable[type[Model]]) -> None:
    """Tell the planner what the tables hold now; outside a transaction also mark their pages as visible to all."""
    command = "ANALYZE" if connection.in_atomic_block else "VACUUM (ANALYZE)"
    for model in models:
        _run(f'{command} "{model._meta.db_table}"')


def _concrete(model: type[Model], name: str) -> "Field[Any, Any]":
    return next(field for field in model._meta.concrete_fields if name in (field.attname, field.name))


def _defaults(model: type[Model]) -> Iterator[tuple["Field[Any, Any]", str]]:
    """Fields that have a value of their own when none is given, with that value as COPY reads it."""
    for field in model._meta.concrete_fields:
        if field.primary_key or field.generated or field.db_default is not NOT_PROVIDED:
            continue
        value = field.get_default()
        if value is not None:
            yield field, _text(field, value)


def _text(field: "Field[Any, Any]", value: Any) -> str:
    if isinstance(field, JSONField):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(field, ArrayField):
        return "{" + ",".join(map(str, value)) + "}"
    if isinstance(value, bool):
        return TRUE if value else FALSE
    return value.isoformat() if isinstance(value, date) else str(value)


def _query(statement: str, tables: Sequence[str]) -> list[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(tables)])
        return cursor.fetchall()


def _run(statement: str) -> None:
    # The history context may add parameters, after which every percent sign counts.
    with connection.cursor() as cursor:
        cursor.execute(statement.replace("%", "%%"), ())


__all__ = ["FALSE", "NULL", "TRUE", "CopyTable", "rebuilt_afterwards", "refresh_statistics", "reserve_ids"]
