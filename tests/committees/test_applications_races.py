"""Two at once: one decides, the other is told; two tabs make one draft. With controls that fail without the lock."""

import pytest
from django.db import IntegrityError
from django.db.models import QuerySet
from django.utils import timezone

from committees.enums import ApplicationState
from committees.models import Application, Seat
from committees.workflows import applications, drafts
from temp_portal.accounts.enums import Role
from temp_portal.audit.models import Transition
from temp_portal.audit.workflow import StateConflict
from tests.factories import CommitteeFactory, OrganisationFactory, user_with
from tests.factories.applications import draft, submitted
from tests.factories.race import Meeting, at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def meeting(monkeypatch):
    """Both deciders meet when their decision is legal and not yet written, unless a lock holds one of them up."""
    place, notify = Meeting(), applications.notify

    def waiting(*args, **options):
        place.wait()
        return notify(*args, **options)

    monkeypatch.setattr(applications, "notify", waiting)
    return place


@pytest.fixture
def without_lock(monkeypatch):
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_options: self.all())


def decide_twice(place):
    application, _user = submitted_before(place)
    first, second = (user_with(Role.SECRETARY, application.committee) for _each in range(2))
    outcomes = at_once(
        lambda: applications.approve(application, by=first, effective_on=timezone.localdate()),
        lambda: applications.reject(application, by=second, reason="No trade with the region"),
    )
    return application, outcomes


def submitted_before(place):
    """Submitting tells people too; nobody waits there for the other one."""
    place.wait, wait = (lambda: None), place.wait
    made = submitted()
    place.wait = wait
    return made


def decisions(application):
    return Transition.objects.of(application).filter(move__in=["approve", "reject"])


def test_of_two_deciders_one_decides_and_the_other_is_told(meeting):
    application, outcomes = decide_twice(meeting)
    conflicts = [each for each in outcomes if isinstance(each, StateConflict)]
    decided = decisions(application).get()
    assert len(conflicts) == 1
    assert str(decided.by) in conflicts[0].message()
    application.refresh_from_db()
    assert Seat.objects.filter(application=application).exists() == (application.state == ApplicationState.APPROVED)


def test_control_without_the_lock_nobody_is_told(meeting, without_lock):
    """Both pass the check; only the numbers of their letters, which the database keeps apart, stop the second."""
    _application, outcomes = decide_twice(meeting)
    assert [each for each in outcomes if isinstance(each, StateConflict)] == []
    assert [type(each) for each in outcomes if isinstance(each, Exception)] == [IntegrityError]


@pytest.fixture
def gathering(monkeypatch):
    """Both tabs meet when they have found no open application."""
    place, refuse = Meeting(), applications._refuse_closed

    def waiting(committee):
        place.wait()
        refuse(committee)

    monkeypatch.setattr(applications, "_refuse_closed", waiting)
    return place


def begin_twice():
    committee, organisation = CommitteeFactory.create(), OrganisationFactory.create()
    user = user_with(Role.REPRESENTATIVE, organisation)
    return at_once(*[lambda: applications.create_draft(committee, organisation, by=user)] * 2)


def test_two_tabs_make_one_draft(gathering):
    first, second = begin_twice()
    assert first == second
    assert Application.objects.count() == 1
    assert Transition.objects.about(Application).count() == 1


def test_control_without_the_lock_the_second_tab_fails(gathering, without_lock):
    outcomes = begin_twice()
    assert len([each for each in outcomes if isinstance(each, Exception)]) == 1


PRESSES = 50


def submissions(application):
    return Transition.objects.of(application).filter(move="submit")


def test_fifty_presses_at_once_hand_in_one_application():
    application, user = draft()
    outcomes = at_once(*[lambda: drafts.submit_together(application, by=user)] * PRESSES)
    conflicts = [each for each in outcomes if isinstance(each, StateConflict)]
    assert len(conflicts) == PRESSES - 1
    application.refresh_from_db()
    assert submissions(application).count() == 1
    assert application.state == ApplicationState.SUBMITTED


def test_control_without_the_lock_two_presses_hand_it_in_twice(meeting, without_lock):
    application, user = submitted_before(meeting)
    meeting.wait, wait = (lambda: None), meeting.wait
    secretary = user_with(Role.SECRETARY, application.committee)
    applications.return_for_completion(application, by=secretary, note="Again, please")
    meeting.wait = wait
    outcomes = at_once(*[lambda: drafts.submit_together(application, by=user)] * 2)
    assert [each for each in outcomes if isinstance(each, Exception)] == []
    assert submissions(application).count() == 3
