"""The last ballot and the closing of a vote at once: a ballot is counted or refused, never lost. With a control."""

import pytest
from django.db.models import QuerySet

from committees.enums import VoteOutcome, VoteState
from committees.models import AdmissionVote, Ballot, Elector
from committees.workflows import votes
from temp_portal.audit.workflow import StateConflict
from tests.committees.test_votes import council
from tests.factories.applications import submitted
from tests.factories.race import Meeting, at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def meeting(monkeypatch):
    """Both meet when the vote was found open, the ballot is not written and the ballots are counted, unless locked."""
    place, tally = Meeting(), AdmissionVote.tally

    def counted(self):
        answer = tally(self)
        place.wait()
        return answer

    monkeypatch.setattr(AdmissionVote, "tally", counted)
    place.inside(monkeypatch, votes, "represents_group")
    return place


def cast_and_close(place):
    place.wait, wait = (lambda: None), place.wait
    committee, secretary, voters = council(2)
    application, _user = submitted(committee)
    vote = votes.open_vote(application, by=secretary)
    first, last = Elector.objects.filter(vote=vote).order_by("pk")
    votes.cast(first, by=voters[0], choice="yes")
    place.wait = wait
    outcomes = at_once(
        lambda: votes.cast(last, by=voters[1], choice="yes"),
        lambda: votes.close(vote, by=secretary),
    )
    vote.refresh_from_db()
    return vote, outcomes


def test_the_last_ballot_is_counted_or_refused(meeting):
    vote, (ballot, closed) = cast_and_close(meeting)
    assert (vote.state, closed.state) == (VoteState.CLOSED, VoteState.CLOSED)
    if isinstance(ballot, StateConflict):
        assert (Ballot.objects.count(), vote.outcome) == (1, VoteOutcome.NO_QUORUM)
    else:
        assert (Ballot.objects.count(), vote.outcome) == (2, VoteOutcome.CARRIED)


def test_control_without_the_lock_a_ballot_is_taken_and_not_counted(meeting, monkeypatch):
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_options: self.all())
    vote, (ballot, _closed) = cast_and_close(meeting)
    assert not isinstance(ballot, Exception)
    assert (Ballot.objects.count(), vote.outcome) == (2, VoteOutcome.NO_QUORUM)
