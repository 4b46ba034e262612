"""What can be done to many seats at once: each act plans rows one by one and writes them all together."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from committees.enums import ChainRole, FunctionalRole, SeatExit
from committees.models import Appointment, Committee, Position, Term
from committees.workflows import appointments, seats
from committees.workflows.amendments import Amendment, amend
from committees.workflows.bulk.rows import Change, Row, Step
from committees.workflows.guards import explained
from committees.workflows.telling import tell
from committees.workflows.trail import seat_transition
from temp_portal.audit.models import Recording, Transition
from temp_portal.core.db import date_range, first_day
from temp_portal.core.markup import date_text

if TYPE_CHECKING:
    from temp_portal.accounts.models import User


class Act(Protocol):
    """kind: what the recording and the transitions are called."""

    @property
    def kind(self) -> str: ...

    def check(self, committee: Committee, reason: str) -> None:
        """Raise ValidationError where no row at all could be changed."""

    def plan(self, rows: Sequence[Row], day: date) -> list[Step]:
        """What becomes of every row."""

    def lock(self) -> None:
        """Lock what the rows share beside the committee."""

    def write(
        self, steps: Sequence[Step], *, by: "User", within: Recording, day: date, document: str, reason: str
    ) -> None:
        """Write all of it. The seats are locked."""


def _refused(row: Row, why: str, before: str = "") -> Step:
    return Step(row, Change.REFUSED, before=before, why=why)


def _ended(row: Row) -> Step:
    return _refused(row, _("This membership has ended."))


@dataclass(frozen=True)
class SetParticular:
    """Give one of `seats.PARTICULARS` a value from a day on; earlier days keep theirs."""

    name: str
    value: Any
    kind: str = "change"

    def check(self, committee: Committee, reason: str) -> None:
        return

    def lock(self) -> None:
        return

    def plan(self, rows: Sequence[Row], day: date) -> list[Step]:
        return [self._step(row, day) for row in rows]

    def _step(self, row: Row, day: date) -> Step:
        if row.period is None:
            return _ended(row)
        value = getattr(row.period, self.name)
        before = particular(self.name, value)
        if value == self.value:
            return Step(row, Change.SAME, before=before, after=before)
        if day < first_day(row.period.valid):
            known_from = date_text(first_day(row.period.valid))
            return _refused(row, _("Something is recorded from %(day)s on.") % {"day": known_from}, before)
        return Step(row, Change.CHANGED, before=before, after=particular(self.name, self.value))

    def write(
        self, steps: Sequence[Step], *, by: "User", within: Recording, day: date, document: str, reason: str
    ) -> None:
        found = [
            Amendment(step.row.seat, step.row.period, {self.name: self.value}) for step in steps if step.row.period
        ]
        amend(found, by=by, within=within, day=day, move=self.kind, document=document, reason=reason)
        tell(self.kind, [step.row.seat for step in steps], effective_on=day, reason=reason, document=document)


@dataclass(frozen=True)
class Suspend(SetParticular):
    """Suspend the rights of members. They keep their seats."""

    name: str = "suspended"
    value: Any = True
    kind: str = "suspend"

    def check(self, committee: Committee, reason: str) -> None:
        if not reason.strip():
            raise ValidationError({"reason": _("Give the reason: it stays on record.")})


@dataclass(frozen=True)
class End:
    """End memberships, and the offices with them; the day is the first one without the seat."""

    how: SeatExit

    @property
    def kind(self) -> str:
        return seats.EXIT_MOVES[self.how]

    def check(self, committee: Committee, reason: str) -> None:
        if self.how == SeatExit.EXPELLED:
            message = _("Who is expelled has to be heard: a member is expelled on the page of its seat.")
            raise ValidationError({"how": message})

    def lock(self) -> None:
        return

    def plan(self, rows: Sequence[Row], day: date) -> list[Step]:
        return [self._step(row, day) for row in rows]

    def _step(self, row: Row, day: date) -> Step:
        if row.period is None:
            return _ended(row)
        before = _("member since %(day)s") % {"day": date_text(first_day(row.seat.valid))}
        if day <= first_day(row.period.valid):
            known_from = date_text(first_day(row.period.valid))
            return _refused(row, _("Something is recorded from %(day)s on.") % {"day": known_from}, before)
        offices = ", ".join(str(office.position) for office in row.offices)
        after = str(self.how.label)
        if offices:
            after = _("%(how)s, and no longer %(offices)s") % {"how": after, "offices": offices}
        return Step(row, Change.CHANGED, before=before, after=after)

    def write(
        self, steps: Sequence[Step], *, by: "User", within: Recording, day: date, document: str, reason: str
    ) -> None:
        rows = [step.row.seat for step in steps]
        seats.close(rows, by=by, effective_on=day, how=self.how, reason=reason, document=document, within=within)


@dataclass(frozen=True)
class Appoint:
    """Appoint members to one position, through their representatives, as far as there are places."""

    position: Position
    kind: str = field(default="appoint", init=False)

    def check(self, committee: Committee, reason: str) -> None:
        if self.position.committee_id != committee.pk:
            raise ValidationError({"position": _("This is no position of the committee.")})

    def lock(self) -> None:
        # The position's row is the lock of its holders: a maximum above one is guarded by nothing else.
        Position.objects.select_for_update(of=("self",)).get(pk=self.position.pk)

    def plan(self, rows: Sequence[Row], day: date) -> list[Step]:
        held = list(appointments.holding_from(day).filter(position=self.position))
        holders = {each.seat_id for each in held}
        free = appointments.free_places(self.position, held, day)
        steps = []
        for row in rows:
            step = self._step(row, day, holders, free)
            if step.change is Change.CHANGED and free is not None:
                free -= 1
            steps.append(step)
        return steps

    def _step(self, row: Row, day: date, holders: set[int], free: int | None) -> Step:
        before = ", ".join(str(office.position) for office in row.offices)
        if row.period is None:
            return _ended(row)
        if self.position.pk in {office.position_id for office in row.offices}:
            return Step(row, Change.SAME, before=before, after=before)
        if row.seat.pk in holders:
            return _refused(row, _("The member holds this position on these days already."), before)
        if day < first_day(row.seat.valid):
            since = date_text(first_day(row.seat.valid))
            return _refused(row, _("The membership began on %(day)s.") % {"day": since}, before)
        if free == 0:
            return _refused(row, _("No place is left: end an appointment first."), before)
        after = ", ".join(filter(None, [before, str(self.position)]))
        return Step(row, Change.CHANGED, before=before, after=after)

    def write(
        self, steps: Sequence[Step], *, by: "User", within: Recording, day: date, document: str, reason: str
    ) -> None:
        term = Term.objects.filter(committee=self.position.committee_id, valid__contains=day).first()
        with explained(Appointment):
            Appointment.objects.bulk_create(
                Appointment(
                    position=self.position,
                    seat=step.row.seat,
                    person_id=step.row.seat.representative_id,
                    term=term,
                    exclusive=self.position.single_holder,
                    valid=date_range(day),
                    reason=reason,
                    recorded_by=by,
                    recorded_in=within,
                )
                for step in steps
            )
        Transition.objects.bulk_create(
            seat_transition(
                step.row.seat,
                self.kind,
                by=by,
                effective_on=day,
                reason=reason,
                within=within,
                document=document,
                position=self.position.code,
            )
            for step in steps
        )


def particular(name: str, value: Any) -> str:
    """A value of a particular in words."""
    if name == "voting":
        return _("with a vote") if value else _("without a vote")
    if name == "suspended":
        return _("suspended") if value else _("full member")
    labels = FunctionalRole.choices if name == "functional_role" else ChainRole.choices
    return str(dict(labels).get(value, "–"))
