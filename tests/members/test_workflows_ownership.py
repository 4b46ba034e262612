"""Ownership: declared by one, verified by another, and what was known before stays as it was."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from members import workflows
from members.enums import OwnershipGroup, OwnershipType
from members.models import Ownership
from temp_portal.accounts.enums import Role
from temp_portal.audit.models import Transition
from temp_portal.notifications.models import Delivery
from tests.factories import OrganisationFactory, grant, own, user_with

pytestmark = pytest.mark.django_db


def declare(organisation, by, ownership_type=OwnershipType.PRIVATE, **fields):
    fields = {"controller": "Zhang family", "evidence": "Shareholder register"} | fields
    return workflows.declare_ownership(organisation, by=by, ownership_type=ownership_type, **fields)


@pytest.fixture
def organisation():
    return OrganisationFactory.create()


@pytest.fixture
def representative(organisation):
    return user_with(Role.REPRESENTATIVE, organisation)


@pytest.fixture
def reviewer():
    return user_with(Role.REVIEWER)


def groups(organisation):
    """Present knowledge as (first day, day after the last, group)."""
    facts = Ownership.objects.current().filter(organisation=organisation).order_by("valid")
    return [(each.valid.lower, each.valid.upper, each.group) for each in facts]


def test_a_declaration_counts_as_unverified_and_reviewers_are_told(organisation, representative, reviewer):
    declare(organisation, representative, since=date(2021, 3, 1))
    assert groups(organisation) == [(date(2021, 3, 1), None, OwnershipGroup.UNVERIFIED)]
    assert {each.recipient_id for each in Delivery.objects.all()} == {reviewer.pk}


def test_the_same_declaration_is_recorded_once(organisation, representative):
    first = declare(organisation, representative)
    assert declare(organisation, representative) == first
    assert Ownership.objects.count() == 1


def test_a_corrected_declaration_supersedes_the_earlier_one(organisation, representative):
    first = declare(organisation, representative, since=date(2022, 1, 1))
    second = declare(organisation, representative, OwnershipType.HMT, since=date(2024, 1, 1))
    first.refresh_from_db()
    assert first.superseded_by == representative
    assert second.valid.lower == date(2022, 1, 1)
    assert Ownership.objects.current().filter(organisation=organisation).get().type == OwnershipType.HMT


def test_a_declaration_does_not_touch_a_verified_ownership(organisation, representative):
    verified = own(organisation, OwnershipType.LOCAL_SOE)
    assert declare(organisation, representative, OwnershipType.PRIVATE) == verified
    assert groups(organisation) == [(date(2020, 1, 1), None, OwnershipGroup.LOCAL)]


def test_a_declaration_begins_after_an_ownership_that_has_ended(organisation, representative):
    own(organisation, OwnershipType.LOCAL_SOE, since=date(2020, 1, 1), until=date(2023, 1, 1))
    declare(organisation, representative, since=date(2021, 6, 1))
    assert groups(organisation) == [
        (date(2020, 1, 1), date(2023, 1, 1), OwnershipGroup.LOCAL),
        (date(2023, 1, 1), None, OwnershipGroup.UNVERIFIED),
    ]


def test_a_declaration_of_the_future_is_refused(organisation, representative):
    with pytest.raises(ValidationError, match="future"):
        declare(organisation, representative, since=timezone.localdate() + timedelta(days=1))


def test_verification_holds_from_its_day_on(organisation, representative, reviewer):
    declared = declare(organisation, representative, since=date(2021, 3, 1))
    cut_off = timezone.now()
    verified = workflows.verify_ownership(declared, by=reviewer, verified_on=date(2026, 2, 1), evidence="Extract")

    assert groups(organisation) == [
        (date(2021, 3, 1), date(2026, 2, 1), OwnershipGroup.UNVERIFIED),
        (date(2026, 2, 1), None, OwnershipGroup.PRIVATE),
    ]
    assert (verified.verified_by, verified.evidence, verified.controller) == (reviewer, "Extract", "Zhang family")
    known_before = Ownership.objects.known_at(cut_off).filter(organisation=organisation).get()
    assert known_before == declared
    assert Transition.objects.of(organisation).last().effective_on == date(2026, 2, 1)


def test_the_whole_time_is_verified_when_chosen(organisation, representative, reviewer):
    declared = declare(organisation, representative, since=date(2021, 3, 1))
    workflows.verify_ownership(declared, by=reviewer, whole=True)
    assert groups(organisation) == [(date(2021, 3, 1), None, OwnershipGroup.PRIVATE)]


def test_a_day_before_the_beginning_verifies_the_whole(organisation, representative, reviewer):
    declared = declare(organisation, representative, since=date(2021, 3, 1))
    workflows.verify_ownership(declared, by=reviewer, verified_on=date(2020, 1, 1))
    assert groups(organisation) == [(date(2021, 3, 1), None, OwnershipGroup.PRIVATE)]


def test_an_ownership_is_verified_once(organisation, representative, reviewer):
    declared = declare(organisation, representative)
    workflows.verify_ownership(declared, by=reviewer)
    with pytest.raises(ValidationError, match=str(reviewer)):
        workflows.verify_ownership(declared, by=user_with(Role.STAFF))
    assert len(groups(organisation)) == 1


def test_evidence_is_compulsory(organisation, representative, reviewer):
    declared = declare(organisation, representative, evidence="")
    with pytest.raises(ValidationError, match="document"):
        workflows.verify_ownership(declared, by=reviewer)


@pytest.mark.parametrize("day", [timezone.localdate() + timedelta(days=1), date(2024, 5, 1)])
def test_the_day_lies_within_the_ownership(organisation, representative, reviewer, day):
    declared = own(organisation, since=date(2021, 1, 1), until=date(2024, 1, 1), verified=False, evidence="Extract")
    with pytest.raises(ValidationError) as refused:
        workflows.verify_ownership(declared, by=reviewer, verified_on=day)
    assert "verified_on" in refused.value.message_dict


def test_four_eyes(organisation):
    recorder = user_with(Role.STAFF)
    declared = declare(organisation, recorder)
    of_the_house = grant(user_with(Role.REVIEWER), Role.REPRESENTATIVE, organisation)
    for same_eyes in (recorder, of_the_house, user_with(Role.LEADER)):
        with pytest.raises(PermissionDenied):
            workflows.verify_ownership(declared, by=same_eyes)
    assert groups(organisation)[0][2] == OwnershipGroup.UNVERIFIED
