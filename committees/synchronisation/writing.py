"""A plan becomes facts: through the workflows of seats, offices and organisations, as one recording.

What many rows have in common is written in a fixed number of statements; offices and corrected days, of which there are
few, one by one.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from committees.enums import SeatExit
from committees.models import Appointment, Position, Synchronisation
from committees.synchronisation.plan import Entry, Group, Plan
from committees.workflows import appointments, seats
from committees.workflows.admissions import Admission, admit_many
from committees.workflows.amendments import Amendment, amend
from committees.workflows.bulk.acts import End
from committees.workflows.bulk.rows import Change, Row, load
from committees.workflows.guards import refuse_future, refuse_read_only, running_on
from members.workflows import (
    Declaration,
    Newcomer,
    correct_country,
    declare_ownerships,
    merged_among,
    record_organisations,
)
from temp_portal.audit.models import Recording
from temp_portal.core.db import first_day
from temp_portal.core.tabular.countries import country_code

if TYPE_CHECKING:
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
        committee, entries = self.synchronisation.committee, plan.to_write
        if not self.by.has_perm("committees.keep_roster", committee):
            raise PermissionDenied
        self._positions = {each.code: each for each in Position.objects.filter(committee=committee)}
        self._organisations = {each.key: each.organisation for each in entries if each.organisation}
        self._seats = {each.key: each.member.seat for each in entries if each.member}
        steps: list[tuple[Callable[[list[Entry]], None], list[Entry]]] = [
            (self._end_offices, [each for each in entries if _to_end(each)]),
            (self._end_memberships, [each for each in entries if each.group == Group.LEFT]),
            (self._correct_days, [each for each in entries if each.member and _value(each, "since")]),
            (self._change, [each for each in entries if each.member and _particulars(each)]),
            (self._record_newcomers, [each for each in entries if each.is_new]),
            (self._correct_countries, [each for each in entries if each.organisation and _value(each, "country")]),
            (self._declare_ownerships, [each for each in entries if _value(each, "ownership")]),
            (self._admit, [each for each in entries if each.group == Group.JOINED]),
            (self._suspend, [each for each in entries if _value(each, "standing") is not None]),
            (self._appoint, [each for each in entries if _to_fill(each)]),
        ]
        self._progress, self._done, self._total = progress, 0, sum(len(concerned) for _act, concerned in steps)
        self._refuse_on_unfit_day(entries)
        for act, concerned in steps:
            act([each for each in concerned if each.key not in self.refusals])

    def _refuse_on_unfit_day(self, entries: Iterable[Entry]) -> None:
        """On a day to come, or while the roster stands still, nothing is written."""
        try:
            refuse_future(self._day)
            refuse_read_only(self.synchronisation.committee, self._day)
        except ValidationError as error:
            for entry in entries:
                self._refuse(entry.key, error)

    @property
    def _day(self) -> date:
        return self.synchronisation.effective_on

    @property
    def _record(self) -> dict[str, Any]:
        """What every act takes."""
        return {"by": self.by, "reason": self.reason, "document": self.document, "into": self.into}

    def _end_offices(self, entries: list[Entry]) -> None:
        def end(entry: Entry) -> None:
            for appointment in _to_end(entry):
                appointments.end(appointment, effective_on=self._day, **self._record)

        self._one_by_one(entries, end)

    def _end_memberships(self, entries: list[Entry]) -> None:
        act, rows = End(SeatExit(self.synchronisation.leave_as)), self._rows(entry.key for entry in entries)
        steps = {step.row.seat.pk: step for step in act.plan(list(rows.values()), self._day)}
        for entry in entries:
            step = steps[self._seats[entry.key].pk]
            if step.change is Change.REFUSED:
                self.refusals[entry.key] = step.why
        ending = [step for step in steps.values() if step.change is Change.CHANGED]
        if ending:
            act.write(ending, by=self.by, within=self.into, day=self._day, document=self.document, reason=self.reason)
        self._advance(len(entries))

    def _correct_days(self, entries: list[Entry]) -> None:
        def correct(entry: Entry) -> None:
            day, seat = _value(entry, "since"), self._seats[entry.key]
            seats.correct_admission(seat, by=self.by, admitted_on=day, reason=self.reason, into=self.into)

        self._one_by_one(entries, correct)

    def _change(self, entries: list[Entry]) -> None:
        closed = merged_among([person for entry in entries if (person := _value(entry, "representative"))])
        for entry in entries:
            person = _value(entry, "representative")
            if person is not None and person.pk in closed:
                self._refuse(entry.key, closed[person.pk])
        fit = {entry.key: _particulars(entry) for entry in entries if entry.key not in self.refusals}
        self._amend(fit, "change", self._day)
        self._advance(len(entries))

    def _suspend(self, entries: list[Entry]) -> None:
        """Suspend and resume; who joins in the file's future days is suspended from the first of them."""
        acts: dict[tuple[str, date], dict[str, dict[str, Any]]] = defaultdict(dict)
        for entry in entries:
            suspended = _value(entry, "standing")
            acts["suspend" if suspended else "resume", self._first_day(entry)][entry.key] = {"suspended": suspended}
        for (move, day), changed in acts.items():
            self._amend(changed, move, day)
        self._advance(len(entries))

    def _amend(self, changed: Mapping[str, dict[str, Any]], move: str, day: date) -> None:
        """Give the seats of these entries other particulars, as far as their running periods allow it."""
        rows = self._rows(changed)
        amendments = []
        for key, values in changed.items():
            row = rows[self._seats[key].pk]
            try:
                amendments.append(Amendment(row.seat, running_on(row.period, day), values))
            except ValidationError as error:
                self._refuse(key, error)
        common = {"document": self.document, "reason": self.reason}
        amend(amendments, by=self.by, within=self.into, day=day, move=move, **common)

    def _record_newcomers(self, entries: list[Entry]) -> None:
        newcomers = {entry.key: _newcomer(entry) for entry in entries}
        made, refusals = record_organisations(newcomers, by=self.by, into=self.into)
        self._organisations |= made
        for key, error in refusals.items():
            self._refuse(key, error)
        self._advance(len(entries))

    def _correct_countries(self, entries: list[Entry]) -> None:
        def correct(entry: Entry) -> None:
            organisation, country = self._organisations[entry.key], _value(entry, "country")
            correct_country(organisation, country, by=self.by, reason=self.reason, into=self.into)

        self._one_by_one(entries, correct)

    def _declare_ownerships(self, entries: list[Entry]) -> None:
        declarations = [
            Declaration(self._organisations[each.key], _value(each, "ownership"), self._day, evidence=self._evidence)
            for each in entries
        ]
        declare_ownerships(declarations, by=self.by, into=self.into)
        self._advance(len(entries))

    def _admit(self, entries: list[Entry]) -> None:
        admissions = {entry.key: self._admission(entry) for entry in entries}
        made, refusals = admit_many(self.synchronisation.committee, admissions, by=self.by, into=self.into)
        self._seats |= made
        for key, error in refusals.items():
            self._refuse(key, error)
        self._advance(len(entries))

    def _admission(self, entry: Entry) -> Admission:
        row = entry.row
        return Admission(
            self._organisations[entry.key],
            _value(entry, "since") or self._day,
            document=(row.values.get("document") if row else "") or self.document,
            reason=self.reason,
            **_particulars(entry),
        )

    def _appoint(self, entries: list[Entry]) -> None:
        def appoint(entry: Entry) -> None:
            seat, day = self._seats[entry.key], self._first_day(entry)
            for code in _to_fill(entry):
                appointments.appoint(seat, self._positions[code], effective_on=day, **self._record)

        self._one_by_one(entries, appoint)

    def _first_day(self, entry: Entry) -> date:
        """The day of the file, or a later one on which the membership begins."""
        return max(self._day, first_day(self._seats[entry.key].valid))

    @property
    def _evidence(self) -> str:
        """What an ownership of the file rests on."""
        return _("Roster file %(name)s") % {"name": self.synchronisation.name}

    def _rows(self, keys: Iterable[str]) -> dict[int, Row]:
        """The entries' seats as they are recorded now, locked, by key of the seat."""
        found = load(self.synchronisation.committee, [self._seats[key].pk for key in keys], locking=True)
        return {row.seat.pk: row for row in found}

    def _one_by_one(self, entries: Iterable[Entry], write: Callable[[Entry], None]) -> None:
        """Write each entry as a whole, or refuse it."""
        for entry in entries:
            try:
                with transaction.atomic():
                    write(entry)
            except ValidationError as error:
                self._refuse(entry.key, error)
            self._advance(1)

    def _refuse(self, key: str, error: ValidationError) -> None:
        self.refusals[key] = " ".join(error.messages)

    def _advance(self, count: int) -> None:
        self._done += count
        self._progress(self._done, self._total)


def _newcomer(entry: Entry) -> Newcomer:
    values = entry.row.values if entry.row else {}
    names = entry.row.names if entry.row else []
    return Newcomer(names, country_code(values.get("country") or "") or "", values.get("number") or "")


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
