"""What the pipeline does with the staging table: makes it, fills it by COPY, compares it, goes through its batches."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple, cast

from django.db import connections
from psycopg2 import sql

from temp_portal.core.tabular.conversion import RowError
from temp_portal.core.tabular.kinds import ImportKind
from temp_portal.core.tabular.stage import Stage

_ERROR_COLUMNS: Final = ("row_number", "column_name", "value", "reason")


class StagedRow(NamedTuple):
    """A converted row: its number in the file, its values in the order of `Stage.filled`, its errors."""

    number: int
    values: Sequence[Any]
    errors: Sequence[RowError]


class RowChange(NamedTuple):
    """A row that would be, or was, created or updated: its title, and field → [before, after]."""

    row: int
    action: str
    title: str
    changes: dict[str, list[Any]]


def create(stage: Stage, kind: ImportKind) -> None:
    """Make the empty tables; they end with the transaction, or with `drop`."""
    drop(stage)
    own = "row_number integer NOT NULL, target_id {}, action text, changes jsonb, merged_into integer"
    columns = [
        sql.SQL(own).format(sql.SQL(kind.target_type)),
        *(sql.SQL("{} {}").format(sql.Identifier(name), sql.SQL(type_)) for name, type_ in stage.columns.items()),
    ]
    stage.execute(sql.SQL("CREATE TEMP TABLE import_stage ({}) ON COMMIT DROP").format(sql.SQL(", ").join(columns)))
    stage.execute(
        "CREATE TEMP TABLE import_errors "
        "(row_number integer NOT NULL, column_name text, value text, reason text NOT NULL) ON COMMIT DROP"
    )


def drop(stage: Stage) -> None:
    """Remove the tables of this import, or of an earlier one in the same transaction."""
    stage.execute("DROP TABLE IF EXISTS pg_temp.import_stage, pg_temp.import_errors CASCADE")


def load(stage: Stage, rows: Iterable[StagedRow]) -> None:
    """Append converted rows and their errors."""
    staged, errors = io.StringIO(), io.StringIO()
    write, write_errors = csv.writer(staged).writerow, csv.writer(errors).writerows
    for row in rows:
        write((row.number, "rejected" if row.errors else None, *row.values))
        write_errors(row.errors)
    _copy(stage, "import_stage", ("row_number", "action", *stage.filled), staged)
    _copy(stage, "import_errors", _ERROR_COLUMNS, errors)


def index(stage: Stage) -> None:
    """Key and statistics, once all rows are in."""
    stage.execute("ALTER TABLE import_stage ADD PRIMARY KEY (row_number)")
    stage.execute("ANALYZE import_stage")


def compare(stage: Stage, kind: ImportKind) -> None:
    """Set action and changes of the good rows against what the kind says is stored."""
    stored = sql.SQL(stage.text_of(kind.current(stage)))
    cleared = [field for field in kind.fields if field.blank_clears and field.name in stage.mapped]
    clearing = {name for field in cleared for name in field.columns}
    compared = [name for name in stage.columns if name in _columns_of(stage, stored)]
    pairs = [_Pair(name, keeps=name not in clearing) for name in compared]
    stage.execute(
        sql.SQL(
            "UPDATE import_stage s SET action = CASE WHEN s.target_id IS NULL THEN 'created' "
            "WHEN c.changes IS NULL THEN 'unchanged' ELSE 'updated' END, changes = c.changes {kept} "
            "FROM (SELECT s.row_number, {changes} AS changes {stored_values} FROM import_stage s "
            "LEFT JOIN ({stored}) c ON c.target_id = s.target_id WHERE s.action IS NULL) c "
            "WHERE s.row_number = c.row_number"
        ).format(
            changes=_changes(pairs),
            stored=stored,
            kept=sql.Composed([pair.kept for pair in pairs if pair.keeps]),
            stored_values=sql.Composed([pair.stored for pair in pairs if pair.keeps]),
        )
    )


def batches(stage: Stage, size: int) -> list[tuple[int, int]]:
    """First and last row number of each run of `size` rows that are to be written."""
    runs = stage.fetch(
        "SELECT min(row_number), max(row_number) FROM (SELECT row_number, "
        "(row_number() OVER (ORDER BY row_number) - 1) / %s AS run FROM import_stage "
        "WHERE action IN ('created', 'updated')) n GROUP BY run ORDER BY run",
        [size],
    )
    return cast("list[tuple[int, int]]", runs)


def select(stage: Stage, first: int, last: int) -> None:
    """Let `import_batch` show the rows numbered from `first` to `last`."""
    query = "CREATE OR REPLACE TEMP VIEW import_batch AS SELECT * FROM import_stage WHERE row_number BETWEEN {} AND {}"
    stage.execute(sql.SQL(query).format(sql.Literal(first), sql.Literal(last)))


def counts(stage: Stage) -> dict[str, int]:
    """Rows per action."""
    return dict(stage.fetch("SELECT action, count(*) FROM import_stage GROUP BY 1"))


def errors(stage: Stage) -> list[RowError]:
    """Every error, by row."""
    query = (
        "SELECT row_number, coalesce(column_name, ''), coalesce(value, ''), reason "
        "FROM import_errors ORDER BY row_number, ctid"
    )
    return [RowError(*row) for row in stage.fetch(query)]


def changes(stage: Stage, title: str, limit: int) -> list[RowChange]:
    """The first rows that are created or updated."""
    query = sql.SQL(
        "SELECT row_number, action, coalesce({}::text, ''), coalesce(changes, '{{}}') FROM import_stage "
        "WHERE action IN ('created', 'updated') ORDER BY row_number LIMIT {}"
    )
    rows = stage.fetch(query.format(sql.Identifier(title), sql.Literal(limit)))
    return [RowChange(row, action, name, json.loads(found)) for row, action, name, found in rows]


class _Pair:
    """Fragments of SQL that set a staged column `s` beside the stored one `c`."""

    def __init__(self, name: str, *, keeps: bool) -> None:
        column = sql.Identifier(name)
        self.name = name
        self.keeps = keeps
        self.kept = sql.SQL(", {0} = coalesce(s.{0}, c.{0})").format(column)
        self.stored = sql.SQL(", c.{0}").format(column)
        differs = "s.{0} IS NOT NULL AND s.{0} IS DISTINCT FROM c.{0}" if keeps else "s.{0} IS DISTINCT FROM c.{0}"
        self.differs = sql.SQL(differs).format(column)
        self.change = sql.SQL("CASE WHEN {} THEN jsonb_build_object({}, jsonb_build_array(c.{}, s.{})) END").format(
            self.differs, sql.Literal(name), column, column
        )


def _changes(pairs: Sequence[_Pair]) -> sql.Composable:
    """What differs as an object, NULL when nothing does or the row is new."""
    if not pairs:
        return sql.SQL("NULL::jsonb")
    merged = (sql.SQL("coalesce({}, '{{}}')").format(pair.change) for pair in pairs)
    return sql.SQL("CASE WHEN s.target_id IS NOT NULL AND ({}) THEN {} END").format(
        sql.SQL(" OR ").join(pair.differs for pair in pairs), sql.SQL(" || ").join(merged)
    )


def _columns_of(stage: Stage, query: sql.SQL) -> frozenset[str]:
    with connections[stage.using].cursor() as cursor:
        cursor.execute(stage.text_of(sql.SQL("SELECT * FROM ({}) c LIMIT 0").format(query)).replace("%", "%%"), ())
        return frozenset(column.name for column in cursor.description)


def _copy(stage: Stage, table: str, columns: Sequence[str], rows: io.StringIO) -> None:
    rows.seek(0)
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    query = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT csv)").format(sql.Identifier(table), names)
    with connections[stage.using].cursor() as cursor:
        cursor.copy_expert(stage.text_of(query), rows)
