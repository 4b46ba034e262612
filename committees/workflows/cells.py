"""Cells of a roster, edited in place by somebody who sees rows that others may be changing at the same time.

`write` sets one cell; `write_all` sets many as one recording, and `rehearse` tells beforehand what stands in the way.
They raise PermissionDenied, RowChanged or RowsRefused, or ValidationError with a message for the user.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from committees.models import Appointment, Committee, Position, Seat, SeatPeriod
from committees.workflows import appointments, seats
from committees.workflows.guards import lock_seat
from committees.workflows.recordings import begin, recording
from temp_portal.audit.models import Recording

if TYPE_CHECKING:
    from temp_portal.accounts.models import User

POSITION = "position"


class RowChanged(Exception):
    """The row is no longer what the reader saw when editing it: somebody recorded something in the meantime."""


@dataclass(frozen=True, slots=True)
class RowEdit:
    """What the cells of one row become, if the row still is the version `seen`."""

    seat: Seat
    seen: str
    values: Mapping[str, Any]


class RowsRefused(Exception):
    """Some rows cannot be written, so none was. `problems`: messages by the seat's key."""

    def __init__(self, problems: Mapping[int, Sequence[str]]) -> None:
        self.problems = problems
        super().__init__(str(problems))


def row_version(period: Any) -> str:
    """The version of a roster's row: every change of a seat makes another fact of it."""
    return _version(period.pk, (office.pk for office in period.seat.offices))


@transaction.atomic
def write(
    seat: Seat, *, by: "User", seen: str, field: str, value: Any, effective_on: date, document: str = ""
) -> Recording | None:
    """Set one cell from `effective_on`, if the row still is the version `seen`; earlier days keep what they have.

    Returns what was recorded, to be taken back as a whole; None when nothing differs.
    """
    held = _unchanged(seat, seen, by=by)
    if _holds(held, field, value):
        return None
    into = begin(held.committee, "change", by=by)
    _write(held, {field: value}, by=by, effective_on=effective_on, document=document, into=into)
    return into


def write_all(
    committee: Committee, edits: Sequence[RowEdit], *, by: "User", effective_on: date, document: str = ""
) -> Recording:
    """Set the cells of many rows from `effective_on`, as one recording. Raises RowsRefused if any row is refused."""
    problems: dict[int, list[str]] = {}
    with recording(committee, "change", by=by) as into:
        keys = sorted(edit.seat.pk for edit in edits)
        # All rows are locked before any position is, in the order of their keys, as everywhere.
        list(Seat.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk"))
        for edit in edits:
            try:
                with transaction.atomic():
                    held = _unchanged(edit.seat, edit.seen, by=by)
                    _write(held, edit.values, by=by, effective_on=effective_on, document=document, into=into)
            except RowChanged:
                problems[edit.seat.pk] = [_("Somebody has changed this row in the meantime: load the page again.")]
            except ValidationError as error:
                problems[edit.seat.pk] = error.messages
        if problems:
            raise RowsRefused(problems)
    return into


def rehearse(
    committee: Committee, edits: Sequence[RowEdit], *, by: "User", effective_on: date, document: str = ""
) -> Mapping[int, Sequence[str]]:
    """What stands in the way of `write_all`, found by doing it and leaving nothing of it: messages by seat."""
    try:
        with transaction.atomic():
            write_all(committee, edits, by=by, effective_on=effective_on, document=document)
            transaction.set_rollback(True)
    except RowsRefused as refused:
        return refused.problems
    return {}


def _unchanged(seat: Seat, seen: str, *, by: "User") -> Seat:
    held = lock_seat(seat, by)
    if _recorded_version(held) != seen:
        raise RowChanged
    return held


def _holds(seat: Seat, field: str, value: Any) -> bool:
    if field == POSITION:
        offices = [each.position for each in appointments.of_seat(seat)]
        return offices == ([value] if value else [])
    return bool(getattr(seat, field) == value)


def _write(
    seat: Seat, values: Mapping[str, Any], *, by: "User", effective_on: date, document: str, into: Recording
) -> None:
    particulars = {name: value for name, value in values.items() if name != POSITION}
    if particulars:
        seats.change(seat, by=by, effective_on=effective_on, document=document, into=into, **particulars)
    if POSITION in values and not _holds(seat, POSITION, values[POSITION]):
        _take_office(seat, values[POSITION], by=by, effective_on=effective_on, document=document, into=into)


def _take_office(
    seat: Seat, position: Position | None, *, by: "User", effective_on: date, document: str, into: Recording
) -> None:
    """The one office of a member becomes another one, or none."""
    held = list(appointments.of_seat(seat))
    if len(held) > 1:
        raise ValidationError(_("The member holds several offices: change them on its page."))
    for each in held:
        appointments.end(each, by=by, effective_on=effective_on, document=document, into=into)
    if position:
        appointments.appoint(seat, position, by=by, effective_on=effective_on, document=document, into=into)


def _recorded_version(seat: Seat) -> str:
    """What `row_version` gives for the seat's row as it is recorded now; read it under the seat's lock."""
    running = SeatPeriod.objects.current().filter(seat=seat, exit="").values_list("pk", flat=True).first()
    offices = Appointment.objects.current().on(timezone.localdate()).filter(seat=seat)
    return _version(running, offices.values_list("pk", flat=True))


def _version(period: int | None, offices: Iterable[int]) -> str:
    return ".".join(str(part) for part in (period, *sorted(offices)))
