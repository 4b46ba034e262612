"""The frozen whole of a report's figures, its canonical bytes and its hash.

The hash says what was counted, for which period and scope. It leaves out the cut-off, so two reports of the same facts
are the same report; and of language, layout and time of building the document knows nothing.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Self

import orjson

from temp_portal.core.periods import Quarter
from temp_portal.reports.figures.values import Cell, decode, encode

#: Raised when tables or indicators are added or a figure changes its meaning. A frozen report keeps its number, and is
#: recomputed with the tables of that number only.
SCHEMA: Final = 2

Rows = Mapping[str, Mapping[str, Cell]]


@dataclass(frozen=True)
class Document:
    """Figures by table, row and column. `scope` holds the ids of the committees, None means all of them."""

    quarter: Quarter
    time_zone: str
    scope: tuple[int, ...] | None
    tables: Mapping[str, Rows]
    schema: int = SCHEMA

    def as_json(self) -> dict[str, Any]:
        """The document as it is stored."""
        return {
            "schema": self.schema,
            "quarter": str(self.quarter),
            "start": self.quarter.start.isoformat(),
            "end": self.quarter.end.isoformat(),
            "time_zone": self.time_zone,
            "scope": None if self.scope is None else sorted(self.scope),
            "tables": {
                table: {row: {column: encode(cell) for column, cell in cells.items()} for row, cells in rows.items()}
                for table, rows in self.tables.items()
            },
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """Read what `as_json` wrote. Raises ValueError for cells that hold no exact value."""
        scope = stored["scope"]
        return cls(
            quarter=Quarter.parse(stored["quarter"]),
            time_zone=stored["time_zone"],
            scope=None if scope is None else tuple(scope),
            tables={
                table: {row: {column: decode(cell) for column, cell in cells.items()} for row, cells in rows.items()}
                for table, rows in stored["tables"].items()
            },
            schema=stored["schema"],
        )

    def cells(self) -> Iterator[tuple[tuple[str, str, str], Cell]]:
        """Every cell with its place (table, row, column)."""
        for table, rows in self.tables.items():
            for row, columns in rows.items():
                for column, cell in columns.items():
                    yield (table, row, column), cell


def canonical(stored: Mapping[str, Any]) -> bytes:
    """The one form of a document in bytes: UTF-8 JSON with sorted keys and no spaces."""
    return orjson.dumps(stored, option=orjson.OPT_SORT_KEYS)


def digest(stored: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical form, 64 hexadecimal digits."""
    return hashlib.sha256(canonical(stored)).hexdigest()
