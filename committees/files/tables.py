"""A list as a printed table, in one language or in two."""

import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

from django.db import connections
from django.db.models import QuerySet
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from temp_portal.core.lists import ListView
from temp_portal.core.lists.filterbar import filter_bar
from temp_portal.core.markup import date_text
from temp_portal.core.markup.figures import moment_text, number
from temp_portal.core.tabular.export import ExportColumn, SqlColumn, compile_queryset

#: A cell in its lines: the value, and the same in the second language where that differs.
Lines = list[str]

#: Kinds of columns that read the same beside a second language.
FIGURES: Final = ("number", "date", "datetime")
NARROWEST: Final = 5
WIDEST: Final = 30
#: From this width on, in characters, a table lies on its side.
PORTRAIT: Final = 84


def text(value: object) -> str:
    """A value as a reader of the active language expects it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return moment_text(value)
    if isinstance(value, date):
        return date_text(value)
    if isinstance(value, int):
        return number(value)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value)


def rows_of(queryset: QuerySet[Any], columns: Sequence[ExportColumn], *, only_words: bool = False) -> list[list[str]]:
    """What the columns hold, in words: one query, without making records of its rows.

    only_words: days and numbers stay empty, for a second language beside the first.
    """
    query, params, described = compile_queryset(queryset, columns)
    shown = [_without_figures if only_words and column.kind in FIGURES else _shown for column in described]
    with connections[queryset.db].cursor() as cursor:
        cursor.execute(query, params)
        return [
            [show(value, column) for show, value, column in zip(shown, row, described, strict=True)]
            for row in cursor.fetchall()
        ]


def _shown(value: Any, column: SqlColumn) -> str:
    return capfirst(column.labels.get(str(value), str(value or ""))) if column.labels else text(value)


def _without_figures(_value: Any, _column: SqlColumn) -> str:
    return ""


def beside(first: Sequence[Sequence[str]], second: Sequence[Sequence[str]]) -> list[list[Lines]]:
    """Two tables of the same cells in two languages, laid over each other."""
    return [
        [_unlike(one, other) for one, other in zip(row, twin, strict=True)]
        for row, twin in zip(first, second, strict=True)
    ]


def _unlike(one: str, other: str) -> Lines:
    return [one] if one == other or not other else [one, other]


def layout(heads: Sequence[Lines], rows: Sequence[Sequence[Lines]]) -> dict[str, Any]:
    """Heads, rows and the shares of the width that the columns get by what stands in them."""
    widths = [
        min(max(NARROWEST, *(_width(line) for line in (*head, *(part for row in rows for part in row[place])))), WIDEST)
        for place, head in enumerate(heads)
    ]
    return {"heads": heads, "rows": rows, "widths": widths, "flipped": sum(widths) > PORTRAIT}


def _width(line: str) -> int:
    """Characters of a line; those of East Asia are twice as wide."""
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in line)


def filters_in_words(view: ListView[Any]) -> list[tuple[str, str]]:
    """(label, value) of what narrows the list on screen."""
    bar = filter_bar(view.filterset, view.state)
    searched = [(_("Search"), bar.search)] if bar.search else []
    return [*searched, *((chip.label, chip.value) for chip in bar.applied if chip.value)]


def in_languages(label: Any, languages: Sequence[str]) -> Lines:
    """A translatable text in the languages of the page, in lines."""
    return list(dict.fromkeys(_in(language, label) for language in languages))


def _in(language: str, label: Any) -> str:
    with translation.override(language):
        return str(label)
