"""A merge and something else at the same moment, with controls that fail without the lock."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError
from django.db.models import QuerySet

from committees.models import Seat
from committees.workflows import admissions, seats
from members.models import Organisation, OrganisationMerge
from members.workflows import merge, merging
from temp_portal.accounts.enums import Role
from tests.factories import OrganisationFactory, admit, committee_with_secretary, user_with
from tests.factories.race import Meeting, at_once

pytestmark = pytest.mark.django_db(transaction=True)

JANUARY = date(2025, 1, 10)


@pytest.fixture
def without_lock(monkeypatch):
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_options: self.all())


@pytest.fixture
def meeting(monkeypatch):
    """Whoever has passed the check of a merge or of an admission waits there for the other."""
    place = Meeting()
    place.inside(monkeypatch, merging, "refuse_unfit")
    place.inside(monkeypatch, admissions, "_refusals")
    return place


def merge_and_admit():
    """The remaining one is admitted to the committee in which the merged one sits, while the two are merged."""
    committee, secretary = committee_with_secretary()
    merged, remaining = OrganisationFactory.create_batch(2)
    admit_seat(committee, merged, secretary)
    staff = user_with(Role.STAFF)
    return at_once(
        lambda: merge(merged, remaining, by=staff),
        lambda: seats.admit(committee, remaining, by=secretary, effective_on=JANUARY),
    )


def admit_seat(committee, organisation, secretary):
    Seat.objects.bulk_create(
        [Seat(committee=committee, organisation=organisation, valid=(date(2024, 1, 1), None), functional_role="none")]
    )


def refused(outcomes):
    return [outcome for outcome in outcomes if isinstance(outcome, ValidationError)]


def test_of_a_merge_and_an_admission_that_exclude_each_other_one_happens(meeting):
    outcomes = merge_and_admit()
    assert len(refused(outcomes)) == 1
    assert OrganisationMerge.objects.count() + Seat.objects.count() == 2


def test_without_the_lock_one_organisation_sits_twice(meeting, without_lock):
    assert refused(merge_and_admit()) == []
    assert meeting.arrived == 2
    assert (OrganisationMerge.objects.count(), Seat.objects.count()) == (1, 2)


def crosswise():
    """Each of two records is merged into the other one."""
    one, other = OrganisationFactory.create_batch(2)
    both = user_with(Role.STAFF), user_with(Role.STAFF)
    return at_once(lambda: merge(one, other, by=both[0]), lambda: merge(other, one, by=both[1]))


def test_of_two_merges_of_one_pair_one_happens(meeting):
    outcomes = crosswise()
    assert len(refused(outcomes)) == 1
    assert "already" in refused(outcomes)[0].messages[0]
    assert Organisation.objects.exclude(merged_into=None).count() == OrganisationMerge.objects.count() == 1


def test_without_the_lock_the_database_refuses_the_second(meeting, without_lock):
    outcomes = crosswise()
    assert meeting.arrived == 2
    assert refused(outcomes) == []
    assert len([outcome for outcome in outcomes if isinstance(outcome, DatabaseError)]) == 1
    assert Organisation.objects.exclude(merged_into=None).count() == OrganisationMerge.objects.count() == 1


def test_a_committee_with_its_lock_does_not_wait_for_ever(meeting):
    committee, secretary = committee_with_secretary()
    one, other = OrganisationFactory.create_batch(2)
    staff = user_with(Role.STAFF)
    outcomes = at_once(lambda: merge(one, other, by=staff), lambda: admit(committee, one, by=secretary, on=JANUARY))
    named = [each for each in outcomes if isinstance(each, ValidationError)]
    assert len(named) <= 1
    assert not [each for each in outcomes if isinstance(each, DatabaseError)]
