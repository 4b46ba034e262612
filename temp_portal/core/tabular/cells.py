"""Cells as read from a file, and the plain text in them."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple

from temp_portal.core.tabular.errors import TableError

Cell = str | int | float | bool | date | datetime | time | timedelta | None

#: Spreadsheets keep 15 digits: a whole number with more has lost some.
EXACT_DIGITS: Final = 15
_LARGEST_EXACT: Final = 10**EXACT_DIGITS
_SCIENTIFIC: Final = re.compile(r"[+-]?\d(?:[.,]\d+)?E\+?\d{2,3}", re.IGNORECASE)

# Zero-width characters that editors and web pages leave behind, and control characters other than tab and line breaks.
_INVISIBLE: Final = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_CONTROLS: Final = "".join(map(chr, (*range(9), 11, 12, *range(14, 32), 127)))
_DROPPED: Final = re.compile(f"[{re.escape(_INVISIBLE + _CONTROLS)}]")
_LINE_BREAK: Final = re.compile(r"\r\n?")


class Row(NamedTuple):
    """One row under the header.

    number: the row's number as a spreadsheet program shows it, the header and what stands above it counted.
    cells: one per column of the table.
    problem: why the whole row cannot be used, or None.
    """

    number: int
    cells: Sequence[Cell]
    problem: TableError | None = None


def text_of(cell: Cell) -> str:
    """The cell as plain text: outer white space of every kind and invisible characters removed, "" when blank."""
    if isinstance(cell, str):
        return clean(cell)
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == time.min:
        return cell.date().isoformat()
    return str(cell)


def clean(text: str) -> str:
    """`text` without invisible and control characters, with plain spaces and line breaks, stripped."""
    if text.isascii() and text.isprintable():
        return text.strip()
    text = _DROPPED.sub("", text).replace("\xa0", " ").strip()
    return _LINE_BREAK.sub("\n", text)


def lost_digits(cell: Cell) -> bool:
    """Whether a spreadsheet has turned an identifier into a number and dropped its last digits."""
    if isinstance(cell, str):
        return _SCIENTIFIC.fullmatch(cell.strip()) is not None
    return isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) >= _LARGEST_EXACT


def header_key(text: str) -> str:
    """Under which two column names are the same: width, case and white space do not count."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def column_letter(index: int) -> str:
    """Name of a column as spreadsheets show it: 0 → A, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, digit = divmod(index - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return letters


def is_blank_row(cells: Sequence[Cell]) -> bool:
    """Whether nothing visible stands in the row."""
    return not any(cell is not None and (not isinstance(cell, str) or clean(cell)) for cell in cells)
