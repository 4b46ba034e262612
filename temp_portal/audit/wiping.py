"""Taking names out of texts, wherever they stand in a table: as whole words, in one statement a table."""

import re
from collections.abc import Callable, Sequence
from typing import Final

from django.db import connection
from django.db.models import JSONField, Model
from psycopg2 import sql

#: What stands where a name stood.
BLANK: Final = "—"
#: A name of one character would be found everywhere.
SHORTEST: Final = 2
#: Where these letters stand beside a match, it is part of another word.
_LETTER: Final = re.compile(r"[A-Za-zА-яЁё0-9]")


def pattern_of(names: Sequence[str]) -> str:
    """Regular expression of PostgreSQL for these texts as whole words, the longest first."""
    ordered = sorted({name for name in names if len(name) >= SHORTEST}, key=len, reverse=True)
    return "|".join(_whole(name) for name in ordered)


def _whole(name: str) -> str:
    """Chinese has no spaces: there a name is found within other characters as well."""
    before = r"\m" if _LETTER.match(name[0]) else ""
    after = r"\M" if _LETTER.match(name[-1]) else ""
    return before + re.sub(r"([^\w\s@])", r"\\\1", name) + after


Names = Callable[[Sequence[str]], int]


def counter(model: type[Model], *columns: str) -> Names:
    """Function that counts the rows whose texts mention one of the names. JSON is searched as text."""

    def count(names: Sequence[str]) -> int:
        statement = sql.SQL("SELECT count(*) FROM {table} WHERE {mentions}")
        return _run(statement.format(table=_table(model), mentions=_mentions(columns)), names)

    return count


def wiper(model: type[Model], *columns: str) -> Names:
    """Function that puts a dash where one of the names stands, and tells in how many rows."""

    def wipe(names: Sequence[str]) -> int:
        statement = sql.SQL("UPDATE {table} SET {values} WHERE {mentions}")
        values = sql.SQL(", ").join(_without_names(model, column) for column in columns)
        return _run(statement.format(table=_table(model), values=values, mentions=_mentions(columns)), names)

    return wipe


def _table(model: type[Model]) -> sql.Identifier:
    return sql.Identifier(model._meta.db_table)


def _mentions(columns: Sequence[str]) -> sql.Composed:
    one = sql.SQL("{column}::text ~ %(pattern)s")
    return sql.SQL(" OR ").join(one.format(column=sql.Identifier(column)) for column in columns)


def _without_names(model: type[Model], column: str) -> sql.Composed:
    kind = "jsonb" if isinstance(model._meta.get_field(column), JSONField) else "text"
    value = sql.SQL("{column} = regexp_replace({column}::text, %(pattern)s, %(blank)s, 'g')::{kind}")
    return value.format(column=sql.Identifier(column), kind=sql.SQL(kind))


def _run(statement: sql.Composed, names: Sequence[str]) -> int:
    pattern = pattern_of(names)
    if not pattern:
        return 0
    with connection.cursor() as cursor:
        # As text: what notes the context of a change looks at the statement.
        cursor.execute(statement.as_string(cursor.cursor), {"pattern": pattern, "blank": BLANK})
        return int(cursor.fetchone()[0]) if cursor.description else cursor.rowcount
