"""A council votes on an application: who may, what comes out, and how it binds the secretary."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from committees.enums import ApplicationState, BallotChoice, PositionCode, VoteOutcome, VoteState
from committees.models import AdmissionVote, Elector, Position
from committees.workflows import applications, appointments, reference, reviewing, seats, votes
from members import workflows as members
from temp_portal.accounts.enums import Role
from temp_portal.audit.workflow import StateConflict
from temp_portal.notifications.models import Notification
from tests.factories import OrganisationFactory, admit, committee_with_secretary, own, user_with
from tests.factories.applications import submitted
from tests.factories.web import enter, text

pytestmark = pytest.mark.django_db


def council(size, **settled):
    """A committee whose council of `size` members decides; gives it, its secretary and the members' accounts."""
    committee, secretary = committee_with_secretary()
    reference.save_procedure(committee, by=secretary, decider="council", **settled)
    position = Position.objects.create(committee=committee, code=PositionCode.COUNCIL_MEMBER, title_en="Member")
    voters = [sit(committee, position, secretary) for _each in range(size)]
    return committee, secretary, voters


def sit(committee, position, secretary):
    organisation = OrganisationFactory.create()
    user = user_with(Role.REPRESENTATIVE, organisation)
    seat = admit(committee, organisation, by=secretary, representative=members.person_of(user))
    appointments.appoint(seat, position, by=secretary, effective_on=date(2024, 1, 1), person=members.person_of(user))
    return user


def cast_all(vote, *choices):
    """Each elector in turn, online."""
    for elector, choice in zip(Elector.objects.filter(vote=vote), choices, strict=False):
        votes.cast(elector, by=elector.person.user, choice=choice)


def test_the_council_decides_and_the_secretary_completes_it():
    committee, secretary, voters = council(3)
    application, _user = submitted(committee)
    with pytest.raises(ValidationError, match="no closed vote"):
        applications.approve(application, by=secretary, effective_on=timezone.localdate())
    vote = votes.open_vote(application, by=secretary)
    assert Notification.objects.get(kind="vote_opened").deliveries.filter(recipient__in=voters).exists()
    cast_all(vote, "yes", "yes", "no")
    with pytest.raises(ValidationError, match="no closed vote"):
        applications.approve(application, by=secretary, effective_on=timezone.localdate())
    closed = votes.close(vote, by=secretary, document="Minutes 7")
    assert (closed.outcome, closed.document) == (VoteOutcome.CARRIED, "Minutes 7")
    with pytest.raises(ValidationError, match="against"):
        applications.reject(application, by=secretary, reason="No")
    approved = applications.approve(application, by=secretary, effective_on=timezone.localdate())
    assert approved.state == ApplicationState.APPROVED


def test_a_lost_vote_leads_to_rejection_alone():
    committee, secretary, _voters = council(3, majority_strict=True)
    application, _user = submitted(committee)
    vote = votes.open_vote(application, by=secretary)
    cast_all(vote, "yes", "yes", "no")  # two thirds are not more than two thirds
    assert votes.close(vote, by=secretary).outcome == VoteOutcome.LOST
    with pytest.raises(ValidationError, match="or has decided"):
        votes.open_vote(application, by=secretary)
    with pytest.raises(ValidationError, match="in favour"):
        applications.approve(application, by=secretary, effective_on=timezone.localdate())
    rejected = applications.reject(application, by=secretary, reasons=["council-vote"])
    assert rejected.decision_reason == "The council did not vote in favour."


def test_without_a_quorum_nothing_is_decided_and_a_second_vote_may_follow():
    committee, secretary, _voters = council(4)
    application, _user = submitted(committee)
    vote = votes.open_vote(application, by=secretary)
    cast_all(vote, "yes", "yes")
    assert votes.close(vote, by=secretary).outcome == VoteOutcome.NO_QUORUM
    assert votes.open_vote(application, by=secretary).state == VoteState.OPEN


def test_who_may_vote_is_settled_when_the_vote_is_opened():
    committee, secretary, voters = council(4)
    suspended, observer, partial, _rest = voters
    own_seats = {each.representative.user: each for each in committee.seats.select_related("representative__user")}
    seats.suspend(own_seats[suspended], by=secretary, effective_on=timezone.localdate(), reason="Dues")
    seats.change(own_seats[observer], by=secretary, effective_on=timezone.localdate(), voting=False)
    own(own_seats[partial].organisation, "private", controller="zhang  FAMILY")  # as the applicant declares
    application, _user = submitted(committee)
    vote = votes.open_vote(application, by=secretary)
    assert [each.person.user for each in Elector.objects.filter(vote=vote)] == [voters[3]]
    seats.resume(own_seats[suspended], by=secretary, effective_on=timezone.localdate(), reason="Paid")
    assert vote.tally().eligible == 1


def test_a_ballot_is_cast_by_oneself_or_entered_from_the_minutes():
    committee, secretary, voters = council(3)
    application, user = submitted(committee)
    vote = votes.open_vote(application, by=secretary)
    first, second, third = Elector.objects.filter(vote=vote)
    votes.cast(first, by=voters[0], choice=BallotChoice.NO)
    votes.cast(first, by=voters[0], choice=BallotChoice.YES)
    for stranger in (voters[0], user, user_with(Role.CHAIR, committee)):
        with pytest.raises(PermissionDenied):
            votes.cast(second, by=stranger, choice="yes")
    with pytest.raises(ValidationError, match="minutes"):
        votes.cast(second, by=secretary, choice="yes")
    with pytest.raises(ValidationError, match="Choose"):
        votes.cast(second, by=secretary, choice="perhaps", document="Minutes 7")
    votes.cast(second, by=secretary, choice="abstain", document="Minutes 7")
    assert (vote.tally().yes, vote.tally().abstained, vote.tally().present) == (1, 1, 2)
    votes.close(vote, by=secretary)
    with pytest.raises(StateConflict):
        votes.cast(third, by=voters[2], choice="yes")
    with pytest.raises(StateConflict):
        votes.close(vote, by=secretary)


def test_a_vote_ends_without_result_when_the_application_leaves_the_council():
    committee, secretary, _voters = council(3)
    application, user = submitted(committee)
    vote = votes.open_vote(application, by=secretary)
    cast_all(vote, "yes", "yes", "yes")
    applications.return_for_completion(application, by=secretary, note="The extract is missing")
    vote.refresh_from_db()
    assert (vote.state, vote.outcome) == (VoteState.CALLED_OFF, "")
    applications.submit(application, by=user)
    with pytest.raises(ValidationError, match="no closed vote"):
        applications.approve(application, by=secretary, effective_on=timezone.localdate())
    votes.open_vote(application, by=secretary)
    applications.withdraw(application, by=user)
    assert not AdmissionVote.objects.filter(state=VoteState.OPEN).exists()


def test_a_declared_conflict_keeps_a_council_member_from_voting():
    committee, secretary, voters = council(3)
    application, _user = submitted(committee)
    vote = votes.open_vote(application, by=secretary)
    application.conflicts.create(user=voters[0], reason="A cousin works there")
    elector = Elector.objects.get(vote=vote, person__user=voters[0])
    with pytest.raises(PermissionDenied, match="conflict"):
        votes.cast(elector, by=voters[0], choice="yes")
    reviewing.declare_conflict(application, by=secretary, reason="I advise the applicant")
    for act in (lambda: votes.close(vote, by=secretary), lambda: votes.cast(elector, by=secretary, choice="yes")):
        with pytest.raises(PermissionDenied):
            act()


def test_where_the_secretary_decides_there_is_no_vote():
    application, _user = submitted()
    with pytest.raises(ValidationError, match="secretary decides"):
        votes.open_vote(application, by=user_with(Role.SECRETARY, application.committee))


def test_members_vote_on_a_page_and_the_secretary_sees_the_count(client):
    committee, secretary, voters = council(3)
    application, _user = submitted(committee)
    enter(client, secretary)
    opened = client.post(reverse("committees:vote-open", args=[application.pk]))
    vote = AdmissionVote.objects.get()
    assert opened.url == vote.get_absolute_url()
    elector = Elector.objects.get(vote=vote, person__user=voters[0])
    enter(client, voters[0])
    assert elector.get_absolute_url() in text(client.get(reverse("committees:ballot-list")))
    page = text(client.get(elector.get_absolute_url()))
    assert "We process aluminium" in page
    assert application.representative.name not in page
    assert client.get(vote.get_absolute_url()).status_code == 404
    client.post(elector.get_absolute_url(), {"choice": "yes"})
    assert vote.tally().yes == 1
    enter(client, voters[1])
    assert client.get(elector.get_absolute_url()).status_code == 404
    assert client.post(elector.get_absolute_url(), {"choice": "no"}).status_code == 404
    enter(client, secretary)
    entered = Elector.objects.get(vote=vote, person__user=voters[1])
    faulty = client.post(reverse("committees:elector", args=[entered.pk]), {"choice": "no"})
    assert "This field is required" in text(faulty)
    client.post(reverse("committees:elector", args=[entered.pk]), {"choice": "no", "document": "Minutes 7"})
    page = text(client.get(vote.get_absolute_url()))
    assert "Minutes 7" in page
    assert "at least 2/3, that is 2" in page
    client.post(reverse("committees:vote-close", args=[vote.pk]), {"document": ""})
    vote.refresh_from_db()
    assert vote.outcome == VoteOutcome.LOST
    review = text(client.get(application.get_absolute_url()))
    assert "Reject…" in review
    assert "Approve and give a seat" not in review
