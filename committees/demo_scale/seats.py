"""Seats with their periods: admitted, changed, ended, and corrected, as the workflows would have written them."""

from dataclasses import dataclass
from typing import Final

from committees.demo_data.roster import (
    APPLIED_SHARE,
    CHANGING_SHARE,
    FOUNDING_SHARE,
    LEAVING_SHARE,
    OFFICERS,
)
from committees.demo_scale.applications import ApplicationWriter
from committees.demo_scale.foundings import Founded
from committees.enums import ROLE_OF_GROUP, ChainRole, FunctionalRole, PositionCode, SeatEntry, SeatExit
from committees.models import Appointment, Seat, SeatPeriod
from committees.positions import OFFICES
from committees.workflows.seats import EXIT_MOVES
from members.demo_data import words
from members.demo_scale import Firms
from temp_portal.audit.models import Transition
from temp_portal.core.bulk import FALSE, NULL, TRUE, CopyTable, reserve_ids
from temp_portal.core.scale import SEATS_PER_COMMITTEE, Scale

_CORRECTED_SHARE: Final = 0.03
_OBSERVER_SHARE: Final = 0.04
_SUSPENDED_SHARE: Final = 0.25
_EXITS: Final = (*[SeatExit.RESIGNED] * 7, *[SeatExit.EXPELLED] * 2, SeatExit.LAPSED)
_EXIT_REASONS: Final = {SeatExit.EXPELLED: "Dues unpaid for two years"}
#: Prime, and larger than any number of organisations: the seats of a committee fall to different ones.
_STRIDE: Final = 15_485_863
_RANK_OF_CODE: Final = {office.code: rank for rank, office in enumerate(OFFICES)}
_SINGLE: Final = {office.code for office in OFFICES if office.holders_max == 1}


@dataclass(slots=True)
class Membership:
    """One seat while its history is drawn. Days are those of the scale's calendar; texts are as COPY takes them."""

    key: str
    committee: Founded
    firm: int
    organisation: str
    person: str
    day: int
    decided: str
    role: str
    chain: str
    voting: str
    suspended: str = FALSE
    ended_as: str = ""
    end: int = 0


class SeatWriter:
    """Writes the rosters of committees one after the other."""

    def __init__(self, scale: Scale, staff: str, applications: ApplicationWriter) -> None:
        self.scale, self.staff, self.applications = scale, staff, applications
        self.firms: Firms = scale.made["firms"]
        self._first = reserve_ids(Seat, scale.seats)
        self.seat = CopyTable(
            Seat, "id", "committee_id", "organisation_id", "valid", "functional_role", "chain_role", "voting",
            "suspended", "ended_as", "representative_id", "created_at", "created_by_id",
        )  # fmt: skip
        self.period = CopyTable(
            SeatPeriod, "seat_id", "functional_role", "chain_role", "voting", "suspended", "representative_id", "entry",
            "exit", "document", "valid", "recorded_at", "recorded_by_id", "superseded_at", "superseded_by_id",
            "superseded_reason", "reason", "country",
        )  # fmt: skip
        self.transition = CopyTable(
            Transition, "subject_type", "subject_id", "move", "from_state", "to_state", "at", "effective_on", "by_id",
            "reason",
        )  # fmt: skip
        self.appointment = CopyTable(
            Appointment, "position_id", "seat_id", "person_id", "term_id", "exclusive", "valid", "recorded_at",
            "recorded_by_id",
        )  # fmt: skip
        self.tables = (self.seat, self.period, self.transition, self.appointment)

    def fill(self, committee: Founded) -> None:
        """Write the roster of one committee, its officers and its applications."""
        first = committee.number * SEATS_PER_COMMITTEE
        end = min(first + SEATS_PER_COMMITTEE, self.scale.seats)
        officers = iter(OFFICERS)
        for number in range(first, end):
            founding = number - first < SEATS_PER_COMMITTEE * FOUNDING_SHARE
            membership = self._admitted(committee, number, founding=founding)
            self._live(membership)
            self._save(membership)
            if not founding and self.scale.chance.random() < APPLIED_SHARE:
                self._applied(membership)
            code = next(officers, None) if founding and not membership.ended_as else None
            if code is not None:
                self._appoint(membership, code)
        for offset in range(self.applications.others_per_committee):
            firm = self._firm(end + offset)
            self.applications.other(committee, offset, firm)

    def _firm(self, number: int) -> int:
        return number * _STRIDE % len(self.firms)

    def _admitted(self, committee: Founded, number: int, *, founding: bool) -> Membership:
        scale, firm = self.scale, self._firm(number)
        day = committee.established if founding else scale.between(committee.established + 10, committee.until)
        return Membership(
            key=str(self._first + number),
            committee=committee,
            firm=firm,
            organisation=str(self.firms.organisation(firm)),
            person=str(self.firms.person(firm)),
            day=day,
            decided=scale.moment(day + scale.between(0, 5)),
            role=ROLE_OF_GROUP.get(self.firms.group(firm, day), FunctionalRole.NONE),
            chain=words.TRADES[self.firms.trades[firm]][3],
            voting=FALSE if scale.chance.random() < _OBSERVER_SHARE else TRUE,
        )

    def _live(self, membership: Membership) -> None:
        """Write the periods: one that runs to this day, or what became of it."""
        self._move(membership, "admit", "", "member", membership.decided, membership.day)
        fate, last = self.scale.chance.random(), membership.committee.until
        if membership.day >= last - 1:
            self._period(membership, self.scale.since(membership.day))
        elif fate < LEAVING_SHARE:
            self._leave(membership, last)
        elif fate < LEAVING_SHARE + CHANGING_SHARE:
            self._change(membership, last)
        elif fate < LEAVING_SHARE + CHANGING_SHARE + _CORRECTED_SHARE:
            self._correct(membership, last)
        else:
            self._period(membership, self.scale.since(membership.day))

    def _leave(self, membership: Membership, last: int) -> None:
        how = _EXITS[int(self.scale.chance.random() * len(_EXITS))]
        day, recorded = self._later(membership, last)
        reason = _EXIT_REASONS.get(how, "")
        self._period(membership, self.scale.since(membership.day), superseded=recorded)
        until = self.scale.from_until(membership.day, day)
        self._period(membership, until, leave=how, recorded=recorded, reason=reason)
        membership.ended_as, membership.end = how, day
        self._move(membership, EXIT_MOVES[how], "member", how, recorded, day, reason)

    def _change(self, membership: Membership, last: int) -> None:
        day, recorded = self._later(membership, last)
        self._period(membership, self.scale.since(membership.day), superseded=recorded)
        until = self.scale.from_until(membership.day, day)
        self._period(membership, until, leave=SeatExit.CHANGED, recorded=recorded)
        suspended = self.scale.chance.random() < _SUSPENDED_SHARE
        if suspended:
            membership.suspended = TRUE
        else:
            membership.chain = ChainRole.values[int(self.scale.chance.random() * len(ChainRole.values))]
        self._period(membership, self.scale.since(day), entry=SeatEntry.CHANGED, recorded=recorded)
        self._move(membership, "suspend" if suspended else "change", "member", "member", recorded, day)

    def _correct(self, membership: Membership, last: int) -> None:
        """The day of admission was recorded a few days late."""
        reason = "The minutes name an earlier day"
        _day, recorded = self._later(membership, last)
        wrong = min(membership.day + self.scale.between(1, 9), last)
        self._period(membership, self.scale.since(wrong), superseded=recorded, superseded_reason=reason)
        self._period(membership, self.scale.since(membership.day), recorded=recorded, reason=reason)
        self._move(membership, "correct", "member", "member", recorded, membership.day, reason)

    def _later(self, membership: Membership, last: int) -> tuple[int, str]:
        """A day after the admission, and the moment at which what happened on it was recorded."""
        day = self.scale.between(membership.day + 1, last)
        return day, max(self.scale.moment(day), membership.decided)

    def _period(
        self,
        membership: Membership,
        valid: str,
        *,
        entry: str = SeatEntry.ADMITTED,
        leave: str = "",
        recorded: str = "",
        superseded: str = NULL,
        superseded_reason: str = "",
        reason: str = "",
    ) -> None:
        self.period.add(
            membership.key, membership.role, membership.chain, membership.voting, membership.suspended,
            membership.person, entry, leave, f"Decision {membership.key}", valid, recorded or membership.decided,
            self.staff, superseded, NULL if superseded == NULL else self.staff, superseded_reason, reason,
            self.firms.countries[membership.firm],
        )  # fmt: skip

    def _move(
        self, membership: Membership, move: str, before: str, after: str, at: str, day: int, reason: str = ""
    ) -> None:
        self.transition.add(
            Seat._meta.label_lower, membership.key, move, before, after, at, self.scale.days[day], self.staff, reason
        )

    def _save(self, membership: Membership) -> None:
        scale = self.scale
        ended = membership.ended_as
        self.seat.add(
            membership.key, membership.committee.key, membership.organisation,
            scale.from_until(membership.day, membership.end) if ended else scale.since(membership.day),
            membership.role, membership.chain, membership.voting, membership.suspended, ended, membership.person,
            membership.decided, self.staff,
        )  # fmt: skip

    def _applied(self, membership: Membership) -> None:
        self.applications.approved(
            membership.committee, membership.firm, seat=membership.key, day=membership.day, decided=membership.decided
        )

    def _appoint(self, membership: Membership, code: PositionCode) -> None:
        committee = membership.committee
        self.appointment.add(
            str(committee.first_position + _RANK_OF_CODE[code]), membership.key, membership.person, committee.term,
            TRUE if code in _SINGLE else FALSE, self.scale.since(membership.day), membership.decided, self.staff,
        )  # fmt: skip
