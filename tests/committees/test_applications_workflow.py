"""From draft to decision: what is legal, for whom, and what every step leaves behind."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from committees.enums import ApplicationState, CommitteeState, FunctionalRole
from committees.models import Application, Seat
from committees.workdays import add_working_days
from committees.workflows import applications
from members.enums import OwnershipGroup
from members.models import Ownership
from temp_portal.accounts.enums import Role
from temp_portal.audit.models import Transition
from temp_portal.audit.workflow import StateConflict
from temp_portal.notifications.models import Delivery
from tests.factories import CommitteeFactory, OrganisationFactory, admit, committee_with_secretary, grant, user_with
from tests.factories.applications import draft, submitted

pytestmark = pytest.mark.django_db


def told(kind):
    return {each.recipient_id for each in Delivery.objects.filter(notification__kind=kind)}


def moves(application):
    return [each.move for each in Transition.objects.of(application)]


def test_the_story_of_one_application():
    committee, secretary = committee_with_secretary()
    application, user = draft(committee)
    application = applications.submit(application, by=user)
    assert application.number.startswith(f"A-{timezone.localdate().year}-")
    assert application.due_on == add_working_days(timezone.localdate(), 20)
    assert told("application_submitted") == {secretary.pk}

    applications.return_for_completion(application, by=secretary, note="The register is too old.")
    application.refresh_from_db()
    assert application.return_note == "The register is too old."
    applications.save_draft(application, by=user, ownership_evidence="Register of 20 November 2026")
    number = application.number
    application = applications.submit(application, by=user)
    assert application.number == number

    day = timezone.localdate() - timedelta(days=10)
    application = applications.approve(
        application, by=secretary, effective_on=day, document="Minutes 7/2026", functional_role=FunctionalRole.SPEARHEAD
    )
    seat = application.seat
    assert (seat.valid.lower, seat.functional_role, seat.chain_role) == (day, "spearhead", "processing")
    assert seat.representative == application.representative
    assert seat.periods.get().document == "Minutes 7/2026"
    assert moves(application) == ["create", "submit", "return", "submit", "approve"]
    approval = Transition.objects.of(application).last()
    assert (approval.effective_on, approval.by) == (day, secretary)
    assert told("application_approved") == {user.pk}


def test_submitting_puts_the_ownership_on_record_unverified():
    application, user = submitted(ownership_since=date(2021, 5, 1))
    ownership = Ownership.objects.get(organisation=application.organisation)
    assert (ownership.group, ownership.valid.lower) == (OwnershipGroup.UNVERIFIED, date(2021, 5, 1))
    assert (ownership.recorded_by, ownership.controller) == (user, "Zhang family")


def test_every_submission_keeps_what_it_said():
    application, user = submitted()
    secretary = user_with(Role.SECRETARY, application.committee)
    applications.return_for_completion(application, by=secretary, note="Who controls the family trust?")
    applications.save_draft(application, by=user, controller="Zhang trust")
    applications.submit(application, by=user)
    said = [
        each.details["answers"]["controller"] for each in Transition.objects.of(application) if each.move == "submit"
    ]
    assert said == ["Zhang family", "Zhang trust"]


@pytest.mark.parametrize(
    "gap",
    [
        {"ownership_type": ""},
        {"controller": ""},
        {"ownership_evidence": ""},
        {"chain_role": ""},
        {"target_countries": []},
        {"motivation": ""},
        {"representative": None},
    ],
)
def test_an_incomplete_application_is_not_submitted(gap):
    application, user = draft()
    applications.save_draft(application, by=user, **gap)
    with pytest.raises(ValidationError, match="Still to be completed"):
        applications.submit(application, by=user)
    application.refresh_from_db()
    assert (application.state, application.number) == (ApplicationState.DRAFT, None)


def test_a_withdrawn_consent_makes_it_incomplete():
    application, user = draft()
    application.representative.consents.update(withdrawn_at=timezone.now())
    with pytest.raises(ValidationError, match="Representative and consent"):
        applications.submit(application, by=user)


def test_one_open_application_per_committee():
    application, user = draft()
    assert applications.create_draft(application.committee, application.organisation, by=user) == application
    applications.withdraw(application, by=user)
    again = applications.create_draft(application.committee, application.organisation, by=user)
    assert again != application
    assert moves(application) == ["create", "withdraw"]


@pytest.mark.parametrize("state", [CommitteeState.PREPARATORY, CommitteeState.SUSPENDED, CommitteeState.DISSOLVED])
def test_only_a_working_committee_takes_applications(state):
    organisation = OrganisationFactory.create()
    user = user_with(Role.REPRESENTATIVE, organisation)
    with pytest.raises(ValidationError, match="does not take applications"):
        applications.create_draft(CommitteeFactory.create(state=state), organisation, by=user)


def test_a_member_does_not_apply_again():
    seat = admit(CommitteeFactory.create())
    user = user_with(Role.REPRESENTATIVE, seat.organisation)
    with pytest.raises(ValidationError, match="member of this committee already"):
        applications.create_draft(seat.committee, seat.organisation, by=user)


def test_after_a_rejection_one_applies_again_after_half_a_year():
    application, user = submitted()
    applications.reject(application, by=user_with(Role.SECRETARY, application.committee), reason="No trade yet.")
    begin = {"committee": application.committee, "organisation": application.organisation, "by": user}
    with pytest.raises(ValidationError, match="can apply again from"):
        applications.create_draft(**begin)
    with time_machine.travel(timezone.now() + timedelta(days=184)):
        assert applications.create_draft(**begin).state == ApplicationState.DRAFT


@pytest.mark.parametrize("act", [applications.reject, applications.return_for_completion])
def test_a_reason_is_compulsory(act):
    application, _user = submitted()
    words = {"reason": "  "} if act is applications.reject else {"note": "  "}
    with pytest.raises(ValidationError) as refused:
        act(application, by=user_with(Role.SECRETARY, application.committee), **words)
    assert "reason" in refused.value.message_dict


def test_what_is_submitted_is_out_of_the_applicants_hands():
    application, user = submitted()
    with pytest.raises(StateConflict):
        applications.save_draft(application, by=user, motivation="Changed")
    with pytest.raises(StateConflict):
        applications.submit(application, by=user)
    application.refresh_from_db()
    assert application.motivation != "Changed"


def test_the_second_decider_learns_who_was_first():
    application, _user = submitted()
    first = user_with(Role.SECRETARY, application.committee, name="Yan Lan")
    second = user_with(Role.SECRETARY, application.committee)
    applications.approve(application, by=first, effective_on=timezone.localdate())
    with pytest.raises(StateConflict) as conflict:
        applications.reject(application, by=second, reason="Incomplete")
    assert "Yan Lan" in conflict.value.message()
    assert "approved" in conflict.value.message()


@pytest.mark.parametrize("role", [Role.CHAIR, Role.LEADER, Role.REVIEWER])
def test_who_may_not_decide(role):
    application, _user = submitted()
    scope = application.committee if role is Role.CHAIR else None
    with pytest.raises(PermissionDenied):
        applications.approve(application, by=user_with(role, scope), effective_on=timezone.localdate())
    assert not Seat.objects.exists()


def test_another_committees_secretary_does_not_decide():
    application, _user = submitted()
    _other, stranger = committee_with_secretary()
    with pytest.raises(PermissionDenied):
        applications.reject(application, by=stranger, reason="No")


def test_nobody_decides_on_the_own_organisation():
    application, _user = submitted()
    secretary = user_with(Role.SECRETARY, application.committee)
    grant(secretary, Role.REPRESENTATIVE, application.organisation)
    for act in (applications.approve, applications.reject, applications.return_for_completion):
        words = {
            applications.approve: {"effective_on": timezone.localdate()},
            applications.reject: {"reason": "x"},
            applications.return_for_completion: {"note": "x"},
        }[act]
        with pytest.raises(PermissionDenied):
            act(application, by=secretary, **words)
    application.refresh_from_db()
    assert application.state == ApplicationState.SUBMITTED


def test_a_suspended_committee_admits_nobody():
    application, _user = submitted()
    secretary = user_with(Role.SECRETARY, application.committee)
    application.committee.state = CommitteeState.SUSPENDED
    application.committee.save()
    with pytest.raises(ValidationError):
        applications.approve(application, by=secretary, effective_on=timezone.localdate())
    assert Application.objects.get().state == ApplicationState.SUBMITTED
