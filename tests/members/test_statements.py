"""Ownership changes hands, or its evidence is renewed: stated by the organisation, counted once somebody checked it."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from members.enums import OwnershipGroup, OwnershipType, StatementState
from members.models import Ownership, OwnershipStatement
from members.workflows import statements
from temp_portal.accounts.enums import Role
from temp_portal.audit.workflow import StateConflict
from temp_portal.notifications.models import Delivery
from tests.factories import OrganisationFactory, own, user_with
from tests.factories.web import enter, text

pytestmark = pytest.mark.django_db

JUNE = date(2026, 6, 1)


@pytest.fixture
def house():
    """(organisation, representative, reviewer); the organisation is private since 2020."""
    organisation = OrganisationFactory.create()
    own(organisation, OwnershipType.PRIVATE, controller="Zhang family", evidence="Old", evidence_on=date(2020, 1, 1))
    return organisation, user_with(Role.REPRESENTATIVE, organisation), user_with(Role.REVIEWER)


def stated(organisation, by, **changes):
    said = {
        "type": OwnershipType.LOCAL_SOE,
        "controller": "City",
        "since": JUNE,
        "evidence": "R 1",
        "evidence_on": JUNE,
    }
    return statements.state_ownership(organisation, by=by, **said | changes)


def groups(organisation):
    facts = Ownership.objects.current().filter(organisation=organisation).with_group().order_by("valid")
    return [(fact.group_code, fact.valid.lower, fact.valid.upper) for fact in facts]


def test_a_change_of_hands_counts_from_its_day_once_it_is_checked(client, house):
    organisation, representative, reviewer = house
    address = reverse("members:ownership-state", args=[organisation.pk])
    typed = {"type": "local_soe", "controller": "City", "since": "2026-06-01", "evidence": "R 1"}
    enter(client, representative)
    assert "Error:" in text(client.post(address, typed))
    assert client.post(address, typed | {"evidence_on": "2026-06-01"}).status_code == 302
    assert groups(organisation) == [(OwnershipGroup.PRIVATE, date(2020, 1, 1), None)]
    waiting = OwnershipStatement.objects.get()
    assert Delivery.objects.filter(recipient=reviewer, notification__kind="ownership_stated").exists()
    page = enter(client, reviewer)
    assert "City" in text(page.get(reverse("members:statement-list")))
    assert "Zhang family" in text(page.get(waiting.get_absolute_url()))
    assert page.post(waiting.get_absolute_url(), {"reason": ""}).status_code == 302
    assert groups(organisation) == [
        (OwnershipGroup.PRIVATE, date(2020, 1, 1), JUNE),
        (OwnershipGroup.LOCAL, JUNE, None),
    ]
    assert Delivery.objects.filter(recipient=representative, notification__kind="ownership_statement_accepted").exists()
    with pytest.raises(StateConflict):
        statements.refuse(waiting, by=reviewer, reason="Too late")


def test_newer_evidence_leaves_the_ownership_as_it_is(house):
    organisation, representative, reviewer = house
    made = stated(organisation, representative, type=OwnershipType.PRIVATE, controller="Zhang family")
    statements.accept(made, by=reviewer)
    facts = Ownership.objects.current().filter(organisation=organisation).order_by("valid")
    today = timezone.localdate()
    assert [(fact.evidence, fact.evidence_on, fact.valid.upper) for fact in facts] == [
        ("Old", date(2020, 1, 1), today),
        ("R 1", JUNE, None),
    ]
    assert {fact.group for fact in facts} == {OwnershipGroup.PRIVATE}


def test_four_eyes_and_one_statement_at_a_time(house):
    organisation, representative, reviewer = house
    first = stated(organisation, representative)
    second = stated(organisation, representative, controller="Province")
    assert (first.pk, second.controller) == (second.pk, "Province")
    with pytest.raises(PermissionDenied):
        statements.accept(second, by=representative)
    with pytest.raises(ValidationError, match="Give the reason"):
        statements.refuse(second, by=reviewer, reason=" ")
    statements.refuse(second, by=reviewer, reason="Illegible")
    second.refresh_from_db()
    assert second.state == StatementState.REFUSED
    assert groups(organisation)[-1][0] == OwnershipGroup.PRIVATE
    with pytest.raises(PermissionDenied):
        stated(organisation, user_with(Role.REPRESENTATIVE, OrganisationFactory.create()))
