"""A file as a table: column names and rows, whatever program wrote it."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import IO, Any, Final

from temp_portal.core.tabular.archives import ArchiveLimits
from temp_portal.core.tabular.cells import Cell, Row, is_blank_row
from temp_portal.core.tabular.delimited import DelimitedText
from temp_portal.core.tabular.errors import (
    EmptyFile,
    FileTooLarge,
    HeaderOnly,
    NulCharacter,
    RaggedRow,
    TableError,
    TooManyRows,
)
from temp_portal.core.tabular.headers import SEARCHED_ROWS, find_header, header_names, read_header
from temp_portal.core.tabular.sniffing import Format, sniff
from temp_portal.core.tabular.workbooks import Sheet, open_sheet

_MB: Final = 1024 * 1024
_SPOOLED: Final = 8 * _MB


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a file may be. A page takes smaller ones than the command line does."""

    file_size: int = 512 * _MB
    rows: int = 1_048_576
    columns: int = 500
    archive: ArchiveLimits = field(default_factory=ArchiveLimits)


class Table:
    """An opened table (see `open_table`). The rows are read anew each time they are asked for, one at a time.

    headers: column names, unique.
    header_row: number of the row they stand in, as a spreadsheet program shows it.
    format: "csv", "xlsx", "xlsb", "xls" or "ods", by content.
    encoding, separator: of a text file, else "".
    sheet, sheets: the sheet read and all visible ones; "" and () for a text file.
    """

    def __init__(
        self, source: DelimitedText | Sheet, form: Format, limits: Limits, known: AbstractSet[str] = frozenset()
    ) -> None:
        self._source = source
        self._limits = limits
        self._known = known
        self.format = form
        self.encoding, self.separator = source.encoding, source.separator
        self.sheet, self.sheets = source.sheet, source.sheets
        self.header_row, self.headers = self._header()
        if next(self.rows(), None) is None:
            raise HeaderOnly

    def rows(self) -> Iterator[Row]:
        """The rows under the header that are not blank, with as many cells as there are headers.

        A row that is broken as a whole carries its `problem`. Raises TooManyRows or OverlongCell on the way.
        """
        count = 0
        for number, cells in self._source.raw_rows():
            if number <= self.header_row or is_blank_row(cells):
                continue
            count += 1
            if count > self._limits.rows:
                raise TooManyRows(limit=self._limits.rows)
            yield self._row(number, cells)

    def preview(self, count: int = 10) -> list[Row]:
        """The first rows."""
        return list(islice(self.rows(), count))

    def _header(self) -> tuple[int, tuple[str, ...]]:
        filled = ((number, cells) for number, cells in self._source.raw_rows() if not is_blank_row(cells))
        candidates: list[tuple[int, Any]] = list(islice(filled, SEARCHED_ROWS))
        if not candidates:
            raise EmptyFile
        if self._known:
            index, names = read_header(candidates, self._known)
            return candidates[index][0], header_names(names, self._limits.columns)
        number, cells = candidates[find_header(candidates)]
        return number, header_names(cells, self._limits.columns)

    def _row(self, number: int, cells: list[Any]) -> Row:
        width = len(self.headers)
        surplus = cells[width:]
        if len(cells) != width:
            cells = cells[:width] + [None] * (width - len(cells))
        return Row(number, cells, self._problem(cells, surplus) if self.format == "csv" else None)

    def _problem(self, cells: list[str | None], surplus: list[Cell]) -> TableError | None:
        if surplus and not is_blank_row(surplus):
            return RaggedRow(cells=len(cells) + len(surplus), columns=len(cells))
        if "\0" in "".join(filter(None, cells)):
            return NulCharacter()
        return None


@contextmanager
def open_table(
    source: str | os.PathLike[str] | IO[bytes],
    *,
    sheet: str | None = None,
    limits: Limits | None = None,
    known: AbstractSet[str] = frozenset(),
) -> Iterator[Table]:
    """Open a path, an uploaded file or any binary stream as a table; closes only what it opened.

    sheet: name of the worksheet; without it the first visible one that holds anything.
    known: folded names of columns that are looked for; with them a header may have two lines (see `read_header`).
    Raises a TableError that says why the file is not a table and what to do.
    """
    limits = limits or Limits()
    with _seekable(source) as file:
        _check_size(file, limits.file_size)
        form = sniff(file, limits.archive)
        if form == "csv":
            yield Table(DelimitedText(file), form, limits, known)
            return
        with open_sheet(file, sheet) as opened:
            yield Table(opened, form, limits, known)


@contextmanager
def _seekable(source: str | os.PathLike[str] | IO[bytes]) -> Iterator[IO[bytes]]:
    if isinstance(source, str | os.PathLike):
        with Path(source).open("rb") as file:
            yield file
        return
    # Django's File is a proxy without the whole interface of a stream.
    stream: IO[bytes] = getattr(source, "file", source)
    if stream.seekable():
        yield stream
        return
    with tempfile.SpooledTemporaryFile(_SPOOLED) as spooled:
        shutil.copyfileobj(stream, spooled)
        yield spooled


def _check_size(file: IO[bytes], limit: int) -> None:
    size = file.seek(0, os.SEEK_END)
    if size == 0:
        raise EmptyFile
    if size > limit:
        raise FileTooLarge(size=-(-size // _MB), limit=limit // _MB)
