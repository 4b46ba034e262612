"""Two at once on one roster: one seat, one holder too many at no time. With controls that fail without the lock."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import OperationalError
from django.db.models import QuerySet

from committees.models import Appointment, Seat, SeatPeriod
from committees.workflows import admissions, appointments, seats
from temp_portal.accounts.enums import Role
from tests.factories import OrganisationFactory, admit, committee_with_secretary, user_with
from tests.factories.race import Meeting, at_once

pytestmark = pytest.mark.django_db(transaction=True)

JANUARY = date(2024, 1, 10)


@pytest.fixture
def without_lock(monkeypatch):
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_options: self.all())


def meet(monkeypatch, module, name):
    """Both stop before the check called `name` returns, unless a lock holds one of them up."""
    place = Meeting()
    place.inside(monkeypatch, module, name)
    return place


def admit_twice(committee, organisation):
    both = [user_with(Role.SECRETARY, committee) for _each in range(2)]
    return at_once(*(lambda by=by: seats.admit(committee, organisation, by=by, effective_on=JANUARY) for by in both))


def refusals(outcomes):
    return [outcome.messages for outcome in outcomes if isinstance(outcome, ValidationError)]


def test_of_two_admissions_of_one_organisation_one_gives_the_seat(monkeypatch):
    committee, _secretary = committee_with_secretary()
    organisation = OrganisationFactory.create()
    meet(monkeypatch, admissions, "_refusals")
    outcomes = admit_twice(committee, organisation)
    assert refusals(outcomes) == [["The organisation has a seat in this committee on these days already."]]
    assert Seat.objects.count() == SeatPeriod.objects.count() == 1


def test_without_the_lock_the_database_still_refuses_one_of_them(monkeypatch, without_lock):
    committee, _secretary = committee_with_secretary()
    organisation = OrganisationFactory.create()
    place = meet(monkeypatch, admissions, "_refusals")
    outcomes = admit_twice(committee, organisation)
    # Both passed the check: it was the constraint that refused one of them. PostgreSQL may see the two insertions wait
    # for each other, and ends one as a deadlock instead.
    assert place.arrived == 2
    refused = refusals(outcomes)
    deadlocks = [outcome for outcome in outcomes if isinstance(outcome, OperationalError)]
    assert len(refused) + len(deadlocks) == 1
    assert all(words == ["The organisation has a seat in this committee on these days already."] for words in refused)
    assert Seat.objects.count() == SeatPeriod.objects.count() == 1


def appoint_two(monkeypatch):
    committee, secretary = committee_with_secretary()
    vice = committee.positions.create(code="vice_chair", title_en="Vice-chair", holders_max=2)
    first, *two = (admit(committee, on=JANUARY, by=secretary) for _each in range(3))
    appointments.appoint(first, vice, by=secretary, effective_on=JANUARY)
    meet(monkeypatch, appointments, "_refuse_full")
    outcomes = at_once(
        *(lambda seat=seat: appointments.appoint(seat, vice, by=secretary, effective_on=JANUARY) for seat in two)
    )
    return outcomes, Appointment.objects.current().count()


def test_a_position_never_has_more_holders_than_places(monkeypatch):
    outcomes, holders = appoint_two(monkeypatch)
    assert "all 2 places are taken" in refusals(outcomes)[0][0]
    assert holders == 2


def test_without_the_lock_a_position_gets_one_holder_too_many(monkeypatch, without_lock):
    """The control: it is the lock that guards a maximum above one."""
    outcomes, holders = appoint_two(monkeypatch)
    assert refusals(outcomes) == []
    assert holders == 3


def change_twice(monkeypatch):
    committee, secretary = committee_with_secretary()
    seat = admit(committee, on=JANUARY, by=secretary)
    meet(monkeypatch, seats, "_running_period")
    outcomes = at_once(
        lambda: seats.change(seat, by=secretary, effective_on=date(2024, 2, 1), voting=False),
        lambda: seats.end(seat, by=secretary, effective_on=date(2024, 3, 1), how="resigned"),
    )
    facts = SeatPeriod.objects.current().filter(seat=seat).order_by("valid")
    return outcomes, [(fact.valid.lower, fact.valid.upper) for fact in facts]


def test_a_change_and_an_end_at_once_leave_periods_without_gap_or_overlap(monkeypatch):
    _outcomes, periods = change_twice(monkeypatch)
    assert periods[0][0] == JANUARY
    assert [end for _start, end in periods[:-1]] == [start for start, _end in periods[1:]]
    assert periods[-1][1] == date(2024, 3, 1)
