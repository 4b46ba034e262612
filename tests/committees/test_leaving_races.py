"""A member resigns while it is expelled: one end stands. With a control that fails without the lock."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone

from committees.models import SeatPeriod
from committees.workflows import resignations, seats
from temp_portal.accounts.enums import Role
from temp_portal.audit.models import Transition
from tests.committees.test_seats_races import meet
from tests.factories import admit, committee_with_secretary, user_with
from tests.factories.race import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def both_ends(monkeypatch):
    committee, secretary = committee_with_secretary()
    seat = admit(committee, by=secretary)
    representative = user_with(Role.REPRESENTATIVE, seat.organisation)
    place = meet(monkeypatch, seats, "begin")
    monkeypatch.setattr(resignations, "begin", seats.begin)
    today = timezone.localdate()
    grounds = {"reason": "Fraud", "document": "Minutes 9", "heard": "By letter"}
    outcomes = at_once(
        lambda: resignations.announce(seat, by=representative, effective_on=today),
        lambda: seats.end(seat, by=secretary, effective_on=today - timedelta(days=1), how="expelled", **grounds),
    )
    return seat, outcomes, place


def test_of_a_resignation_and_an_expulsion_one_ends_the_membership(monkeypatch):
    seat, outcomes, _place = both_ends(monkeypatch)
    assert [each.messages for each in outcomes if isinstance(each, ValidationError)] == [["This membership has ended."]]
    assert Transition.objects.of(seat).filter(move__in=["resign", "expel"]).count() == 1


def test_without_the_lock_both_would_end_it(monkeypatch):
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_options: self.all())
    seat, outcomes, place = both_ends(monkeypatch)
    assert place.arrived == 2
    ends = Transition.objects.of(seat).filter(move__in=["resign", "expel"]).count()
    periods = SeatPeriod.objects.current().filter(seat=seat).count()
    assert ends == 2 or periods != 1 or not any(isinstance(each, ValidationError) for each in outcomes)
