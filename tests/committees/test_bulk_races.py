"""A bulk act and an edit of one of its seats at once, and two bulk acts that share their last place."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from committees.models import Appointment, SeatPeriod
from committees.workflows import bulk, seats
from committees.workflows.bulk import Appoint, Order, RowsChanged, SetParticular
from tests.factories import admit, committee_with_secretary
from tests.factories.race import Meeting, at_once

pytestmark = pytest.mark.django_db(transaction=True)

JANUARY, MARCH = date(2024, 1, 10), date(2024, 3, 1)


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


def prepared(act, count=2):
    committee, secretary = committee_with_secretary()
    rows = [admit(committee, on=JANUARY, by=secretary, functional_role="support") for _each in range(count)]
    order = Order(act(committee), MARCH)
    steps = bulk.prepare(order, committee, [row.pk for row in rows])
    shown = {step.row.seat.pk: step.row.version for step in steps}
    return committee, secretary, rows, order, shown


def act_and_edit(monkeypatch):
    committee, secretary, rows, order, shown = prepared(lambda _committee: SetParticular("functional_role", "lead"))
    meet(monkeypatch, (bulk, "refuse_changed"), (seats, "_running_period"))
    outcomes = at_once(
        lambda: bulk.perform(order, committee, by=secretary, shown=shown, promised=2),
        lambda: seats.change(rows[0], by=secretary, effective_on=MARCH, voting=False),
    )
    rows[0].refresh_from_db()
    fact = SeatPeriod.objects.current().get(seat=rows[0], exit="")
    return outcomes, rows[0], fact


def test_either_the_edit_is_noticed_or_it_follows(monkeypatch):
    outcomes, seat, fact = act_and_edit(monkeypatch)
    noticed = isinstance(outcomes[0], RowsChanged)
    role = "support" if noticed else "lead"
    assert not [each for each in outcomes[1:] if isinstance(each, Exception)]
    assert (fact.functional_role, fact.voting) == (seat.functional_role, seat.voting) == (role, False)


def test_without_the_locks_the_edit_is_not_noticed(monkeypatch, without_lock):
    """The control: both pass their checks; the database's constraint stops one, or one overwrites the other."""
    outcomes, _seat, fact = act_and_edit(monkeypatch)
    assert not isinstance(outcomes[0], RowsChanged)
    broken = [each for each in outcomes if isinstance(each, Exception)]
    assert broken or (fact.functional_role, fact.voting) != ("lead", False)


def appoint_twice(monkeypatch):
    committee, secretary, rows, order, _shown = prepared(
        lambda committee: Appoint(committee.positions.create(code="vice_chair", title_en="Vice-chair", holders_max=2)),
        4,
    )
    halves = [rows[:2], rows[2:]]
    shown = [
        {step.row.seat.pk: step.row.version for step in bulk.prepare(order, committee, [row.pk for row in half])}
        for half in halves
    ]
    plan = Appoint.plan
    place = Meeting()

    def waiting(self, *args):
        steps = plan(self, *args)
        place.wait()
        return steps

    monkeypatch.setattr(Appoint, "plan", waiting)
    outcomes = at_once(
        *(lambda each=each: bulk.perform(order, committee, by=secretary, shown=each, promised=2) for each in shown)
    )
    return outcomes, Appointment.objects.current().count()


def test_two_bulk_acts_do_not_overfill_a_position(monkeypatch):
    outcomes, holders = appoint_twice(monkeypatch)
    refused = [each for each in outcomes if isinstance(each, ValidationError)]
    assert ["another number of members" in each.messages[0] for each in refused] == [True]
    assert holders == 2


def test_without_the_locks_the_position_is_overfilled(monkeypatch, without_lock):
    """The control: it is the lock that guards a maximum above one."""
    _outcomes, holders = appoint_twice(monkeypatch)
    assert holders == 4
