"""What later knowledge has changed: the same figures counted at two cut-offs, compared (domain brief §8)."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from temp_portal.reports.basis import Basis
from temp_portal.reports.builder import compute
from temp_portal.reports.figures import Cell, Document, Missing, Part, Ratio, Reason, Value, decode, encode
from temp_portal.reports.models import Report

#: Parts that follow from others and would only repeat a change.
DERIVED: Final = (Part.CHANGE.value, Part.GROWTH.value)
ABSENT: Final = Missing(Reason.NO_DATA)
#: Quarter, table, row, column and part of a figure.
Place = tuple[str, str, str, str, str]


@dataclass(frozen=True)
class Restatement:
    """One figure that reads differently now. `part` is empty outside of a comparison block."""

    quarter: str
    version: int
    table: str
    row: str
    column: str
    part: str
    was: Value
    now: Value

    @property
    def place(self) -> Place:
        return self.quarter, self.table, self.row, self.column, self.part

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"was": encode(self.was), "now": encode(self.now)}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Restatement":
        values = {name: decode(stored[name]) for name in ("was", "now")}
        return cls(**(dict(stored) | values))


def compare(old: Document, new: Document, version: int = 1) -> list[Restatement]:
    """Figures of the same quarter and scope that differ; shares and differences, which follow, are left out."""
    before, after = _values(old), _values(new)
    places = sorted(before.keys() | after.keys())
    return [
        Restatement(str(old.quarter), version, *place, before.get(place, ABSENT), after.get(place, ABSENT))
        for place in places
        if before.get(place, ABSENT) != after.get(place, ABSENT)
    ]


def restatements(report: Report, document: Document, basis: Basis) -> list[Restatement]:
    """What `document`, counted for the report on `basis`, restates in earlier reports of the same scope.

    These are the last version of the same quarter, and of the quarter before, counted again with the knowledge of the
    new cut-off.
    """
    found: list[Restatement] = []
    for quarter in (basis.quarter, basis.quarter.previous):
        frozen = Report.objects.of(quarter, report.scope).frozen().exclude(pk=report.pk)
        earlier = frozen.order_by("-version").first()
        if earlier is not None and (was := earlier.document):
            is_same = quarter == basis.quarter and earlier.schema == basis.schema
            now = document if is_same else compute(replace(earlier.basis, cut_off=basis.cut_off))
            found += compare(was, now, earlier.version)
    return found


def _values(document: Document) -> dict[tuple[str, str, str, str], Value]:
    return {
        (*place, part): value
        for place, cell in document.cells()
        for part, value in _parts(cell)
        if part not in DERIVED and not isinstance(value, Ratio)
    }


def _parts(cell: Cell) -> Iterator[tuple[str, Value]]:
    if isinstance(cell, Mapping):
        yield from cell.items()
    else:
        yield "", cell
