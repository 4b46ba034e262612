"""Admission, change, suspension, end and correction of a membership, with their edges."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from committees.enums import CommitteeState, FunctionalRole, SeatExit
from committees.models import Appointment, Seat, SeatPeriod
from committees.workflows import appointments, seats
from members.enums import OwnershipType
from temp_portal.accounts.enums import Role
from temp_portal.audit.models import Transition
from tests.factories import (
    CommitteeFactory,
    OrganisationFactory,
    PersonFactory,
    admit,
    committee_with_secretary,
    own,
    user_with,
)

pytestmark = pytest.mark.django_db

JANUARY = date(2024, 1, 10)
MARCH = date(2024, 3, 1)
JUNE = date(2024, 6, 15)


def periods(seat):
    """(first day, first day after, particulars that matter) of the current facts, oldest first."""
    rows = SeatPeriod.objects.current().filter(seat=seat).order_by("valid")
    return [(row.valid.lower, row.valid.upper, row.entry, row.exit, row.functional_role) for row in rows]


@pytest.mark.parametrize(
    ("ownership", "role"),
    [
        (OwnershipType.CENTRAL_SOE, FunctionalRole.LEAD),
        (OwnershipType.LOCAL_SOE, FunctionalRole.SUPPORT),
        (OwnershipType.PRIVATE, FunctionalRole.SPEARHEAD),
        (OwnershipType.HMT, FunctionalRole.COMPLEMENT),
        (OwnershipType.OVERSEAS, FunctionalRole.COMPLEMENT),
        (OwnershipType.COLLECTIVE, FunctionalRole.NONE),
    ],
)
def test_an_admission_takes_its_functional_role_from_the_ownership_of_that_day(ownership, role):
    organisation = OrganisationFactory.create()
    own(organisation, OwnershipType.PRIVATE, since=date(2020, 1, 1), until=JANUARY)
    own(organisation, ownership, since=JANUARY)

    assert admit(CommitteeFactory.create(), organisation, on=JANUARY).functional_role == role
    assert admit(CommitteeFactory.create(), organisation, on=JANUARY, functional_role="none").functional_role == "none"


def test_unverified_ownership_suggests_no_role():
    organisation = OrganisationFactory.create()
    own(organisation, OwnershipType.CENTRAL_SOE, verified=False)
    assert admit(CommitteeFactory.create(), organisation).functional_role == FunctionalRole.NONE


def test_an_admission_counts_from_the_day_of_the_decision_and_is_recorded_now():
    before = timezone.now()
    seat = admit(CommitteeFactory.create(), on=JANUARY, document="Minutes 3/2024", reason="Founding member")
    period = SeatPeriod.objects.get(seat=seat)
    transition = Transition.objects.of(seat).get()

    assert (seat.valid.lower, seat.valid.upper) == (JANUARY, None)
    assert (period.document, period.reason) == ("Minutes 3/2024", "Founding member")
    assert transition.effective_on == JANUARY
    assert transition.at >= before
    assert transition.details == {"document": "Minutes 3/2024"}


def test_an_admission_today_is_possible_and_tomorrow_is_not():
    today = timezone.localdate()
    assert admit(CommitteeFactory.create(), on=today).valid.lower == today
    with pytest.raises(ValidationError) as refusal:
        admit(CommitteeFactory.create(), on=today + timedelta(days=1))
    assert "in the future" in refusal.value.message_dict["effective_on"][0]


def test_an_organisation_sits_once_at_a_time_and_may_come_back():
    committee, secretary = committee_with_secretary()
    organisation = OrganisationFactory.create()
    first = admit(committee, organisation, on=JANUARY, by=secretary)
    with pytest.raises(ValidationError, match="has a seat in this committee on these days already"):
        admit(committee, organisation, on=MARCH, by=secretary)

    seats.end(first, by=secretary, effective_on=MARCH, how=SeatExit.RESIGNED)
    second = admit(committee, organisation, on=MARCH, by=secretary)
    assert second.pk != first.pk
    with pytest.raises(ValidationError, match="these days already"):
        admit(committee, organisation, on=JANUARY - timedelta(days=1), by=secretary)


@pytest.mark.parametrize("role", [Role.CHAIR, Role.SECRETARY])
def test_only_who_keeps_the_committee_may_admit(role):
    committee = CommitteeFactory.create()
    stranger = user_with(role, CommitteeFactory.create() if role is Role.SECRETARY else committee)
    with pytest.raises(PermissionDenied):
        admit(committee, by=stranger)
    assert not Seat.objects.exists()


@pytest.mark.parametrize(
    ("state", "message"),
    [
        (CommitteeState.PROPOSED, "has no roster yet"),
        (CommitteeState.SUSPENDED, "roster cannot be changed"),
        (CommitteeState.DISSOLVED, "roster cannot be changed"),
    ],
)
def test_the_roster_of_a_committee_that_does_not_work_stands_still(state, message):
    committee = CommitteeFactory.create(state=state)
    with pytest.raises(ValidationError, match=message):
        admit(committee, on=JANUARY)


def test_a_change_keeps_the_earlier_days():
    committee, secretary = committee_with_secretary()
    seat = admit(committee, on=JANUARY, by=secretary, functional_role="spearhead")
    seats.change(seat, by=secretary, effective_on=MARCH, functional_role="lead", reason="Council decision")

    assert periods(seat) == [
        (JANUARY, MARCH, "admitted", "changed", "spearhead"),
        (MARCH, None, "changed", "", "lead"),
    ]
    seat.refresh_from_db()
    assert seat.functional_role == "lead"


def test_a_change_from_the_first_day_corrects_the_whole_period():
    committee, secretary = committee_with_secretary()
    seat = admit(committee, on=JANUARY, by=secretary, functional_role="spearhead")
    seats.change(seat, by=secretary, effective_on=JANUARY, functional_role="lead")

    assert periods(seat) == [(JANUARY, None, "admitted", "", "lead")]
    assert SeatPeriod.objects.filter(seat=seat, superseded_at__isnull=False).count() == 1


def test_a_change_before_the_last_one_is_refused():
    committee, secretary = committee_with_secretary()
    seat = admit(committee, on=JANUARY, by=secretary, functional_role="spearhead")
    seats.change(seat, by=secretary, effective_on=JUNE, functional_role="lead")
    with pytest.raises(ValidationError) as refusal:
        seats.change(seat, by=secretary, effective_on=MARCH, functional_role="support")
    assert refusal.value.message_dict == {
        "effective_on": ["Choose a day from 2024-06-15 on: earlier days are recorded already."]
    }


def test_a_change_without_difference_writes_nothing():
    committee, secretary = committee_with_secretary()
    seat = admit(committee, on=JANUARY, by=secretary, functional_role="lead")
    seats.change(seat, by=secretary, effective_on=MARCH, functional_role="lead", voting=True)
    assert len(periods(seat)) == 1
    assert Transition.objects.of(seat).count() == 1


def test_the_representative_of_a_past_day_stays_known():
    committee, secretary = committee_with_secretary()
    first, second = PersonFactory.create_batch(2)
    seat = admit(committee, on=JANUARY, by=secretary, representative=first)
    seats.change(seat, by=secretary, effective_on=MARCH, representative=second)

    by_day = {day: SeatPeriod.objects.current().on(day).get(seat=seat).representative for day in (JANUARY, MARCH)}
    assert by_day == {JANUARY: first, MARCH: second}
    assert Transition.objects.of(seat).last().details["after"] == {"representative": second.pk}


def test_a_suspension_needs_its_reason_and_keeps_the_seat():
    committee, secretary = committee_with_secretary()
    seat = admit(committee, on=JANUARY, by=secretary)
    with pytest.raises(ValidationError, match="Give the reason"):
        seats.suspend(seat, by=secretary, effective_on=MARCH, reason=" ")

    seats.suspend(seat, by=secretary, effective_on=MARCH, reason="Dues unpaid")
    seats.resume(seat, by=secretary, effective_on=JUNE)
    suspended = [SeatPeriod.objects.current().on(day).get(seat=seat).suspended for day in (JANUARY, MARCH, JUNE)]
    assert suspended == [False, True, False]
    assert list(Transition.objects.of(seat).values_list("move", flat=True)) == ["admit", "suspend", "resume"]


@pytest.mark.parametrize("how", [SeatExit.RESIGNED, SeatExit.EXPELLED, SeatExit.LAPSED])
def test_the_end_is_the_first_day_without_the_seat(how):
    committee, secretary = committee_with_secretary()
    seat = admit(committee, on=JANUARY, by=secretary)
    seats.end(
        seat, by=secretary, effective_on=MARCH, how=how, reason="See minutes", document="No. 7", heard="By letter"
    )

    seat.refresh_from_db()
    assert (seat.valid.lower, seat.valid.upper, seat.ended_as) == (JANUARY, MARCH, how)
    assert not Seat.objects.on(MARCH).exists()
    assert Seat.objects.on(MARCH - timedelta(days=1)).get() == seat
    assert [(row[1], row[3]) for row in periods(seat)] == [(MARCH, how)]
    assert Transition.objects.of(seat).last().to_state == how


def test_a_membership_lasts_at_least_a_day():
    committee, secretary = committee_with_secretary()
    seat = admit(committee, on=JANUARY, by=secretary)
    with pytest.raises(ValidationError) as refusal:
        seats.end(seat, by=secretary, effective_on=JANUARY, how=SeatExit.RESIGNED)
    assert "Choose a later day" in refusal.value.message_dict["effective_on"][0]
    seats.end(seat, by=secretary, effective_on=JANUARY + timedelta(days=1), how=SeatExit.RESIGNED)
    assert Seat.objects.on(JANUARY).exists()


def test_an_end_in_the_future_or_of_an_ended_seat_is_refused():
    committee, secretary = committee_with_secretary()
    seat = admit(committee, on=JANUARY, by=secretary)
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(ValidationError, match="in the future"):
        seats.end(seat, by=secretary, effective_on=tomorrow, how=SeatExit.RESIGNED)
    seats.end(seat, by=secretary, effective_on=MARCH, how=SeatExit.RESIGNED)
    with pytest.raises(ValidationError, match="has ended"):
        seats.end(seat, by=secretary, effective_on=JUNE, how=SeatExit.LAPSED)


def test_an_expulsion_needs_its_reason():
    committee, secretary = committee_with_secretary()
    seat = admit(committee, on=JANUARY, by=secretary)
    with pytest.raises(ValidationError, match="An expulsion needs its reason"):
        seats.end(seat, by=secretary, effective_on=MARCH, how=SeatExit.EXPELLED)


def test_offices_end_with_the_seat():
    committee, secretary = committee_with_secretary()
    seat = admit(committee, on=JANUARY, by=secretary)
    chair = committee.positions.create(code="chair", title_en="Chair", holders_max=1)
    appointments.appoint(seat, chair, by=secretary, effective_on=JANUARY)
    seats.end(seat, by=secretary, effective_on=MARCH, how=SeatExit.RESIGNED)

    held = Appointment.objects.current().get()
    assert (held.valid.lower, held.valid.upper) == (JANUARY, MARCH)


def test_a_corrected_admission_moves_the_seat_and_keeps_the_error_on_record():
    committee, secretary = committee_with_secretary()
    seat = admit(committee, on=MARCH, by=secretary)
    seats.correct_admission(seat, by=secretary, admitted_on=JANUARY, reason="Minutes of January")

    assert [row[0] for row in periods(seat)] == [JANUARY]
    wrong = SeatPeriod.objects.get(seat=seat, superseded_at__isnull=False)
    assert (wrong.valid.lower, wrong.superseded_by, wrong.superseded_reason) == (MARCH, secretary, "Minutes of January")
    assert Transition.objects.of(seat).last().details["before"] == {"admitted_on": "2024-03-01"}


@pytest.mark.parametrize(
    ("day", "reason", "field"),
    [
        (JUNE, "x", "admitted_on"),  # the day of the first change
        (MARCH, "x", "admitted_on"),  # what is on record already
        (date(2999, 1, 1), "x", "admitted_on"),
        (JANUARY, "  ", "reason"),
    ],
)
def test_a_correction_that_makes_no_sense_is_refused(day, reason, field):
    committee, secretary = committee_with_secretary()
    seat = admit(committee, on=MARCH, by=secretary, functional_role="lead")
    seats.change(seat, by=secretary, effective_on=JUNE, functional_role="support")
    with pytest.raises(ValidationError) as refusal:
        seats.correct_admission(seat, by=secretary, admitted_on=day, reason=reason)
    assert list(refusal.value.message_dict) == [field]
    assert [row[0] for row in periods(seat)] == [MARCH, JUNE]


def test_a_correction_never_reaches_into_an_earlier_seat():
    committee, secretary = committee_with_secretary()
    organisation = OrganisationFactory.create()
    first = admit(committee, organisation, on=JANUARY, by=secretary)
    seats.end(first, by=secretary, effective_on=MARCH, how=SeatExit.LAPSED)
    second = admit(committee, organisation, on=JUNE, by=secretary)
    with pytest.raises(ValidationError, match="these days already"):
        seats.correct_admission(second, by=secretary, admitted_on=date(2024, 2, 1), reason="x")
    assert seats.correct_admission(second, by=secretary, admitted_on=MARCH, reason="x").valid.lower == MARCH


def test_a_correction_leaves_no_office_before_the_seat():
    committee, secretary = committee_with_secretary()
    seat = admit(committee, on=JANUARY, by=secretary)
    member = committee.positions.create(code="council_member", title_en="Council member")
    appointments.appoint(seat, member, by=secretary, effective_on=JANUARY)
    with pytest.raises(ValidationError, match="holds an office from 2024-01-10 on"):
        seats.correct_admission(seat, by=secretary, admitted_on=MARCH, reason="x")


def test_an_end_recorded_by_mistake_can_be_taken_back():
    committee, secretary = committee_with_secretary()
    seat = admit(committee, on=JANUARY, by=secretary)
    seats.end(seat, by=secretary, effective_on=MARCH, how=SeatExit.LAPSED)
    with pytest.raises(ValidationError, match="Say why"):
        seats.withdraw_end(seat, by=secretary, reason="")
    seats.withdraw_end(seat, by=secretary, reason="Wrong member")

    seat.refresh_from_db()
    assert (seat.valid.upper, seat.ended_as) == (None, "")
    assert [(row[0], row[1], row[3]) for row in periods(seat)] == [(JANUARY, None, "")]
    with pytest.raises(ValidationError, match="has not ended"):
        seats.withdraw_end(seat, by=secretary, reason="Again")


def test_an_end_cannot_be_taken_back_under_a_later_seat():
    committee, secretary = committee_with_secretary()
    organisation = OrganisationFactory.create()
    first = admit(committee, organisation, on=JANUARY, by=secretary)
    seats.end(first, by=secretary, effective_on=MARCH, how=SeatExit.LAPSED)
    admit(committee, organisation, on=JUNE, by=secretary)
    with pytest.raises(ValidationError, match="these days already"):
        seats.withdraw_end(first, by=secretary, reason="x")


@pytest.mark.parametrize(
    "act",
    [
        lambda seat, user: seats.change(seat, by=user, effective_on=MARCH, functional_role="lead"),
        lambda seat, user: seats.suspend(seat, by=user, effective_on=MARCH, reason="x"),
        lambda seat, user: seats.end(seat, by=user, effective_on=MARCH, how="resigned"),
        lambda seat, user: seats.correct_admission(seat, by=user, admitted_on=MARCH, reason="x"),
        lambda seat, user: seats.withdraw_end(seat, by=user, reason="x"),
    ],
)
def test_the_chair_reads_the_roster_and_does_not_write_it(act):
    committee = CommitteeFactory.create()
    seat = admit(committee, on=JANUARY)
    with pytest.raises(PermissionDenied):
        act(seat, user_with(Role.CHAIR, committee))
    assert len(periods(seat)) == 1
