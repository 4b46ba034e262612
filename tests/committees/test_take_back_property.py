"""Random acts on a roster, taken back from the last to the first: every step leads to the roster before it."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from committees.enums import SeatExit
from committees.models import Appointment, Seat
from committees.workflows import appointments, seats
from committees.workflows.recordings import recording
from committees.workflows.takeback import take_back
from tests.committees.rosters import known
from tests.factories import OrganisationFactory, admit, committee_with_secretary

pytestmark = pytest.mark.django_db

FIRST = date(2024, 1, 10)
ROLES = ("lead", "support", "none")

days = st.integers(0, 60).map(lambda number: FIRST + timedelta(days=number))
rows = st.integers(0, 2)
acts = st.one_of(
    st.tuples(st.just("change"), rows, days, st.sampled_from(ROLES)),
    st.tuples(st.just("suspend"), rows, days),
    st.tuples(st.just("end"), rows, days, st.sampled_from([SeatExit.RESIGNED, SeatExit.LAPSED])),
    st.tuples(st.just("correct"), rows, days),
    st.tuples(st.just("withdraw"), rows),
    st.tuples(st.just("appoint"), rows, days),
    st.tuples(st.just("dismiss"), rows, days),
    st.tuples(st.just("admit"), rows, days),
)


def dismiss(seat, day, **common):
    held = Appointment.objects.current().filter(seat=seat).order_by("-valid").first()
    return held and appointments.end(held, effective_on=day, **common)


GROUNDS = {"document": "Minutes 9", "heard": "By letter"}
ON_SEAT = {
    "change": lambda seat, day, role, **c: seats.change(seat, effective_on=day, functional_role=role, **c),
    "suspend": lambda seat, day, **c: seats.suspend(seat, effective_on=day, reason="Dues", **c),
    "end": lambda seat, day, how, **c: seats.end(seat, effective_on=day, how=how, **GROUNDS | c),
    "correct": lambda seat, day, **c: seats.correct_admission(seat, admitted_on=day, reason="Minutes", **c),
    "withdraw": lambda seat, **c: seats.withdraw_end(seat, reason="Wrong row", **c),
    "dismiss": dismiss,
}


def perform(act, *, committee, organisations, position, **common):
    name, row, *rest = act
    seat = Seat.objects.held().filter(organisation=organisations[row]).order_by("-valid").first()
    if name == "admit":
        seats.admit(committee, organisations[row], effective_on=rest[0], **common)
    elif seat and name == "appoint":
        appointments.appoint(seat, position, effective_on=rest[0], **common)
    elif seat:
        ON_SEAT[name](seat, *rest, **common)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(batches=st.lists(st.lists(acts, min_size=1, max_size=4), min_size=1, max_size=5))
def test_every_step_back_leads_to_the_roster_before_it(batches):
    committee, secretary = committee_with_secretary()
    position = committee.positions.create(code="vice_chair", title_en="Vice-chair", holders_max=2)
    organisations = OrganisationFactory.create_batch(3)
    for organisation in organisations[:2]:
        admit(committee, organisation, on=FIRST, by=secretary, functional_role="lead")
    world = {"committee": committee, "organisations": organisations, "position": position, "by": secretary}

    done = []
    for batch in batches:
        before = known(committee)
        with recording(committee, "bulk", by=secretary) as into:
            for act in batch:
                try:
                    perform(act, into=into, **world)
                except ValidationError:
                    continue
        if into.transitions.exists():
            done.append((into, before))
    for into, before in reversed(done):
        take_back(into, by=secretary)
        assert known(committee) == before
