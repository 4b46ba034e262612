"""One act on many seats: planned, shown, done exactly as shown, taken back as a whole."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from committees.enums import SeatExit
from committees.models import Appointment, SeatPeriod
from committees.workflows import appointments, bulk, seats
from committees.workflows.bulk import Appoint, Change, End, Order, SetParticular, Suspend
from committees.workflows.takeback import take_back
from temp_portal.accounts.enums import Role
from temp_portal.audit.models import Transition
from tests.committees.rosters import known
from tests.factories import CommitteeFactory, admit, committee_with_secretary, user_with

pytestmark = pytest.mark.django_db

JANUARY, MARCH, JUNE = date(2024, 1, 10), date(2024, 3, 1), date(2024, 6, 15)


@pytest.fixture
def house():
    """Three members in the order of their names: the second one changed in June, the third one has left."""
    committee, secretary = committee_with_secretary()
    rows = [admit(committee, on=JANUARY, by=secretary, functional_role="support") for _each in range(3)]
    seats.change(rows[1], by=secretary, effective_on=JUNE, chain_role="trade")
    seats.end(rows[2], by=secretary, effective_on=JUNE, how="resigned")
    return {"committee": committee, "by": secretary, "rows": rows}


def plan(house, order):
    return bulk.prepare(order, house["committee"], [row.pk for row in house["rows"]])


def by_name(house, steps):
    """The steps in the order in which the seats were made."""
    found = {step.row.seat.pk: step for step in steps}
    return [found[row.pk] for row in house["rows"]]


def perform(house, order, **changes):
    steps = plan(house, order)
    options = {
        "by": house["by"],
        "shown": {step.row.seat.pk: step.row.version for step in steps},
        "promised": sum(step.change is Change.CHANGED for step in steps),
    }
    return bulk.perform(order, house["committee"], **options | changes)


def test_a_plan_says_of_every_row_what_becomes_of_it(house):
    steps = by_name(house, plan(house, Order(SetParticular("functional_role", "lead"), MARCH)))
    told = [(step.change, step.before, step.after, step.why) for step in steps]
    assert told == [
        ("changed", "Support", "Lead", ""),
        ("refused", "Support", "", "Something is recorded from 15 Jun 2024 on."),
        ("refused", "", "", "This membership has ended."),
    ]
    same = by_name(house, plan(house, Order(SetParticular("functional_role", "support"), MARCH)))
    assert [step.change for step in same] == ["same", "same", "refused"]


def test_a_particular_holds_from_the_day_and_earlier_days_keep_theirs(house):
    recording = perform(house, Order(SetParticular("voting", False), JUNE, document="Minutes 7", reason="Dues"))
    one, two, _left = house["rows"]
    facts = SeatPeriod.objects.of(house["committee"]).filter(seat=one).order_by("valid")
    assert [(fact.valid.lower, fact.valid.upper, fact.voting, fact.entry, fact.exit) for fact in facts] == [
        (JANUARY, JUNE, True, "admitted", "changed"),
        (JUNE, None, False, "changed", ""),
    ]
    assert facts[1].document == "Minutes 7"
    # From its first day on the running fact is replaced as a whole.
    assert SeatPeriod.objects.current().get(seat=two, exit="").valid.lower == JUNE
    one.refresh_from_db()
    assert one.voting is False
    told = Transition.objects.filter(recording=recording)
    assert {(act.subject_id, act.move, act.details["after"]["voting"]) for act in told} == {
        (one.pk, "change", False),
        (two.pk, "change", False),
    }


def test_the_result_is_that_of_one_change_after_the_other(house):
    seats.withdraw_end(house["rows"][2], by=house["by"], reason="Mistake")
    one = Order(Suspend(), timezone.localdate(), reason="Dues", document="Minutes 8")
    recording = perform(house, one)
    together = known(house["committee"])
    take_back(recording, by=house["by"])
    for row in house["rows"]:
        seats.suspend(row, by=house["by"], effective_on=one.effective_on, reason="Dues", document="Minutes 8")
    assert known(house["committee"]) == together


def test_memberships_end_with_their_offices_and_come_back_with_them(house):
    vice = house["committee"].positions.create(code="vice_chair", title_en="Vice-chair")
    appointments.appoint(house["rows"][0], vice, by=house["by"], effective_on=MARCH)
    before = known(house["committee"])
    order = Order(End(SeatExit.LAPSED), timezone.localdate())
    first = by_name(house, plan(house, order))[0]
    assert (first.before, first.after) == ("member since 10 Jan 2024", "lapsed, and no longer Vice-chair")

    recording = perform(house, order)
    assert not SeatPeriod.objects.of(house["committee"]).on(timezone.localdate()).exists()
    assert not Appointment.objects.current().on(timezone.localdate()).exists()
    take_back(recording, by=house["by"])
    assert known(house["committee"]) == before


def test_an_appointment_goes_as_far_as_there_are_places(house):
    seats.withdraw_end(house["rows"][2], by=house["by"], reason="Mistake")
    vice = house["committee"].positions.create(code="vice_chair", title_en="Vice-chair", holders_max=2)
    appointments.appoint(house["rows"][0], vice, by=house["by"], effective_on=MARCH)
    order = Order(Appoint(vice), JUNE)
    steps = by_name(house, plan(house, order))
    assert [step.change for step in steps] == ["same", "changed", "refused"]
    assert steps[2].why == "No place is left: end an appointment first."

    perform(house, order)
    assert Appointment.objects.current().filter(position=vice).on(JUNE).count() == 2


def test_an_appointment_before_the_membership_and_to_another_committees_position_is_refused(house):
    vice = house["committee"].positions.create(code="vice_chair", title_en="Vice-chair")
    steps = plan(house, Order(Appoint(vice), JANUARY - timedelta(days=1)))
    assert {step.change for step in steps} == {Change.REFUSED}
    other = CommitteeFactory.create().positions.create(code="vice_chair", title_en="Vice-chair")
    with pytest.raises(ValidationError, match="no position of the committee"):
        plan(house, Order(Appoint(other), JUNE))


def test_a_row_that_changed_meanwhile_is_named_and_nothing_is_done(house):
    order = Order(SetParticular("functional_role", "lead"), JUNE)
    steps = plan(house, order)
    shown = {step.row.seat.pk: step.row.version for step in steps}
    other = user_with(Role.SECRETARY, house["committee"])
    seats.change(house["rows"][0], by=other, effective_on=JUNE, voting=False)
    before = known(house["committee"])
    with pytest.raises(bulk.RowsChanged) as refusal:
        bulk.perform(order, house["committee"], by=house["by"], shown=shown, promised=2)
    assert str(house["rows"][0].organisation) in refusal.value.told[0]
    assert str(other) in refusal.value.told[0]
    assert known(house["committee"]) == before


def test_another_number_than_promised_is_refused(house):
    with pytest.raises(ValidationError, match="another number of members"):
        perform(house, Order(SetParticular("voting", False), JUNE), promised=3)


@pytest.mark.parametrize(
    ("order", "message"),
    [
        (Order(SetParticular("voting", False), timezone.localdate() + timedelta(days=1)), "in the future"),
        (Order(Suspend(), JUNE, reason=" "), "Give the reason"),
        (Order(End(SeatExit.EXPELLED), JUNE, reason="Debts"), "has to be heard"),
    ],
)
def test_what_is_impossible_for_every_row_is_said_at_once(house, order, message):
    with pytest.raises(ValidationError, match=message):
        plan(house, order)


def test_the_chair_looks_on(house):
    with pytest.raises(PermissionDenied):
        perform(house, Order(SetParticular("voting", False), JUNE), by=user_with(Role.CHAIR, house["committee"]))


def test_seats_of_another_committee_are_out_of_reach(house):
    stranger = admit(CommitteeFactory.create(), on=JANUARY)
    steps = bulk.prepare(Order(SetParticular("voting", False), JUNE), house["committee"], [stranger.pk])
    assert steps == []


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("act", "statements"),
    [
        (lambda _house: SetParticular("functional_role", "lead"), 14),
        (lambda _house: Suspend(), 19),
        (lambda _house: End(SeatExit.LAPSED), 21),
        (lambda house: Appoint(house["vice"]), 17),
    ],
)
def test_any_number_of_seats_takes_the_same_number_of_statements(count, act, statements, django_assert_num_queries):
    committee, secretary = committee_with_secretary()
    rows = [admit(committee, on=JANUARY, by=secretary, functional_role="support") for _each in range(count)]
    vice = committee.positions.create(code="vice_chair", title_en="Vice-chair")
    house = {"committee": committee, "by": secretary, "rows": rows, "vice": vice}
    order = Order(act(house), JUNE, reason="Decision")
    shown = {step.row.seat.pk: step.row.version for step in plan(house, order)}
    actor = type(secretary).objects.get(pk=secretary.pk)
    with django_assert_num_queries(statements):
        bulk.perform(order, committee, by=actor, shown=shown, promised=count)
