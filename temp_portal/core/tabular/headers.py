"""Where the column names stand: below titles and group headings, above the data; in one line, or in two of which the
upper one names groups of columns.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from temp_portal.core.tabular.cells import Cell, column_letter, header_key, text_of
from temp_portal.core.tabular.errors import DuplicateHeaders, NoHeader, TooManyColumns

#: Rows that are looked at, blank ones not counted.
SEARCHED_ROWS: Final = 20
#: A header names at least this share of the columns that the fullest row fills; titles and group headings fill fewer.
_FILLED: Final = 0.6
#: Between the name of a group and that of a column in it.
GROUP_SIGN: Final = " / "
#: So many known names in one row cannot be chance.
_SURE: Final = 2
_FIGURE: Final = re.compile(r"[\d\s.,:/%+()年月日-]+")


def find_header(rows: Sequence[tuple[int, Sequence[Cell]]]) -> int:
    """Index in `rows` of the row with the column names. Raises NoHeader when data begin at once."""
    filled = [sum(1 for cell in cells if text_of(cell)) for __, cells in rows]
    least = math.ceil(max(filled) * _FILLED)
    index = next(index for index, count in enumerate(filled) if count >= least)
    if not _are_names(rows[index][1]):
        raise NoHeader(rows=SEARCHED_ROWS)
    return index


def read_header(rows: Sequence[tuple[int, Sequence[Cell]]], known: AbstractSet[str]) -> tuple[int, list[str]]:
    """Index of the header's last row, and the texts of its cells; the header may have two lines.

    known: folded names of columns (see `header_key`). The row that holds the most of them is the header, wherever
    titles and notes stand; without such a row it is found by its shape. Raises NoHeader.
    """
    headers = [_joined(rows, index) for index in range(len(rows))]
    hits = [
        len({header_key(part) for name in names for part in name.split(GROUP_SIGN)} & known) for _, names in headers
    ]
    best = hits.index(max(hits))
    if hits[best] >= _SURE:
        return headers[best]
    shaped = find_header(rows)
    return headers[best if hits[best] and best > shaped else shaped]


def _keys(names: Sequence[str]) -> set[str]:
    return {header_key(part) for name in names for part in name.split(GROUP_SIGN)}


def _joined(rows: Sequence[tuple[int, Sequence[Cell]]], index: int) -> tuple[int, list[str]]:
    """The names in a row, with those of the row below where that names the columns of groups."""
    upper = [text_of(cell) for cell in rows[index][1]]
    if index + 1 == len(rows):
        return index, upper
    lower = [text_of(cell) for cell in rows[index + 1][1]]
    width = max(len(upper), len(lower))
    upper += [""] * (width - len(upper))
    lower += [""] * (width - len(lower))
    groups = _groups(upper, lower)
    named = {column for column, text in enumerate(lower) if text}
    if sum(map(bool, upper)) == 1 and len(named) == width:
        return index, upper  # a title over all columns
    if not named or not named <= groups.keys() or any(_FIGURE.fullmatch(lower[column]) for column in named):
        return index, upper
    parts = ([groups.get(column, upper[column]), lower[column]] for column in range(width))
    return index + 1, [GROUP_SIGN.join(filter(None, names)) for names in parts]


def _groups(upper: Sequence[str], lower: Sequence[str]) -> dict[int, str]:
    """Column → name of its group: columns without a name above and with one below, and the column that heads them."""
    found: dict[int, str] = {}
    for column, name in enumerate(upper):
        if name or not lower[column] or not column:
            continue
        head = found.get(column - 1, upper[column - 1] if lower[column - 1] else "")
        if head:
            found[column - 1] = found[column] = head
    return found


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
