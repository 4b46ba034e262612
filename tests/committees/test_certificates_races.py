"""Two certificates at once: no number twice, no second one for a member. With a control that fails without the lock."""

import pytest
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from committees.models import Certificate
from committees.workflows import certificates
from tests.committees.test_seats_races import meet, refusals
from tests.factories import admit, committee_with_secretary
from tests.factories.race import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def members():
    """(two seats of a committee, its secretary)."""
    committee, secretary = committee_with_secretary(slug="copper")
    return [admit(committee, by=secretary) for _each in range(2)], secretary


def issue_at_once(seats, secretary):
    return at_once(*(lambda seat=seat: certificates.issue(seat, by=secretary) for seat in seats))


def test_two_members_get_two_numbers(monkeypatch, members):
    seats, secretary = members
    meet(monkeypatch, certificates, "_next_number")
    issued = issue_at_once(seats, secretary)
    assert sorted(each.number[-4:] for each in issued) == ["0001", "0002"]


def test_a_member_gets_one_certificate(monkeypatch, members):
    seats, secretary = members
    meet(monkeypatch, certificates, "_next_number")
    outcomes = issue_at_once([seats[0], seats[0]], secretary)
    assert refusals(outcomes) == [["The member has a valid certificate already."]]
    assert Certificate.objects.count() == 1


def test_without_the_lock_both_take_the_same_number_and_the_database_refuses_one(monkeypatch, members):
    seats, secretary = members
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_options: self.all())
    place = meet(monkeypatch, certificates, "_next_number")
    outcomes = issue_at_once(seats, secretary)
    assert place.arrived == 2
    assert sum(isinstance(outcome, ValidationError) for outcome in outcomes) == 1
    assert Certificate.objects.count() == 1
