"""Two who record dues at once: a payment counts once, a year is drawn up once. With a control without the lock."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone

from committees.models import DuesCharge, DuesPayment, DuesYear
from committees.workflows import dues
from tests.committees.test_seats_races import meet, refusals
from tests.factories import admit, charged, committee_with_secretary, dues_tier
from tests.factories.race import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def pay_twice(monkeypatch):
    committee, secretary = committee_with_secretary()
    charge = charged(admit(committee, by=secretary), by=secretary)
    place = meet(monkeypatch, dues, "_refuse_more_than")
    slip = {"amount": charge.amount, "paid_on": date(2026, 3, 1), "document": "Slip 1"}
    return at_once(*[lambda: dues.pay(charge, by=secretary, **slip)] * 2), place


def test_a_payment_that_two_record_at_once_counts_once(monkeypatch):
    outcomes, _place = pay_twice(monkeypatch)
    assert refusals(outcomes) == [["Only CNY\xa00.00 is open for this year."]]
    assert DuesPayment.objects.get().amount == Decimal(2000)


def test_without_the_lock_it_would_count_twice(monkeypatch):
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_options: self.all())
    outcomes, place = pay_twice(monkeypatch)
    assert place.arrived == 2
    assert not refusals(outcomes)
    assert DuesPayment.objects.count() == 2


def test_a_year_is_drawn_up_once(monkeypatch):
    committee, secretary = committee_with_secretary()
    dues_tier(committee), admit(committee, by=secretary)
    meet(monkeypatch, dues, "refuse_future")
    today = timezone.localdate()
    order = {"year": 2026, "day": today, "due_on": date(2026, 12, 31)}
    outcomes = at_once(*[lambda: dues.draw_up(committee, by=secretary, **order)] * 2)
    assert sum(isinstance(outcome, ValidationError) for outcome in outcomes) == 1
    assert DuesYear.objects.count() == DuesCharge.objects.count() == 1
