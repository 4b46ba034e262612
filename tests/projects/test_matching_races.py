"""Two secretaries who record the contract of one match: it becomes one project. With a control without the lock."""

from decimal import Decimal

import pytest
from django.db.models import QuerySet
from django.utils import timezone

from projects.matching.models import Match
from projects.matching.workflows import matches
from projects.models import Project
from temp_portal.audit.workflow import StateConflict
from tests.factories import committee_with_secretary
from tests.factories.matching import demanded, offered
from tests.factories.race import Meeting, at_once

pytestmark = pytest.mark.django_db(transaction=True)


def contract_twice(monkeypatch):
    committee, secretary = committee_with_secretary()
    today = {"by": secretary, "effective_on": timezone.localdate()}
    match = matches.introduce_now(demanded(by=secretary), offered(by=secretary), **today)
    match = matches.quote(match, price=Decimal(1), currency="USD", **today)
    place = Meeting()
    place.inside(monkeypatch, matches, "_project")
    deal = {"value": Decimal(9), "currency": "USD", "document": "No. 1", "committee": committee}
    return at_once(*[lambda code=code: matches.contract(match, code=code, **deal, **today) for code in ("A-1", "A-2")])


def test_one_contract_becomes_one_project(monkeypatch):
    outcomes = contract_twice(monkeypatch)
    assert sorted(type(each) for each in outcomes if isinstance(each, Exception)) == [StateConflict]
    assert Project.objects.count() == 1
    assert Match.objects.get().project == Project.objects.get()


def test_without_the_lock_it_would_become_two(monkeypatch):
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_options: self.all())
    outcomes = contract_twice(monkeypatch)
    assert not [each for each in outcomes if isinstance(each, Exception)]
    assert Project.objects.count() == 2
