"""Text with separators (CSV, TSV): which separator, and the rows, one at a time."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from typing import IO, Final

from temp_portal.core.tabular.encodings import detect_encoding
from temp_portal.core.tabular.errors import OverlongCell
from temp_portal.core.tabular.formulas import restore

SEPARATORS: Final = (",", ";", "\t", "|")
_SAMPLE: Final = 256 * 1024
_SAMPLE_ROWS: Final = 200
_HEADER_ROWS: Final = 10
#: Spreadsheet programs name the separator in a first line of this form and do not show it as a row.
_HINT: Final = re.compile(r'"?sep=(?P<separator>[,;\t|])"?\r?\n', re.IGNORECASE)


class DelimitedText:
    """A CSV or TSV file: `encoding` and `separator` as found, and its raw rows."""

    sheet = ""
    sheets: tuple[str, ...] = ()

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.encoding = detect_encoding(file)
        sample = self._sample()
        hint = _HINT.match(sample)
        self._skipped = len(hint.group()) if hint else 0
        self.separator = hint["separator"] if hint else sniff_separator(sample)

    def raw_rows(self) -> Iterator[tuple[int, list[str]]]:
        """Every record with its number from the top, blank lines as empty lists. Raises OverlongCell."""
        self._file.seek(0)
        text = io.TextIOWrapper(self._file, encoding=self.encoding, newline="")
        number = 0
        try:
            text.read(self._skipped)
            for number, cells in enumerate(csv.reader(text, delimiter=self.separator), start=1):
                yield number, [restore(cell) if cell[:1] == "'" else cell for cell in cells]
        except csv.Error as error:
            raise OverlongCell(row=number + 1, limit=csv.field_size_limit()) from error
        finally:
            # An abandoned iterator may outlive the file; a live file must not be closed with it.
            with suppress(ValueError):
                text.detach()

    def _sample(self) -> str:
        self._file.seek(0)
        return codecs.getincrementaldecoder(self.encoding)().decode(self._file.read(_SAMPLE))


def sniff_separator(sample: str) -> str:
    """The separator that gives the most regular table, the comma when none gives one."""
    return max(SEPARATORS, key=lambda separator: _regularity(_widths(sample, separator)))


def _widths(sample: str, separator: str) -> list[int]:
    """Number of values in each of the first rows that are not blank."""
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=separator)
    widths: list[int] = []
    with suppress(csv.Error):
        widths.extend(len(cells) for cells in islice(reader, _SAMPLE_ROWS) if cells)
    return widths


def _regularity(widths: list[int]) -> tuple[bool, int, float]:
    """Sort key of a separator: the higher the better.

    The true one is met in the header and in every row after it. Another one, as in a list inside a column or in decimal
    commas, is missing in the header, or breaks off there after a title.
    """
    if not widths:
        return (False, 0, 0.0)
    usual, count = Counter(widths).most_common(1)[0]
    share = count / len(widths)
    start = widths.index(usual)
    breaks = sum(width != usual for width in widths[start:_HEADER_ROWS])
    return (usual > 1 and share >= 0.5, -(start + breaks), share**2 * usual)
