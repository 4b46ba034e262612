"""Queries kept in `.sql` files beside the code that runs them, put together from named parts.

`$part` in a file stands for another query; values are always parameters, `%(name)s`.
"""

from importlib.resources import files
from string import Template
from typing import Any

from django.db import connection


def sql(package: str, name: str, **parts: str) -> str:
    """The text of `<package>/sql/<name>.sql` with its parts filled in. Raises KeyError for a part not given."""
    text = files(package).joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")
    return Template(text).substitute(parts)


def dictionaries(query: str, parameters: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows of a query by column name."""
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
