"""Two at once on one row of the sheet: one is recorded, the other reads so. The control fails without the lock."""

from datetime import date

import pytest
from django.db.models import QuerySet

from committees.models import SeatPeriod
from committees.workflows import cells
from temp_portal.accounts.enums import Role
from tests.factories import admit, committee_with_secretary, user_with
from tests.factories.race import Meeting, at_once

pytestmark = pytest.mark.django_db(transaction=True)

JANUARY, MARCH = date(2024, 1, 10), date(2024, 3, 1)


def write_twice(monkeypatch):
    """Both saw the same row; both stop before their versions are compared, unless a lock holds one of them up."""
    committee, secretary = committee_with_secretary()
    seat = admit(committee, on=JANUARY, by=secretary)
    seen = str(seat.periods.get().pk)
    place, check = Meeting(), cells._recorded_version

    def waiting(locked):
        answer = check(locked)
        place.wait()
        return answer

    monkeypatch.setattr(cells, "_recorded_version", waiting)
    two = [user_with(Role.SECRETARY, committee) for _each in range(2)]
    outcomes = at_once(
        *(
            lambda by=by, field=field, value=value: cells.write(
                seat, by=by, seen=seen, field=field, value=value, effective_on=MARCH
            )
            for by, (field, value) in zip(two, [("voting", False), ("chain_role", "trade")], strict=True)
        )
    )
    return place, outcomes, SeatPeriod.objects.current().on(MARCH).get(seat=seat)


def test_of_two_edits_of_one_row_one_is_recorded(monkeypatch):
    _place, outcomes, period = write_twice(monkeypatch)
    assert [type(outcome) for outcome in outcomes].count(cells.RowChanged) == 1
    assert (period.voting, period.chain_role) in [(False, ""), (True, "trade")]


def test_without_the_lock_neither_is_told(monkeypatch):
    """The control: it is the lock that lets the second one see what the first has recorded."""
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_options: self.all())
    place, outcomes, _period = write_twice(monkeypatch)
    assert place.arrived == 2
    assert cells.RowChanged not in [type(outcome) for outcome in outcomes]
