"""Offices: appointed from a day, ended on a day, never held by more than the position allows."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from committees.models import Appointment, Term
from committees.workflows import appointments, offices, seats
from temp_portal.accounts.enums import Role
from temp_portal.audit.models import Transition
from temp_portal.core.db import date_range
from tests.factories import CommitteeFactory, PersonFactory, admit, committee_with_secretary, user_with

pytestmark = pytest.mark.django_db

JANUARY = date(2024, 1, 10)
MARCH = date(2024, 3, 1)
JUNE = date(2024, 6, 15)


def position(committee, code="vice_chair", **fields):
    return committee.positions.create(code=code, title_en=code, **fields)


def test_the_representative_holds_the_office_unless_somebody_else_is_named():
    committee, secretary = committee_with_secretary()
    usual, other = PersonFactory.create_batch(2)
    seat = admit(committee, by=secretary, representative=usual)
    first = appointments.appoint(seat, position(committee), by=secretary, effective_on=MARCH)
    second = appointments.appoint(
        seat, position(committee, "supervisor"), by=secretary, effective_on=MARCH, person=other
    )
    assert (first.person, second.person) == (usual, other)


def test_an_appointment_belongs_to_the_term_of_its_day_and_is_told_in_the_seats_history():
    committee, secretary = committee_with_secretary()
    Term.objects.create(committee=committee, number=1, valid=date_range(date(2020, 1, 1), MARCH))
    second = Term.objects.create(committee=committee, number=2, valid=date_range(MARCH))
    seat = admit(committee, by=secretary)
    appointment = appointments.appoint(
        seat, position(committee), by=secretary, effective_on=MARCH, document="Minutes 4", reason="Elected"
    )
    told = Transition.objects.of(seat).last()
    assert appointment.term == second
    assert (told.move, told.effective_on, told.reason) == ("appoint", MARCH, "Elected")
    assert told.details == {"document": "Minutes 4", "position": "vice_chair"}


def test_a_single_office_is_held_by_one_at_a_time_and_passes_on_the_day():
    committee, secretary = committee_with_secretary()
    chair = position(committee, "chair", holders_max=1)
    one, two = admit(committee, by=secretary), admit(committee, by=secretary)
    first = appointments.appoint(one, chair, by=secretary, effective_on=JANUARY)
    with pytest.raises(ValidationError) as refusal:
        appointments.appoint(two, chair, by=secretary, effective_on=MARCH)
    assert refusal.value.message_dict == {
        "position": [f"chair: {one.organisation} holds it on these days. End that appointment first."]
    }
    appointments.end(first, by=secretary, effective_on=MARCH)
    assert appointments.appoint(two, chair, by=secretary, effective_on=MARCH).exclusive


def test_the_database_refuses_two_holders_of_a_single_office():
    committee, secretary = committee_with_secretary()
    chair = position(committee, "chair", holders_max=1)
    appointments.appoint(admit(committee, by=secretary), chair, by=secretary, effective_on=JANUARY)
    with pytest.raises(IntegrityError, match="appointment_single_holder"), transaction.atomic():
        Appointment.objects.create(
            position=chair, seat=admit(committee, by=secretary), exclusive=True, valid=date_range(MARCH)
        )


def test_places_are_counted_by_day_and_not_by_row():
    committee, secretary = committee_with_secretary()
    vice = position(committee, holders_max=2)
    one, two, three, four = (admit(committee, by=secretary) for _ in range(4))
    first = appointments.appoint(one, vice, by=secretary, effective_on=JANUARY)
    appointments.end(first, by=secretary, effective_on=JUNE)
    appointments.appoint(two, vice, by=secretary, effective_on=JUNE)

    appointments.appoint(three, vice, by=secretary, effective_on=MARCH)
    with pytest.raises(ValidationError, match="all 2 places are taken"):
        appointments.appoint(four, vice, by=secretary, effective_on=JUNE)
    with pytest.raises(ValidationError, match="all 2 places are taken"):
        appointments.appoint(four, vice, by=secretary, effective_on=MARCH)


def test_the_same_office_is_not_held_twice():
    committee, secretary = committee_with_secretary()
    vice, seat = position(committee), admit(committee, by=secretary)
    appointments.appoint(seat, vice, by=secretary, effective_on=MARCH)
    with pytest.raises(ValidationError, match="holds this position on these days already"):
        appointments.appoint(seat, vice, by=secretary, effective_on=JUNE)


def test_an_appointment_lies_within_the_membership():
    committee, secretary = committee_with_secretary()
    vice, seat = position(committee), admit(committee, on=MARCH, by=secretary)
    with pytest.raises(ValidationError, match="membership began on 2024-03-01"):
        appointments.appoint(seat, vice, by=secretary, effective_on=JANUARY)
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(ValidationError, match="in the future"):
        appointments.appoint(seat, vice, by=secretary, effective_on=tomorrow)
    seats.end(seat, by=secretary, effective_on=JUNE, how="resigned")
    with pytest.raises(ValidationError, match="has ended"):
        appointments.appoint(seat, vice, by=secretary, effective_on=MARCH)


def test_a_position_of_another_committee_is_out_of_reach():
    committee, secretary = committee_with_secretary()
    with pytest.raises(PermissionDenied):
        appointments.appoint(
            admit(committee, by=secretary), position(CommitteeFactory.create()), by=secretary, effective_on=MARCH
        )


def test_an_end_before_the_beginning_is_refused_and_on_the_first_day_takes_it_back():
    committee, secretary = committee_with_secretary()
    seat = admit(committee, by=secretary)
    appointment = appointments.appoint(seat, position(committee), by=secretary, effective_on=MARCH)
    with pytest.raises(ValidationError, match="began on 2024-03-01"):
        appointments.end(appointment, by=secretary, effective_on=JANUARY)
    assert appointments.end(appointment, by=secretary, effective_on=MARCH, reason="Wrong member") is None
    assert not Appointment.objects.current().exists()
    assert Appointment.objects.get().superseded_reason == "Wrong member"
    with pytest.raises(ValidationError, match="has ended"):
        appointments.end(appointment, by=secretary, effective_on=JUNE)


def test_an_ended_appointment_holds_until_its_day():
    committee, secretary = committee_with_secretary()
    appointment = appointments.appoint(
        admit(committee, by=secretary), position(committee), by=secretary, effective_on=MARCH
    )
    closed = appointments.end(appointment, by=secretary, effective_on=JUNE)
    assert (closed.valid.lower, closed.valid.upper) == (MARCH, JUNE)
    assert Appointment.objects.current().on(JUNE - timedelta(days=1)).get() == closed
    assert not Appointment.objects.current().on(JUNE).exists()


def test_the_chair_appoints_nobody():
    committee, secretary = committee_with_secretary()
    chairman = user_with(Role.CHAIR, committee)
    seat, vice = admit(committee, by=secretary), position(committee)
    appointment = appointments.appoint(seat, vice, by=secretary, effective_on=MARCH)
    with pytest.raises(PermissionDenied):
        appointments.appoint(seat, position(committee, "supervisor"), by=chairman, effective_on=MARCH)
    with pytest.raises(PermissionDenied):
        appointments.end(appointment, by=chairman, effective_on=JUNE)


def test_a_position_is_not_made_smaller_than_the_number_of_its_holders():
    committee, secretary = committee_with_secretary()
    vice = position(committee, holders_max=2)
    first, second = (
        appointments.appoint(admit(committee, by=secretary), vice, by=secretary, effective_on=MARCH) for _ in range(2)
    )
    with pytest.raises(ValidationError, match="2 members hold this position"):
        offices.save_position(committee, by=secretary, position=vice, holders_max=1)
    appointments.end(first, by=secretary, effective_on=JUNE)
    offices.save_position(committee, by=secretary, position=vice, holders_max=1, title_en="Deputy")

    vice.refresh_from_db()
    assert (vice.holders_max, vice.title_en) == (1, "Deputy")
    # The database now guards the place: the running appointment was written anew as an exclusive one.
    kept = Appointment.objects.current().get(seat=second.seat)
    assert (kept.exclusive, kept.valid) == (True, second.valid)


def test_least_and_most_holders_must_fit_together():
    committee, secretary = committee_with_secretary()
    with pytest.raises(ValidationError):
        offices.save_position(committee, by=secretary, position=position(committee), holders_min=3, holders_max=2)
