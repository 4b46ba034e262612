"""A plan becomes facts: through the workflows of seats and offices, as one recording."""

from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction

from committees.models import Appointment, Position, Seat, Synchronisation
from committees.synchronisation.matching import MatchedRow
from committees.synchronisation.plan import Entry, Group, Plan
from committees.workflows import appointments, seats
from members.workflows import record_organisation
from temp_portal.audit.models import Recording
from temp_portal.core.db import first_day
from temp_portal.core.tabular.countries import country_code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from temp_portal.accounts.models import User

Progress = Callable[[int, int], None]
#: Fields of a file → particulars of a seat.
_PARTICULARS: Final = {
    "role": "functional_role",
    "chain": "chain_role",
    "voting": "voting",
    "representative": "representative",
}


@dataclass
class Writer:
    """Writes the entries of a plan into a recording. `refusals`: key of an entry → why it could not be written."""

    synchronisation: Synchronisation
    into: Recording
    by: "User"
    reason: str
    document: str
    refusals: dict[str, str] = field(default_factory=dict)

    def write(self, plan: Plan, progress: Progress) -> None:
        """First what frees a place, then what needs one: offices end, members leave, change, join, take office."""
        self._positions = {
            each.code: each for each in Position.objects.filter(committee=self.synchronisation.committee)
        }
        self._admitted: dict[str, Seat] = {}
        entries = plan.to_write
        acts: list[tuple[Entry, Callable[[Entry], None]]] = [
            *((entry, self._end_offices) for entry in entries if _to_end(entry)),
            *((entry, self._write_membership) for entry in entries),
            *((entry, self._appoint) for entry in entries if _to_fill(entry)),
        ]
        for done, (entry, act) in enumerate(acts, start=1):
            if entry.key not in self.refusals:
                with self._refusable(entry):
                    act(entry)
            progress(done, len(acts))

    @contextmanager
    def _refusable(self, entry: Entry) -> "Iterator[None]":
        """Keep the refusal of one entry, and go on with the next."""
        try:
            with transaction.atomic():
                yield
        except ValidationError as error:
            self.refusals[entry.key] = " ".join(error.messages)

    @property
    def _day(self) -> date:
        return self.synchronisation.effective_on

    @property
    def _record(self) -> dict[str, Any]:
        """What every act takes."""
        return {"by": self.by, "reason": self.reason, "document": self.document, "into": self.into}

    def _end_offices(self, entry: Entry) -> None:
        for appointment in _to_end(entry):
            appointments.end(appointment, effective_on=self._day, **self._record)

    def _write_membership(self, entry: Entry) -> None:
        if entry.member is None:
            if entry.row is not None:
                self._admitted[entry.key] = self._admit(entry, entry.row)
        elif entry.group == Group.LEFT:
            how = self.synchronisation.leave_as
            seats.end(entry.member.seat, effective_on=self._day, how=how, **self._record)
        else:
            self._change(entry, entry.member.seat)

    def _change(self, entry: Entry, seat: Seat) -> None:
        since = _value(entry, "since")
        if since is not None:
            seats.correct_admission(seat, by=self.by, admitted_on=since, reason=self.reason, into=self.into)
        particulars = _particulars(entry)
        if particulars:
            seats.change(seat, effective_on=self._day, **self._record, **particulars)

    def _admit(self, entry: Entry, row: MatchedRow) -> Seat:
        organisation = entry.organisation or record_organisation(
            by=self.by,
            names=row.names,
            country=country_code(row.values.get("country") or "") or "",
            number=row.values.get("number") or "",
        )
        return seats.admit(
            self.synchronisation.committee,
            organisation,
            effective_on=_value(entry, "since") or self._day,
            **self._record | {"document": row.values.get("document") or self.document},
            **_particulars(entry),
        )

    def _appoint(self, entry: Entry) -> None:
        seat = entry.member.seat if entry.member else self._admitted[entry.key]
        day = max(self._day, first_day(seat.valid))
        for code in _to_fill(entry):
            appointments.appoint(seat, self._positions[code], effective_on=day, **self._record)


def _value(entry: Entry, name: str) -> Any:
    """What the row gives for a field, where that differs; else None."""
    return next((cell.value for cell in entry.written if cell.field == name), None)


def _particulars(entry: Entry) -> dict[str, Any]:
    return {_PARTICULARS[cell.field]: cell.value for cell in entry.written if cell.field in _PARTICULARS}


def _to_end(entry: Entry) -> list[Appointment]:
    """Offices that the row no longer gives; those of members who leave end with their seats."""
    wanted, held = _value(entry, "position"), entry.member.offices if entry.member else []
    return [] if wanted is None else [each for each in held if each.position.code not in wanted]


def _to_fill(entry: Entry) -> list[str]:
    """Codes of the offices that the row gives and that are not held."""
    held = {each.position.code for each in entry.member.offices} if entry.member else set()
    return [code for code in _value(entry, "position") or () if code not in held]
