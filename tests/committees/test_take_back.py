"""One recording is taken back as a whole: the roster is as before, the facts stay on record, later acts hinder."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from committees.enums import SeatExit
from committees.models import Appointment, Seat, SeatPeriod
from committees.workflows import appointments, offices, seats
from committees.workflows.recordings import recording
from committees.workflows.takeback import take_back, taken_back
from temp_portal.accounts.enums import Role
from temp_portal.audit.models import Recording, Transition
from tests.committees.rosters import known
from tests.factories import CommitteeFactory, admit, committee_with_secretary, user_with

pytestmark = pytest.mark.django_db

JANUARY = date(2024, 1, 10)
MARCH = date(2024, 3, 1)
JUNE = date(2024, 6, 15)


def last_recording():
    return Recording.objects.latest("id")


@pytest.fixture
def house():
    """A committee with an office of two places, held by one of its two members."""
    committee, secretary = committee_with_secretary()
    vice = committee.positions.create(code="vice_chair", title_en="Vice-chair", holders_max=2)
    one, two = (admit(committee, on=JANUARY, by=secretary, functional_role="lead") for _each in range(2))
    held = appointments.appoint(one, vice, by=secretary, effective_on=JANUARY)
    return {"committee": committee, "by": secretary, "vice": vice, "one": one, "two": two, "held": held}


ACTS = {
    "a change": lambda h: seats.change(h["one"], by=h["by"], effective_on=MARCH, functional_role="support"),
    "a change from the first day": lambda h: seats.change(h["one"], by=h["by"], effective_on=JANUARY, voting=False),
    "a suspension": lambda h: seats.suspend(h["one"], by=h["by"], effective_on=MARCH, reason="Dues"),
    "an end, with its offices": lambda h: seats.end(h["one"], by=h["by"], effective_on=MARCH, how="resigned"),
    "a corrected admission": lambda h: seats.correct_admission(
        h["two"], by=h["by"], admitted_on=date(2023, 5, 1), reason="Minutes"
    ),
    "an appointment": lambda h: appointments.appoint(h["two"], h["vice"], by=h["by"], effective_on=MARCH),
    "the end of an appointment": lambda h: appointments.end(h["held"], by=h["by"], effective_on=MARCH),
    "an appointment dropped": lambda h: appointments.end(h["held"], by=h["by"], effective_on=JANUARY),
    "an admission": lambda h: admit(h["committee"], on=MARCH, by=h["by"]),
}


@pytest.mark.parametrize("name", ACTS)
def test_after_taking_back_everything_is_as_before(house, name):
    before = known(house["committee"])
    ACTS[name](house)
    assert known(house["committee"]) != before
    done = last_recording()
    undone = take_back(done, by=house["by"], reason="Wrong row")

    assert known(house["committee"]) == before
    assert taken_back(done) == undone
    told = Transition.objects.filter(recording=undone).get()
    assert (told.move, told.reason, told.by) == ("take_back", "Wrong row", house["by"])


def test_what_was_wrong_stays_on_record(house):
    ACTS["a change"](house)
    take_back(last_recording(), by=house["by"], reason="Wrong row")
    facts = SeatPeriod.objects.filter(seat=house["one"]).order_by("pk")
    assert [fact.superseded_reason for fact in facts] == ["", "Wrong row", "Wrong row", ""]


def test_a_seat_whose_admission_was_taken_back_was_never_held(house):
    seat = ACTS["an admission"](house)
    take_back(last_recording(), by=house["by"])
    seat.refresh_from_db()
    assert seat.is_annulled
    assert not seat.has_ended
    assert seat not in Seat.objects.visible_to(house["by"])
    assert not Seat.objects.on(JUNE).filter(pk=seat.pk).exists()
    assert not SeatPeriod.objects.of(house["committee"]).filter(seat=seat).exists()
    with pytest.raises(ValidationError, match="has been taken back"):
        seats.change(seat, by=house["by"], effective_on=JUNE, voting=False)
    with pytest.raises(ValidationError, match="has been taken back"):
        appointments.appoint(seat, house["vice"], by=house["by"], effective_on=JUNE)
    # The organisation may be admitted on the same days: nothing of it is in the way.
    again = admit(house["committee"], seat.organisation, on=MARCH, by=house["by"])
    assert again.pk != seat.pk


def test_many_acts_of_one_recording_are_taken_back_together(house):
    before = known(house["committee"])
    with recording(house["committee"], "synchronise", by=house["by"], note="roster.xlsx") as into:
        common = {"by": house["by"], "into": into}
        new = admit(house["committee"], on=MARCH, **common)
        appointments.appoint(new, house["vice"], effective_on=MARCH, **common)
        seats.change(house["one"], effective_on=MARCH, voting=False, **common)
        seats.change(house["one"], effective_on=MARCH, chain_role="trade", **common)
        seats.end(house["two"], effective_on=MARCH, how=SeatExit.LAPSED, **common)
        admit(house["committee"], house["two"].organisation, on=MARCH, **common)
    undone = take_back(into, by=house["by"])
    assert known(house["committee"]) == before
    assert Transition.objects.filter(recording=undone).count() == 4


def _change_both(house, second_day):
    with recording(house["committee"], "bulk", by=house["by"]) as into:
        seats.change(house["one"], by=house["by"], effective_on=MARCH, voting=False, into=into)
        seats.change(house["two"], by=house["by"], effective_on=second_day, voting=False, into=into)


def test_an_error_inside_a_recording_leaves_nothing(house):
    before = known(house["committee"])
    with pytest.raises(ValidationError):
        _change_both(house, date(2023, 1, 1))
    assert known(house["committee"]) == before
    assert not Recording.objects.filter(kind="bulk").exists()


def test_who_recorded_something_since_is_named_with_the_member(house):
    ACTS["a change"](house)
    first = last_recording()
    other = user_with(Role.SECRETARY, house["committee"])
    seats.change(house["one"], by=other, effective_on=JUNE, voting=False)
    second = last_recording()
    with pytest.raises(ValidationError) as refusal:
        take_back(first, by=house["by"])
    assert str(house["one"].organisation) in refusal.value.messages[0]
    assert str(other) in refusal.value.messages[0]

    before = known(house["committee"])
    take_back(second, by=house["by"])
    take_back(first, by=house["by"])
    assert known(house["committee"]) != before
    assert SeatPeriod.objects.current().get(seat=house["one"]).functional_role == "lead"


def test_a_change_on_another_seat_is_no_hindrance(house):
    ACTS["a change"](house)
    first = last_recording()
    seats.change(house["two"], by=house["by"], effective_on=JUNE, voting=False)
    take_back(first, by=house["by"])


def test_it_is_taken_back_once_and_a_taking_back_not_at_all(house):
    ACTS["a change"](house)
    done = last_recording()
    undone = take_back(done, by=house["by"])
    with pytest.raises(ValidationError, match="has taken this back already"):
        take_back(done, by=house["by"])
    with pytest.raises(ValidationError, match="record it again"):
        take_back(undone, by=house["by"])


def test_a_place_taken_meanwhile_is_not_given_twice(house):
    appointments.end(house["held"], by=house["by"], effective_on=MARCH)
    ended = last_recording()
    three = admit(house["committee"], on=JANUARY, by=house["by"])
    for seat in (house["two"], three):
        appointments.appoint(seat, house["vice"], by=house["by"], effective_on=JUNE)
    with pytest.raises(ValidationError, match="no place is left"):
        take_back(ended, by=house["by"])


def test_an_office_comes_back_as_one_for_a_single_holder_if_it_has_become_one(house):
    appointments.end(house["held"], by=house["by"], effective_on=MARCH)
    ended = last_recording()
    offices.save_position(house["committee"], by=house["by"], position=house["vice"], holders_max=1)
    take_back(ended, by=house["by"])
    assert Appointment.objects.current().get().exclusive


def test_a_membership_does_not_come_back_under_another_one(house):
    ACTS["an end, with its offices"](house)
    ended = last_recording()
    admit(house["committee"], house["one"].organisation, on=JUNE, by=house["by"])
    with pytest.raises(ValidationError, match="another seat in this committee") as refusal:
        take_back(ended, by=house["by"])
    assert str(house["one"].organisation) in refusal.value.messages[0]


def test_what_an_application_gave_is_not_taken_back_on_the_roster(house):
    from tests.factories import ApplicationFactory

    seat = ACTS["an admission"](house)
    ApplicationFactory.create(committee=house["committee"], organisation=seat.organisation, seat=seat, number="A-1")
    with pytest.raises(ValidationError, match="application A-1"):
        take_back(last_recording(), by=house["by"])


@pytest.mark.parametrize("role", [Role.CHAIR, Role.SECRETARY])
def test_only_who_keeps_the_roster_takes_back(house, role):
    ACTS["a change"](house)
    other = user_with(role, CommitteeFactory.create() if role is Role.SECRETARY else house["committee"])
    with pytest.raises(PermissionDenied):
        take_back(last_recording(), by=other)


def test_the_roster_of_a_suspended_committee_stands_still(house):
    ACTS["a change"](house)
    done = last_recording()
    type(house["committee"]).objects.update(state="suspended")
    with pytest.raises(ValidationError, match="cannot be changed"):
        take_back(done, by=house["by"])


def bulk(house, count):
    rows = [admit(house["committee"], on=JANUARY, by=house["by"]) for _each in range(count)]
    for row in rows:
        appointments.appoint(row, house["free"], by=house["by"], effective_on=JANUARY)
    with recording(house["committee"], "end", by=house["by"]) as into:
        for row in rows:
            seats.end(row, by=house["by"], effective_on=MARCH, how="lapsed", into=into)
    return into


@pytest.mark.parametrize("count", [1, 3])
def test_any_number_of_seats_comes_back_in_the_same_number_of_statements(house, count, django_assert_num_queries):
    house["free"] = house["committee"].positions.create(code="council_member", title_en="Council member")
    ended = bulk(house, count)
    take_back_by = type(house["by"]).objects.get(pk=house["by"].pk)
    with django_assert_num_queries(40):
        take_back(ended, by=take_back_by)
