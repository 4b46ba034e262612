"""The roster of any day follows from the facts: any history of decisions against a plain list of what should hold."""

from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from committees.composition import OBSERVER, composition_of, composition_of_all, compositions
from committees.enums import FunctionalRole, SeatExit
from committees.models import Committee, SeatPeriod
from committees.workflows import appointments, seats
from members.enums import GROUP_OF_TYPE, OwnershipGroup, OwnershipType
from members.models import Ownership
from tests.factories import CommitteeFactory, OrganisationFactory, admit, committee_with_secretary, own

pytestmark = pytest.mark.django_db

BASE = date(2022, 1, 1)
SPAN = 900


def day(offset):
    return BASE + timedelta(days=offset)


@dataclass
class Membership:
    """A drawn history: offsets in days from BASE. `changes` holds what is in force from each of its days."""

    start: int
    changes: list[tuple[int, str, bool, bool]]
    end: int | None
    corrected_to: int | None
    ownership: list[tuple[int, str | None]] = field(default_factory=list)

    @property
    def first_day(self):
        return self.start if self.corrected_to is None else self.corrected_to

    def on(self, offset):
        """(role, voting, suspended) on a day; None while there is no membership."""
        if offset < self.first_day or (self.end is not None and offset >= self.end):
            return None
        held = [change[1:] for change in self.changes if change[0] <= offset]
        return held[-1] if held else self.changes[0][1:]

    def group_on(self, offset):
        held = [kind for start, kind in self.ownership if start <= offset]
        kind = held[-1] if held else None
        return GROUP_OF_TYPE[OwnershipType(kind)] if kind else OwnershipGroup.UNVERIFIED


@st.composite
def memberships(draw):
    days = sorted(draw(st.lists(st.integers(50, SPAN), min_size=1, max_size=4, unique=True)))
    roles = st.sampled_from([role.value for role in FunctionalRole])
    changes = [(each, draw(roles), draw(st.booleans()), draw(st.booleans())) for each in days]
    start = days[0]
    changes[0] = (start, changes[0][1], changes[0][2], False)
    last = days[-1]
    end = draw(st.one_of(st.none(), st.integers(last + 1, SPAN + 50)))
    upper = days[1] if len(days) > 1 else (end or SPAN)
    corrected = draw(st.one_of(st.none(), st.integers(0, upper - 1).filter(lambda each: each != start)))
    owned = sorted(draw(st.lists(st.integers(0, SPAN), max_size=3, unique=True)))
    kinds = st.sampled_from([None, *(kind.value for kind in OwnershipType)])
    return Membership(start, changes, end, corrected, [(each, draw(kinds)) for each in owned])


def enact(committee, secretary, membership):
    """Make the history happen through the workflows."""
    organisation = OrganisationFactory.create()
    (_start, role, voting, _suspended), *later = membership.changes
    seat = admit(committee, organisation, on=day(membership.start), by=secretary, functional_role=role, voting=voting)
    for offset, new_role, new_voting, suspended in later:
        seats.change(
            seat,
            by=secretary,
            effective_on=day(offset),
            functional_role=new_role,
            voting=new_voting,
            suspended=suspended,
        )
    if membership.end is not None:
        seats.end(seat, by=secretary, effective_on=day(membership.end), how=SeatExit.RESIGNED)
    if membership.corrected_to is not None:
        seats.correct_admission(seat, by=secretary, admitted_on=day(membership.corrected_to), reason="Minutes")
    bounds = [*(start for start, _kind in membership.ownership), None]
    for (start, kind), until in zip(membership.ownership, bounds[1:], strict=True):
        if kind:
            own(organisation, kind, since=day(start), until=None if until is None else day(until))
    return organisation


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=st.lists(memberships(), min_size=1, max_size=3), offset=st.integers(0, SPAN + 100))
def test_the_roster_of_a_day_is_what_the_decisions_say(drawn, offset):
    with transaction.atomic():
        committee, secretary = committee_with_secretary()
        history = {enact(committee, secretary, membership).pk: membership for membership in drawn}
        rows = SeatPeriod.objects.of(committee).on(day(offset)).with_roster(day(offset))
        found = {
            row.seat.organisation_id: (row.functional_role, row.voting, row.suspended, row.ownership_group)
            for row in rows
        }
        expected = {
            pk: (*held, membership.group_on(offset))
            for pk, membership in history.items()
            if (held := membership.on(offset)) is not None
        }
        assert found == expected
        counts: dict[str, int] = {}
        for _role, voting, _suspended, group in expected.values():
            key = group if voting else OBSERVER
            counts[key] = counts.get(key, 0) + 1
        assert composition_of(committee, day(offset)).counts == counts
        transaction.set_rollback(True)


def test_who_left_is_found_with_the_last_period_only():
    committee, secretary = committee_with_secretary()
    gone, sitting = admit(committee, on=day(0), by=secretary), admit(committee, on=day(0), by=secretary)
    seats.change(gone, by=secretary, effective_on=day(10), functional_role="lead")
    grounds = {"reason": "Dues", "document": "Minutes 9", "heard": "By letter"}
    seats.end(gone, by=secretary, effective_on=day(20), how=SeatExit.EXPELLED, **grounds)

    facts = SeatPeriod.objects.of(committee)
    assert [row.seat for row in facts.left_by(day(20))] == [gone]
    assert list(facts.left_by(day(19))) == []
    assert {row.seat for row in facts.ever_by(day(30))} == {gone, sitting}
    assert {row.standing for row in facts.ever_by(day(30)).with_roster(day(30))} == {"left", "sitting"}


def test_offices_and_representatives_are_those_of_the_day():
    committee, secretary = committee_with_secretary()
    chair = committee.positions.create(code="chair", title_en="Chair", title_ru="Председатель", rank=1, holders_max=1)
    seat = admit(committee, on=day(0), by=secretary)
    other = admit(committee, on=day(0), by=secretary, voting=False)
    appointment = appointments.appoint(seat, chair, by=secretary, effective_on=day(10))
    appointments.end(appointment, by=secretary, effective_on=day(20))

    def offices(offset):
        rows = SeatPeriod.objects.of(committee).on(day(offset)).with_roster(day(offset)).order_by("office_rank")
        return [(row.seat_id, row.office_titles, [str(each.position) for each in row.seat.offices]) for row in rows]

    assert offices(10) == [(seat.pk, "Chair", ["Chair"]), (other.pk, "Observer", [])]
    assert offices(20) == [(seat.pk, "Unit member", []), (other.pk, "Observer", [])]


def test_an_observer_with_a_vote_elsewhere_counts_once_and_as_a_member_over_all_committees():
    one, two = CommitteeFactory.create(), CommitteeFactory.create()
    organisation, observer = OrganisationFactory.create(), OrganisationFactory.create()
    own(organisation, OwnershipType.PRIVATE)
    own(observer, OwnershipType.LOCAL_SOE)
    admit(one, organisation)
    admit(two, organisation, voting=False)
    admit(two, observer, voting=False)

    both = compositions([one.pk, two.pk], date(2025, 1, 1))
    assert both[one.pk].counts == {"private": 1}
    assert both[two.pk].counts == {OBSERVER: 2}
    together = composition_of_all(Committee.objects.all(), date(2025, 1, 1))
    assert (together.counted, together.counts["private"], together.counts[OBSERVER]) == (1, 1, 1)


def test_a_superseded_or_unverified_ownership_does_not_count():
    committee = CommitteeFactory.create()
    organisation = OrganisationFactory.create()
    fact = own(organisation, OwnershipType.PRIVATE)
    admit(committee, organisation)
    assert composition_of(committee, date(2025, 1, 1)).counts == {"private": 1}
    Ownership.objects.filter(pk=fact.pk).supersede(by=None, reason="Wrong")
    own(organisation, OwnershipType.PRIVATE, verified=False)
    assert composition_of(committee, date(2025, 1, 1)).counts == {"unverified": 1}
    assert composition_of(committee, date(2025, 1, 1)).share("private") == 0
