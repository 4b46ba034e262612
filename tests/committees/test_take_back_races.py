"""Two at once: what is taken back, and what is recorded on the same seat. With controls without locks."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from committees.models import SeatPeriod
from committees.workflows import seats, takeback
from temp_portal.audit.models import Recording
from tests.committees.rosters import known
from tests.factories import admit, committee_with_secretary
from tests.factories.race import Meeting, at_once

pytestmark = pytest.mark.django_db(transaction=True)

JANUARY, MARCH, JUNE = date(2024, 1, 10), date(2024, 3, 1), date(2024, 6, 15)


@pytest.fixture
def without_lock(monkeypatch):
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_options: self.all())


def meet(monkeypatch, *places):
    """All stop after the check of that name, unless a lock holds one of them up."""
    place = Meeting()

    def stopping(check):
        def waiting(*args, **options):
            answer = check(*args, **options)
            place.wait()
            return answer

        return waiting

    for module, name in places:
        monkeypatch.setattr(module, name, stopping(getattr(module, name)))


def changed():
    committee, secretary = committee_with_secretary()
    seat = admit(committee, on=JANUARY, by=secretary, functional_role="lead")
    before = known(committee)
    seats.change(seat, by=secretary, effective_on=MARCH, functional_role="support")
    return committee, secretary, seat, before, Recording.objects.latest("id")


def test_of_two_who_take_back_one_learns_who_did(monkeypatch):
    committee, secretary, _seat, before, recording = changed()
    meet(monkeypatch, (takeback, "_refuse_second"))
    both = at_once(*[lambda: takeback.take_back(recording, by=secretary)] * 2)
    refused = [each for each in both if isinstance(each, ValidationError)]
    assert len(refused) == 1
    assert f"{secretary} has taken this back already" in refused[0].messages[0]
    assert known(committee) == before


def test_without_the_lock_the_database_still_refuses_one_of_them(monkeypatch, without_lock):
    """The control: both pass the check, and only the constraint is left."""
    committee, secretary, _seat, before, recording = changed()
    meet(monkeypatch, (takeback, "_refuse_second"))
    both = at_once(*[lambda: takeback.take_back(recording, by=secretary)] * 2)
    refused = [each for each in both if isinstance(each, ValidationError)]
    assert [each.messages for each in refused] == [["This has been recorded in the meantime: load the page again."]]
    assert known(committee) == before


def take_back_and_change(monkeypatch):
    committee, secretary, seat, _before, recording = changed()
    meet(monkeypatch, (takeback, "_refuse_changed_since"), (seats, "_running_period"))
    outcomes = at_once(
        lambda: takeback.take_back(recording, by=secretary),
        lambda: seats.change(seat, by=secretary, effective_on=JUNE, voting=False),
    )
    facts = SeatPeriod.objects.of(committee).order_by("valid")
    seat.refresh_from_db()
    return outcomes, seat, [(fact.valid.lower, fact.valid.upper, fact.functional_role, fact.voting) for fact in facts]


def test_a_change_and_a_taking_back_of_one_seat_follow_each_other(monkeypatch):
    outcomes, seat, facts = take_back_and_change(monkeypatch)
    refused = isinstance(outcomes[0], ValidationError)
    role = "support" if refused else "lead"
    assert (facts[-1][0], facts[-1][2:]) == (JUNE, (role, False))
    assert (seat.functional_role, seat.voting) == (role, False)


def test_without_the_locks_they_get_into_each_others_way(monkeypatch, without_lock):
    """The control: one of them ends on the database's constraint, or a period of the wrong role is left."""
    outcomes, seat, facts = take_back_and_change(monkeypatch)
    errors = [each for each in outcomes if isinstance(each, Exception) and not isinstance(each, ValidationError)]
    consistent = facts[-1][2:] == (seat.functional_role, seat.voting) and len({row[2] for row in facts}) == 1
    assert errors or not consistent
