"""Cells out of a spreadsheet laid over a roster: what each of them means, and what stands in its way."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from committees.forms.cells import PastedCell, value_of
from committees.history import value_text
from committees.models import Appointment, Committee, Seat
from committees.workflows.cells import POSITION, RowEdit, rehearse

if TYPE_CHECKING:
    from temp_portal.accounts.models import User


@dataclass(slots=True)
class Line:
    """A pasted cell beside what is recorded. `problem` says why it is left out."""

    cell: PastedCell
    seat: Any = None
    value: Any = None
    problem: str = ""

    @property
    def recorded(self) -> Any:
        """The present value."""
        if self.cell.field != POSITION:
            return getattr(self.seat, self.cell.field, None)
        return next((office.position for office in self.seat.offices), None)

    @property
    def is_same(self) -> bool:
        """Whether it says what is recorded already."""
        return not self.problem and self.value == self.recorded

    @property
    def will_change(self) -> bool:
        """Whether saving would write it."""
        return not self.problem and not self.is_same

    @property
    def before(self) -> str:
        """The present value in words."""
        return self._words(self.recorded) if self.seat else ""

    @property
    def after(self) -> str:
        """The new value in words; what was pasted where it means nothing."""
        return self.cell.text if self.problem else self._words(self.value)

    def _words(self, value: Any) -> str:
        if self.cell.field == POSITION:
            return str(value or "–")
        return capfirst(value_text(self.cell.field, value)) if self.cell.field else ""


def read(committee: Committee, cells: Iterable[PastedCell]) -> list[Line]:
    """Each cell with its seat and its meaning. Cells over rows of another committee are not found."""
    pasted = list(cells)
    held = Appointment.objects.current().filter(valid__endswith__isnull=True).select_related("position")
    seats = (
        Seat.objects.filter(committee=committee, pk__in={cell.seat for cell in pasted})
        .select_related("committee", "organisation", "representative")
        .prefetch_related(Prefetch("appointments", held.order_by("position__rank"), to_attr="offices"))
        .in_bulk()
    )
    return [_line(cell, seats.get(cell.seat)) for cell in pasted]


def check(committee: Committee, lines: Sequence[Line], *, by: "User", effective_on: date, document: str = "") -> None:
    """Mark the lines that could not be written: the whole row is left out with them."""
    changing = [line for line in lines if line.will_change]
    problems = rehearse(committee, edits(changing), by=by, effective_on=effective_on, document=document)
    for line in changing:
        line.problem = " ".join(problems.get(line.cell.seat, ()))


def edits(lines: Iterable[Line]) -> list[RowEdit]:
    """One for each row, whatever the number of its cells."""
    rows: dict[int, tuple[Line, dict[str, Any]]] = {}
    for line in lines:
        rows.setdefault(line.cell.seat, (line, {}))[1][line.cell.field] = line.value
    return [RowEdit(first.seat, first.cell.version, values) for first, values in rows.values()]


def _line(cell: PastedCell, seat: Seat | None) -> Line:
    if seat is None:
        return Line(cell, problem=_("This row is not on the roster."))
    try:
        return Line(cell, seat, value_of(cell, seat))
    except ValidationError as error:
        return Line(cell, seat, problem=" ".join(error.messages))
