"""Two files for one roster at once: the second is told what the first has changed. With a control without the lock."""

from datetime import date

import pytest
from django.db.models import QuerySet

from committees.models import Seat
from committees.synchronisation import work
from temp_portal.accounts.enums import Role
from tests.committees.synchronising import applied, compared, csv_of
from tests.committees.test_seats_races import meet
from tests.factories import OrganisationFactory, admit, committee_with_secretary, user_with
from tests.factories.race import at_once

pytestmark = pytest.mark.django_db(transaction=True)

DAY = date(2026, 6, 1)


@pytest.fixture
def two_files():
    """A committee, and two files each of which brings one new member, with their users."""
    committee, _secretary = committee_with_secretary()
    admit(committee)
    both = []
    for number in (1, 2):
        firm, user = OrganisationFactory.create(name_en=f"Newcomer {number}"), user_with(Role.SECRETARY, committee)
        both.append((compared(committee, csv_of([{"Organisation": firm.legal_name}]), by=user, on=DAY), user))
    return both


def apply_both(files):
    """State and failure of each, applied at once."""
    done = at_once(*(lambda made=made, user=user: applied(made, by=user) for made, user in files))
    return sorted((made.state, made.failure) for made in done)


def test_the_second_is_told_what_the_first_has_changed(monkeypatch, two_files):
    meet(monkeypatch, work, "make_plan")
    (first, _nothing), (second, why) = apply_both(two_files)
    assert (first, second) == ("applied", "failed")
    assert "The roster was changed since the comparison: Newcomer" in why
    assert Seat.objects.count() == 2


def test_without_the_lock_both_would_write(monkeypatch, two_files):
    place = meet(monkeypatch, work, "make_plan")
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_options: self.all())
    assert [state for state, _why in apply_both(two_files)] == ["applied", "applied"]
    assert place.arrived == 2
    assert Seat.objects.count() == 3
