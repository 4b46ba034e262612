"""One cell of a roster, edited in place by somebody who sees a row that others may be changing at the same time.

All functions raise PermissionDenied, RowChanged, or ValidationError with a message for the user.
"""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from committees.models import Appointment, Position, Seat, SeatPeriod
from committees.workflows import appointments, seats
from committees.workflows.guards import lock_seat
from committees.workflows.recordings import begin
from temp_portal.audit.models import Recording

if TYPE_CHECKING:
    from temp_portal.accounts.models import User

POSITION = "position"


class RowChanged(Exception):
    """The row is no longer what the reader saw when editing it: somebody recorded something in the meantime."""


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
    held = lock_seat(seat, by)
    if _recorded_version(held) != seen:
        raise RowChanged
    if field == POSITION:
        return _take_office(held, value, by=by, effective_on=effective_on, document=document)
    if getattr(held, field) == value:
        return None
    into = begin(held.committee, "change", by=by)
    seats.change(held, by=by, effective_on=effective_on, document=document, into=into, **{field: value})
    return into


def _take_office(
    seat: Seat, position: Position | None, *, by: "User", effective_on: date, document: str
) -> Recording | None:
    """The one office of a member becomes another one, or none."""
    held = list(appointments.of_seat(seat))
    if len(held) > 1:
        raise ValidationError(_("The member holds several offices: change them on its page."))
    if position in [each.position for each in held] or not (held or position):
        return None
    into = begin(seat.committee, "appoint" if position else "end_appointment", by=by)
    for each in held:
        appointments.end(each, by=by, effective_on=effective_on, document=document, into=into)
    if position:
        appointments.appoint(seat, position, by=by, effective_on=effective_on, document=document, into=into)
    return into


def _recorded_version(seat: Seat) -> str:
    """What `row_version` gives for the seat's row as it is recorded now; read it under the seat's lock."""
    running = SeatPeriod.objects.current().filter(seat=seat, exit="").values_list("pk", flat=True).first()
    offices = Appointment.objects.current().on(timezone.localdate()).filter(seat=seat)
    return _version(running, offices.values_list("pk", flat=True))


def _version(period: int | None, offices: Iterable[int]) -> str:
    return ".".join(str(part) for part in (period, *sorted(offices)))
