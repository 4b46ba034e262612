"""The staging table as a kind of import sees it."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.db import connections
from psycopg2 import sql

from temp_portal.core.tabular.conversion import RowConverter
from temp_portal.core.tabular.kinds import ImportKind

Query = str | sql.Composable
Params = Sequence[Any] | Mapping[str, Any]

_SHOWN: Final = 200
_ROW: Final = "row_number"


class Stage:
    """The tables `import_stage` and `import_errors` of one import, and the view `import_batch` on part of the first.

    columns: names and SQL types of the staged columns: those of every field, NULL where the file has none, and the
    derived ones. filled: the names of those that the file fills, in the order in which rows are loaded.
    mapped: names of the fields that the file fills.
    source: the mapping's source, to be recorded with the rows; user_id: who imports, or None.
    """

    def __init__(
        self,
        kind: ImportKind,
        converter: RowConverter,
        *,
        using: str,
        source: str = "",
        user_id: Any = None,
    ) -> None:
        every_field = {name: type_ for field in kind.fields for name, type_ in field.columns.items()}
        self.columns = every_field | dict(kind.derived)
        self.filled = (*converter.columns, *kind.derived)
        self.mapped = frozenset(plan.field.name for plan in converter.plans)
        self.source = source
        self.user_id = user_id
        self.using = using
        self._converter = converter

    def execute(self, query: Query, params: Params | None = None) -> int:
        """Run a statement so that triggers see the history context; returns the number of rows touched.

        A percent sign is doubled where `params` are given, and only there.
        """
        with connections[self.using].cursor() as cursor:
            cursor.execute(*self._prepared(query, params))
            return cursor.rowcount

    def fetch(self, query: Query, params: Params | None = None) -> list[tuple[Any, ...]]:
        """Rows of a query."""
        with connections[self.using].cursor() as cursor:
            cursor.execute(*self._prepared(query, params))
            return cursor.fetchall()

    def text_of(self, query: Query, params: Params | None = None) -> str:
        """The query as plain SQL with `params` filled in."""
        with connections[self.using].cursor() as cursor:
            text = query if isinstance(query, str) else query.as_string(cursor.connection)
            return text if params is None else cursor.mogrify(text, params).decode()

    def reject(
        self,
        where: str,
        reason: str,
        *,
        field: str = _ROW,
        params: Params | None = None,
        details: Mapping[str, str] | None = None,
    ) -> int:
        """Reject the rows `s` of the staging table for which `where` holds; returns how many.

        reason: translated text; its named placeholders are filled per row with the SQL expressions in `details`.
        field: staged column that is wrong; the error names it as the file does.
        """
        message: sql.Composable = sql.Literal(reason)
        for name, expression in (details or {}).items():
            message = sql.SQL("replace({}, {}, coalesce(({})::text, ''))").format(
                message, sql.Literal(f"%({name})s"), sql.SQL(expression)
            )
        whole_row = field == _ROW
        return self.execute(
            sql.SQL(
                "WITH bad AS (UPDATE import_stage s SET action = 'rejected' WHERE {where} RETURNING s.*) "
                "INSERT INTO import_errors (row_number, column_name, value, reason) "
                "SELECT s.row_number, {column}, left({value}, {shown}), {reason} FROM bad s"
            ).format(
                where=sql.SQL(self.text_of(where, params)),
                column=sql.Literal("" if whole_row else self._converter.column_of(field)),
                value=sql.SQL("''") if whole_row else sql.SQL("{}::text").format(sql.Identifier("s", field)),
                shown=sql.Literal(_SHOWN),
                reason=message,
            )
        )

    def reject_repeated(self, fields: Sequence[str], reason: str) -> int:
        """Reject good rows whose `fields`, none of them NULL, stand in an earlier good row; returns how many.

        `%(row)s` in the reason becomes the number of that row.
        """
        self._find_repeated(fields)
        repeated = "s.merged_into IS NOT NULL AND s.action IS NULL"
        return self.reject(repeated, reason, field=fields[0], details={"row": "s.merged_into"})

    def merge_repeated(self, fields: Sequence[str]) -> int:
        """Let the first good row with the same `fields` stand for the later ones; returns how many later ones.

        What is blank in the first row is taken from the next that has it. The later rows count as unchanged.
        """
        self._find_repeated(fields)
        others = [name for name in self.filled if name not in fields]
        for name in others:
            self.execute(
                sql.SQL(
                    "UPDATE import_stage s SET {column} = f.found FROM (SELECT DISTINCT ON (merged_into) merged_into, "
                    "{column} AS found FROM import_stage WHERE merged_into IS NOT NULL AND action IS NULL "
                    "AND {column} IS NOT NULL ORDER BY merged_into, row_number) f "
                    "WHERE s.row_number = f.merged_into AND s.{column} IS NULL"
                ).format(column=sql.Identifier(name))
            )
        return self.execute(
            "UPDATE import_stage SET action = 'unchanged' WHERE merged_into IS NOT NULL AND action IS NULL"
        )

    def reserve_ids(self, table: str) -> None:
        """Give the new rows of the batch their primary keys from the sequence of `table`, before they are inserted."""
        self.execute(
            "UPDATE import_batch SET target_id = nextval(pg_get_serial_sequence(%s, 'id')) WHERE action = 'created'",
            [table],
        )

    def _find_repeated(self, fields: Sequence[str]) -> None:
        names = [sql.Identifier(name) for name in fields]
        self.execute(
            sql.SQL(
                "UPDATE import_stage s SET merged_into = f.first FROM (SELECT row_number, "
                "min(row_number) OVER (PARTITION BY {names}) AS first FROM import_stage "
                "WHERE action IS NULL AND num_nulls({names}) = 0) f "
                "WHERE s.row_number = f.row_number AND f.first < f.row_number"
            ).format(names=sql.SQL(", ").join(names))
        )

    def _prepared(self, query: Query, params: Params | None) -> tuple[str, Params]:
        # The history context adds parameters of its own, after which every percent sign counts.
        text = self.text_of(query)
        return (text.replace("%", "%%"), ()) if params is None else (text, params)


__all__ = ["Params", "Query", "Stage"]
