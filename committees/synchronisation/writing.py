"""A plan becomes facts: through the workflows of seats and offices, as one recording."""

from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction

from committees.models import Appointment, Position, Seat, Synchronisation
from committees.synchronisation.matching import MatchedRow
from committees.synchronisation.plan import Entry, Group, Plan
from committees.workflows import appointments, seats
from members.workflows import record_organisation
from temp_portal.audit.models import Recording
from temp_portal.core.tabular.countries import country_code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from temp_portal.accounts.models import User

Progress = Callable[[int, int], None]
#: Fields of a file → particulars of a seat.
_PARTICULARS = {
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
        entries = plan.to_write
        steps = [self._end_offices, self._write_entry, self._appoint]
        total = len(steps) * len(entries)
        self._seats: dict[str, Seat] = {}
        for turn, step in enumerate(steps):
            for done, entry in enumerate(entries, start=1):
                with self._refusable(entry):
                    step(entry)
                progress(turn * len(entries) + done, total)

    @contextmanager
    def _refusable(self, entry: Entry) -> "Iterator[None]":
        """Keep the refusal of one entry, and go on with the next."""
        try:
            with transaction.atomic():
                yield
        except ValidationError as error:
            self.refusals.setdefault(entry.key, " ".join(error.messages))

    @property
    def _record(self) -> dict[str, Any]:
        """What every act takes."""
        return {"by": self.by, "reason": self.reason, "document": self.document, "into": self.into}

    def _end_offices(self, entry: Entry) -> None:
        if entry.group != Group.CHANGED or entry.member is None:
            return
        for appointment in _to_end(entry):
            appointments.end(appointment, effective_on=self.synchronisation.effective_on, **self._record)

    def _write_entry(self, entry: Entry) -> None:
        if entry.key in self.refusals:
            return
        if entry.group == Group.LEFT and entry.member is not None:
            how = self.synchronisation.leave_as
            seats.end(entry.member.seat, effective_on=self.synchronisation.effective_on, how=how, **self._record)
        elif entry.group == Group.CHANGED and entry.member is not None:
            self._change(entry, entry.member.seat)
        elif entry.row is not None:
            self._seats[entry.key] = self._admit(entry, entry.row)

    def _change(self, entry: Entry, seat: Seat) -> None:
        since = next((cell.value for cell in entry.written if cell.field == "since"), None)
        if since is not None:
            seats.correct_admission(seat, by=self.by, admitted_on=since, reason=self.reason, into=self.into)
        particulars = _particulars(entry)
        if particulars:
            seats.change(seat, effective_on=self.synchronisation.effective_on, **self._record, **particulars)

    def _admit(self, entry: Entry, row: MatchedRow) -> Seat:
        organisation = entry.organisation or record_organisation(
            by=self.by,
            names=row.names,
            country=country_code(row.values.get("country") or "") or "",
            number=row.values.get("number") or "",
        )
        record = self._record | {"document": row.values.get("document") or self.document}
        since = next((cell.value for cell in entry.written if cell.field == "since"), None)
        return seats.admit(
            self.synchronisation.committee,
            organisation,
            effective_on=since or self.synchronisation.effective_on,
            **record,
            **_particulars(entry),
        )

    def _appoint(self, entry: Entry) -> None:
        seat = entry.member.seat if entry.member else self._seats.get(entry.key)
        if seat is None or entry.key in self.refusals or entry.group == Group.LEFT:
            return
        day = self.synchronisation.effective_on
        begun = seat.valid.lower
        for position in _to_fill(entry, self.synchronisation):
            appointments.appoint(seat, position, effective_on=max(day, begun) if begun else day, **self._record)


def _particulars(entry: Entry) -> dict[str, Any]:
    return {_PARTICULARS[cell.field]: cell.value for cell in entry.written if cell.field in _PARTICULARS}


def _wanted(entry: Entry) -> set[str] | None:
    """Codes of the offices that the row gives; None where it says nothing of them."""
    return next((set(cell.value) for cell in entry.written if cell.field == "position"), None)


def _to_end(entry: Entry) -> list[Appointment]:
    wanted = _wanted(entry)
    held = entry.member.offices if entry.member else []
    return [each for each in held if wanted is not None and each.position.code not in wanted]


def _to_fill(entry: Entry, synchronisation: Synchronisation) -> list[Position]:
    held = {each.position.code for each in entry.member.offices} if entry.member else set()
    codes = (_wanted(entry) or set()) - held
    return list(Position.objects.filter(committee=synchronisation.committee, code__in=codes).order_by("rank"))
