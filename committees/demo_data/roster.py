"""Three years of membership: founding members, a stream of admissions, changes, suspensions and departures."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from committees.demo_data.catalogue import Sketch
from committees.enums import (
    ROLE_OF_GROUP,
    ChainRole,
    CommitteeState,
    FunctionalRole,
    PositionCode,
    SeatEntry,
    SeatExit,
)
from committees.models import Appointment, Committee, Position, Seat, SeatPeriod
from members.demo_data.build import Firm
from temp_portal.accounts.models import User
from temp_portal.audit.models import Transition
from temp_portal.core.db import date_range, first_day
from temp_portal.core.demo import World

SEATS_PER_WEIGHT = 4
FOUNDING_SHARE = 0.4
LEAVING_SHARE = 0.12
CHANGING_SHARE = 0.1
APPLIED_SHARE = 0.7
CLOSED = (CommitteeState.SUSPENDED, CommitteeState.DISSOLVED)
OFFICERS = [
    PositionCode.CHAIR,
    PositionCode.EXECUTIVE_VICE_CHAIR,
    PositionCode.VICE_CHAIR,
    PositionCode.VICE_CHAIR,
    PositionCode.SECRETARY_GENERAL,
    PositionCode.COUNCIL_MEMBER,
    PositionCode.COUNCIL_MEMBER,
]


@dataclass
class Membership:
    """One seat to be written, with the day and moment of its decision."""

    seat: Seat
    firm: Firm
    decided: datetime
    periods: list[SeatPeriod] = field(default_factory=list)
    moves: list[dict[str, Any]] = field(default_factory=list)
    applied: bool = False


class RosterBook:
    """Collects memberships and writes them in bulk, facts and transitions with the times at which they were recorded."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.memberships: list[Membership] = []

    def fill(self, committee: Committee, sketch: Sketch, established: date) -> None:
        """Draw the members of one committee: those of its own industry first, all ownership groups among them."""
        chance = self.world.chance
        last = self.world.today - timedelta(days=70 if sketch.state in CLOSED else 3)
        firms = self._candidates(sketch)[: sketch.weight * SEATS_PER_WEIGHT]
        for number, firm in enumerate(firms):
            founding = number < len(firms) * FOUNDING_SHARE
            day = established if founding else self.world.day_between(established + timedelta(days=10), last)
            membership = self._admit(committee, firm, day)
            membership.applied = not founding and chance.random() < APPLIED_SHARE
            fate = chance.random()
            if sketch.state == CommitteeState.DISSOLVED:
                self._leave(membership, SeatExit.LAPSED, self.world.today - timedelta(days=60))
            elif fate < LEAVING_SHARE and not founding:
                self._leave(membership, chance.choice([SeatExit.RESIGNED, SeatExit.RESIGNED, SeatExit.EXPELLED]), None)
            elif fate > 1 - CHANGING_SHARE:
                self._change(membership)

    def save(self, users: dict[str, User]) -> None:
        """Write everything collected."""
        staff = users["staff@example.org"]
        Seat.objects.bulk_create([m.seat for m in self.memberships])
        SeatPeriod.objects.bulk_create([p for m in self.memberships for p in m.periods])
        Transition.objects.bulk_create(
            Transition(subject_type=Seat._meta.label_lower, subject_id=m.seat.pk, by=staff, **move)
            for m in self.memberships
            for move in m.moves
        )
        self._appoint()

    def _candidates(self, sketch: Sketch) -> list[Firm]:
        firms: list[Firm] = list(self.world.made["firms"])
        self.world.chance.shuffle(firms)
        own = [f for f in firms if f.trade and (f.trade[4] in sketch.gb or f.trade[5] in sketch.isic)]
        others = [f for f in firms if f not in own]
        return own + others

    def _admit(self, committee: Committee, firm: Firm, day: date) -> Membership:
        decided = self.world.moment(day + timedelta(days=self.world.chance.randrange(6)))
        group = next(
            (
                f.group
                for f in firm.facts
                if first_day(f.valid) <= day and (f.valid.upper is None or day < f.valid.upper)
            ),
            None,
        )
        role = ROLE_OF_GROUP.get(group, FunctionalRole.NONE) if group else FunctionalRole.NONE
        chain = firm.trade[3] if firm.trade else ChainRole.RESEARCH
        particulars = {"functional_role": role, "chain_role": chain, "representative": firm.person}
        seat = Seat(
            committee=committee,
            organisation=firm.organisation,
            valid=date_range(day),
            created_at=decided,
            **particulars,
        )
        membership = Membership(seat, firm, decided)
        document = f"Decision {committee.pk}-{len(self.memberships) + 1}"
        membership.periods.append(
            SeatPeriod(
                seat=seat,
                valid=date_range(day),
                entry=SeatEntry.ADMITTED,
                recorded_at=decided,
                document=document,
                **particulars,
            )
        )
        membership.moves.append(
            {"move": "admit", "from_state": "", "to_state": "member", "at": decided, "effective_on": day}
        )
        self.memberships.append(membership)
        return membership

    def _leave(self, membership: Membership, how: SeatExit, day: date | None) -> None:
        start = first_day(membership.seat.valid)
        day = day or self.world.day_between(start + timedelta(days=1), self.world.today)
        if day <= start:
            return
        recorded = max(self.world.moment(day), membership.decided)
        reason = {SeatExit.EXPELLED: "Dues unpaid for two years", SeatExit.LAPSED: "Committee dissolved"}.get(how, "")
        self._close_running(membership, day, recorded, exit=how, reason=reason)
        membership.seat.valid = date_range(start, day)
        membership.seat.ended_as = how
        move = {SeatExit.RESIGNED: "resign", SeatExit.EXPELLED: "expel", SeatExit.LAPSED: "lapse"}[how]
        membership.moves.append(
            {
                "move": move,
                "from_state": "member",
                "to_state": how,
                "at": recorded,
                "effective_on": day,
                "reason": reason,
            }
        )

    def _change(self, membership: Membership) -> None:
        """Another place in the chain, or a suspension, from some day on."""
        start = first_day(membership.seat.valid)
        if start >= self.world.today - timedelta(days=2):
            return
        day = self.world.day_between(start + timedelta(days=1), self.world.today)
        recorded = max(self.world.moment(day), membership.decided)
        suspended = self.world.chance.random() < 0.25
        chain = membership.seat.chain_role if suspended else self.world.chance.choice(ChainRole.values)
        self._close_running(membership, day, recorded, exit=SeatExit.CHANGED)
        membership.seat.chain_role, membership.seat.suspended = chain, suspended
        membership.periods.append(
            SeatPeriod(
                seat=membership.seat,
                valid=date_range(day),
                entry=SeatEntry.CHANGED,
                recorded_at=recorded,
                functional_role=membership.seat.functional_role,
                chain_role=chain,
                representative=membership.seat.representative,
                suspended=suspended,
            )
        )
        membership.moves.append(
            {"move": "change", "from_state": "member", "to_state": "member", "at": recorded, "effective_on": day}
        )

    def _close_running(self, membership: Membership, day: date, recorded: datetime, **closing: Any) -> None:
        running = membership.periods[-1]
        running.superseded_at = recorded
        membership.periods.append(
            SeatPeriod(
                seat=membership.seat,
                valid=date_range(first_day(running.valid), day),
                entry=running.entry,
                recorded_at=recorded,
                document=running.document,
                functional_role=running.functional_role,
                chain_role=running.chain_role,
                representative=running.representative,
                **closing,
            )
        )

    def _appoint(self) -> None:
        """Officers from the founding members that still sit."""
        positions = {(p.committee_id, p.code): p for p in Position.objects.all()}
        by_committee: dict[int, list[Membership]] = {}
        for membership in self.memberships:
            if not membership.seat.ended_as:
                by_committee.setdefault(membership.seat.committee_id, []).append(membership)
        appointments = []
        for committee_id, members in by_committee.items():
            term = members[0].seat.committee.terms.first()
            ordered = sorted(members, key=_leadership)
            for code, membership in zip(OFFICERS, ordered, strict=False):
                position = positions.get((committee_id, code))
                if position is None:
                    continue
                appointments.append(
                    Appointment(
                        position=position,
                        seat=membership.seat,
                        person=membership.firm.person,
                        term=term,
                        valid=date_range(first_day(membership.seat.valid)),
                        exclusive=position.single_holder,
                        recorded_at=membership.decided,
                    )
                )
        Appointment.objects.bulk_create(appointments)


def _leadership(membership: Membership) -> tuple[int, date]:
    order: list[str] = [
        FunctionalRole.LEAD,
        FunctionalRole.SPEARHEAD,
        FunctionalRole.SUPPORT,
        FunctionalRole.COMPLEMENT,
    ]
    role = membership.seat.functional_role
    return (order.index(role) if role in order else len(order)), first_day(membership.seat.valid)
