"""A small world in the running quarter, made through the workflows, and everything that may happen to it later."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from committees.enums import SeatExit
from committees.models import Application, Committee, Seat
from committees.workflows import applications, seats
from members.enums import OwnershipType
from members.models import Organisation, Ownership
from projects.models import MoneyEvent, Project, Sponsorship
from temp_portal.accounts.enums import Role
from temp_portal.accounts.models import User
from temp_portal.audit.models import Transition
from temp_portal.core.db import date_range
from temp_portal.core.periods import Quarter
from tests.factories import (
    CommitteeFactory,
    MoneyEventFactory,
    OrganisationFactory,
    ProjectFactory,
    admit,
    own,
    user_with,
)
from tests.factories.applications import submitted

DAY = timedelta(days=1)
TYPES = [OwnershipType.CENTRAL_SOE, OwnershipType.LOCAL_SOE, OwnershipType.PRIVATE, OwnershipType.HMT]


@dataclass
class World:
    """One active committee with six seats, two open applications and a project with money."""

    committee: Committee
    secretary: User
    seats: list[Seat]
    undecided: list[Application]
    project: Project
    sponsorship: Sponsorship
    event: MoneyEvent

    @property
    def scope(self) -> tuple[int, ...]:
        return (self.committee.pk,)


def today() -> date:
    return timezone.localdate()


def quarter() -> Quarter:
    return Quarter.containing(today())


def build() -> World:
    committee = CommitteeFactory.create(state="proposed")
    secretary = user_with(Role.SECRETARY, committee)
    move(committee, "proposed", "active", today() - 400 * DAY, by=secretary)
    committee.refresh_from_db()
    members = [owned(kind) for kind in TYPES] + [owned(None), owned(OwnershipType.NON_ENTERPRISE)]
    held = [admit(committee, member, on=today() - 200 * DAY, by=secretary) for member in members]
    project = ProjectFactory.create(stage="S5")
    move(project, "", "S5", today() - 100 * DAY, by=secretary)
    return World(
        committee=committee,
        secretary=secretary,
        seats=held,
        undecided=[submitted(committee, owned(OwnershipType.PRIVATE))[0] for _number in range(2)],
        project=project,
        sponsorship=Sponsorship.objects.create(project=project, committee=committee, since=today() - 100 * DAY),
        event=MoneyEventFactory.create(project=project, event_date=today(), amount=Decimal("2500000.00")),
    )


def owned(kind: str | None) -> Organisation:
    """An organisation with a verified ownership of that type; None leaves it unverified."""
    organisation = OrganisationFactory.create()
    own(organisation, kind or OwnershipType.PRIVATE, verified=kind is not None)
    return organisation


def move(record: Committee | Project, source: str, target: str, day: date, *, by: User) -> None:
    """Record a change of state as the workflows do, effective on any day."""
    type(record).objects.filter(pk=record.pk).update(**{record.state_field: target})
    Transition.objects.create(
        subject_type=record._meta.label_lower,
        subject_id=record.pk,
        move="move",
        from_state=source,
        to_state=target,
        effective_on=day,
        by=by,
    )


def correct_ownership(seat: Seat, kind: str, *, verified: bool = True) -> None:
    """Supersede what was known about the owner since the beginning."""
    standing = Ownership.objects.current().filter(organisation=seat.organisation)
    since = standing.get().valid.lower
    standing.supersede(by=None, reason="The register says otherwise")
    own(seat.organisation, kind, since=since, verified=verified)


def reclassify(seat: Seat, kind: str) -> None:
    """The owner changes today."""
    known = Ownership.objects.current().filter(organisation=seat.organisation)
    before = known.get()
    known.supersede(by=None)
    own(seat.organisation, before.type, since=before.valid.lower, until=today(), verified=bool(before.verified_at))
    own(seat.organisation, kind, since=today())


def _end(world: World, how: SeatExit) -> None:
    grounds = {"reason": "Minutes", "document": "Minutes 9", "heard": "By letter"}
    seats.end(world.seats[0], by=world.secretary, effective_on=today(), how=how, **grounds)


def _supersede_money(world: World, **fields: object) -> None:
    MoneyEventFactory.create(project=world.project, event_date=today(), supersedes=world.event, **fields)


#: Things that are recorded later about days of the quarter; each changes the figures of a report made afterwards.
LATER: dict[str, Callable[[World], object]] = {
    "an admission": lambda w: admit(w.committee, owned("private"), on=today(), by=w.secretary),
    "a back-dated admission": lambda w: admit(w.committee, owned("private"), on=today() - 150 * DAY, by=w.secretary),
    "a corrected day of admission": lambda w: seats.correct_admission(
        w.seats[1], by=w.secretary, admitted_on=today(), reason="Minutes"
    ),
    "a resignation": lambda w: _end(w, SeatExit.RESIGNED),
    "an expulsion": lambda w: _end(w, SeatExit.EXPELLED),
    "a suspension": lambda w: seats.suspend(w.seats[0], by=w.secretary, effective_on=today(), reason="Dues"),
    "the loss of the vote": lambda w: seats.change(w.seats[0], by=w.secretary, effective_on=today(), voting=False),
    "a corrected ownership": lambda w: correct_ownership(w.seats[0], OwnershipType.FOREIGN),
    "a verification for the whole time": lambda w: correct_ownership(w.seats[4], OwnershipType.PRIVATE),
    "a withdrawn verification": lambda w: correct_ownership(w.seats[0], OwnershipType.CENTRAL_SOE, verified=False),
    "a change of owner": lambda w: reclassify(w.seats[2], OwnershipType.LOCAL_SOE),
    "an application": lambda w: submitted(w.committee, owned("private")),
    "an approval": lambda w: applications.approve(w.undecided[0], by=w.secretary, effective_on=today()),
    "a rejection": lambda w: applications.reject(w.undecided[0], by=w.secretary, reason="Incomplete evidence"),
    "a return": lambda w: applications.return_for_completion(w.undecided[0], by=w.secretary, note="Evidence"),
    "a corrected owner of an applicant": lambda w: correct_ownership(w.undecided[0], OwnershipType.CENTRAL_SOE),
    "a back-dated suspension of the committee": lambda w: move(
        w.committee, "active", "suspended", today() - 120 * DAY, by=w.secretary
    ),
    "a back-dated stage": lambda w: move(w.project, "S5", "S7", today() - 120 * DAY, by=w.secretary),
    "a cancelled project": lambda w: move(w.project, "S5", "X2", today(), by=w.secretary),
    "a sponsorship": lambda w: Sponsorship.objects.create(
        project=ProjectFactory.create(), committee=w.committee, since=today()
    ),
    "the end of a sponsorship": lambda w: w.sponsorship.delete(),
    "an umbrella record": lambda w: Project.objects.filter(pk=w.project.pk).update(in_totals=False),
    "money": lambda w: MoneyEventFactory.create(project=w.project, event_date=today()),
    "money without a rate": lambda w: MoneyEventFactory.create(project=w.project, event_date=today(), currency="KZT"),
    "a corrected amount": lambda w: _supersede_money(w, amount=Decimal("1.00")),
    "a cancelled amount": lambda w: _supersede_money(w, cancels=True),
}
#: Things that change no figure, whenever the report is made.
INDIFFERENT: dict[str, Callable[[World], object]] = {
    "new names": lambda w: (
        Organisation.objects.filter(pk=w.seats[0].organisation_id).update(name_en="Renamed"),
        Committee.objects.filter(pk=w.committee.pk).update(name_en="Renamed"),
    ),
    "a secretary who leaves": lambda w: User.objects.filter(pk=w.secretary.pk).update(is_active=False),
    "a draft": lambda w: Application.objects.create(
        committee=w.committee, organisation=OrganisationFactory.create(), created_by=w.secretary
    ),
    "a member elsewhere": lambda _w: admit(CommitteeFactory.create(), owned("private"), on=today()),
}

__all__ = ["INDIFFERENT", "LATER", "World", "build", "date_range", "quarter"]
