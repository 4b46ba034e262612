"""Random histories: the roster at the end of any days is the one before them, changed by what the page tells."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from committees.enums import MovementKind
from committees.models import Seat
from committees.movements import Span, balance_of, movements
from members.enums import GROUP_OF_TYPE, OwnershipGroup
from tests.factories import CommitteeFactory
from tests.reports.histories import History, Period, days, histories, write

pytestmark = pytest.mark.django_db

WORDS = {True: "yes", False: "no"}


def group_on(history: History, day: date) -> str:
    kind = next((owned.kind for owned in history.owned if owned.holds(day)), "unverified")
    group = OwnershipGroup.UNVERIFIED if kind == "unverified" else GROUP_OF_TYPE[kind]
    return str(group.label)


def standing(history: History, periods: list[Period], day: date) -> dict[str, str] | None:
    """What a roster of the day says of a seat, in words; None when it is not held."""
    period = next((each for each in periods if each.holds(day)), None)
    if period is None:
        return None
    return {
        MovementKind.VOTING: WORDS[period.voting],
        MovementKind.SUSPENSION: WORDS[period.suspended],
        MovementKind.OWNERSHIP: group_on(history, day),
    }


@given(st.lists(histories(), min_size=1, max_size=3), days, days)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_told_leads_from_one_roster_to_the_other(drawn, one, other):
    span = Span(min(one, other), max(one, other))
    with transaction.atomic():
        committee = CommitteeFactory.create()
        organisations = [write(committee, history) for history in drawn]
        told = movements(Seat.objects.filter(committee=committee), span)
        sums = balance_of(committee, span)
        seats = {
            seat.pk: pair
            for organisation, history in zip(organisations, drawn, strict=True)
            for seat, pair in zip(
                Seat.objects.filter(organisation=organisation).order_by("pk"),
                [(history, periods) for periods in history.seats],
                strict=True,
            )
        }
        transaction.set_rollback(True)

    roster = {pk: standing(*pair, span.first - timedelta(days=1)) for pk, pair in seats.items()}
    for each in reversed(told):
        pk, kind = each.seat.pk, each.kind
        if kind == MovementKind.CORRECTION:
            continue
        if kind == MovementKind.JOINED:
            assert roster[pk] is None
            roster[pk] = standing(*seats[pk], each.day)
        elif kind == MovementKind.LEFT:
            assert roster[pk] is not None
            roster[pk] = None
        else:
            assert roster[pk] is not None
            assert roster[pk][kind] == each.before
            roster[pk][kind] = each.after
    assert roster == {pk: standing(*pair, span.last) for pk, pair in seats.items()}
    assert sums.proves
    assert sums.closing == sum(held is not None for held in roster.values())
