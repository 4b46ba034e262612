"""Where the column names stand: below titles and group headings, above the data."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from temp_portal.core.tabular.cells import Cell, column_letter, header_key, text_of
from temp_portal.core.tabular.errors import DuplicateHeaders, NoHeader, TooManyColumns

#: Rows that are looked at, blank ones not counted.
SEARCHED_ROWS: Final = 20
#: A header names at least this share of the columns that the fullest row fills; titles and group headings fill fewer.
_FILLED: Final = 0.6
_FIGURE: Final = re.compile(r"[\d\s.,:/%+()年月日-]+")


def find_header(rows: Sequence[tuple[int, Sequence[Cell]]]) -> int:
    """Index in `rows` of the row with the column names. Raises NoHeader when data begin at once."""
    filled = [sum(1 for cell in cells if text_of(cell)) for __, cells in rows]
    least = math.ceil(max(filled) * _FILLED)
    index = next(index for index, count in enumerate(filled) if count >= least)
    if not _are_names(rows[index][1]):
        raise NoHeader(rows=SEARCHED_ROWS)
    return index


def header_names(cells: Sequence[Cell], max_columns: int) -> tuple[str, ...]:
    """Column names, on one line each; a column without one is called by its letter, as "[C]".

    Raises DuplicateHeaders or TooManyColumns.
    """
    names = [" ".join(text_of(cell).split()) for cell in cells]
    while names and not names[-1]:
        names.pop()
    if len(names) > max_columns:
        raise TooManyColumns(limit=max_columns)
    named = tuple(name or f"[{column_letter(index)}]" for index, name in enumerate(names))
    _refuse_duplicates(named)
    return named


def _refuse_duplicates(names: Sequence[str]) -> None:
    counts = Counter(map(header_key, names))
    repeated = dict.fromkeys(name for name in names if counts[header_key(name)] > 1)
    if repeated:
        places = {name: [column_letter(i) for i, other in enumerate(names) if other == name] for name in repeated}
        raise DuplicateHeaders(names=", ".join(f"“{name}” ({', '.join(found)})" for name, found in places.items()))


def _are_names(cells: Sequence[Cell]) -> bool:
    """Whether at least half of the filled cells are words rather than figures and dates (years may head columns)."""
    texts = [text_of(cell) for cell in cells if text_of(cell)]
    words = sum(1 for text in texts if not _FIGURE.fullmatch(text))
    return words * 2 >= len(texts)
