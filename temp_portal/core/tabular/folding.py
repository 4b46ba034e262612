"""Tables that spread one thing over many columns, read with those columns folded into one."""

from collections.abc import Iterator, Sequence
from typing import Final

from temp_portal.core.tabular.cells import Row, text_of
from temp_portal.core.tabular.reading import Table

SEPARATOR: Final = ";"
SIGN: Final = "="


class FoldedTable(Table):
    """`table` with the columns `folded` in one last column `into`: `USD=1.1172;JPY=175.68`, blank cells left out."""

    def __init__(self, table: Table, folded: Sequence[str], into: str) -> None:
        self._table = table
        self._folded = [number for number, name in enumerate(table.headers) if name in folded]
        self._kept = [number for number, name in enumerate(table.headers) if name not in folded]
        self.format, self.encoding, self.separator = table.format, table.encoding, table.separator
        self.sheet, self.sheets, self.header_row = table.sheet, table.sheets, table.header_row
        self.headers = (*(table.headers[number] for number in self._kept), into)

    def rows(self) -> Iterator[Row]:
        """The rows of the table, numbered as there."""
        for row in self._table.rows():
            cells = [row.cells[number] for number in self._kept]
            texts = ((self._table.headers[number], text_of(row.cells[number])) for number in self._folded)
            folded = SEPARATOR.join(f"{name}{SIGN}{text}" for name, text in texts if text)
            yield Row(row.number, [*cells, folded], row.problem)
