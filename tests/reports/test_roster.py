"""T3: every figure equals a day-by-day count, and every row adds up."""

from itertools import accumulate

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from committees.report_sections import classes
from committees.report_sections.roster import roster_check, roster_table, whole
from temp_portal.core.periods import Quarter
from temp_portal.reports.builder import basis_of
from tests.factories import CommitteeFactory
from tests.reports.histories import histories, reference, write

pytestmark = pytest.mark.django_db

FIGURES = ("opening", "admitted", "left", "expelled", "recl_in", "recl_out", "closing")
QUARTERS = [Quarter(2026, number) for number in (1, 2, 3, 4)]


@given(st.lists(histories(), min_size=1, max_size=3))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_row_equals_a_count_by_days_and_adds_up(drawn):
    with transaction.atomic():
        committee = CommitteeFactory.create()
        for history in drawn:
            write(committee, history)
        now = timezone.now()
        tables = {q: roster_table(basis_of(q, cut_off=now, scope=(committee.pk,))) for q in QUARTERS}
        transaction.set_rollback(True)

    for quarter, table in tables.items():
        expected = reference(drawn, quarter.start, quarter.end)
        for row, kinds in classes.ROSTER_ROWS.items():
            cells = {name: whole(table[row][name]) for name in FIGURES}
            assert cells == {name: sum(expected[name, kind] for kind in kinds) for name in FIGURES}, (quarter, row)
            came = cells["opening"] + cells["admitted"] + cells["recl_in"]
            assert came - cells["left"] - cells["expelled"] - cells["recl_out"] == cells["closing"], (quarter, row)
        assert roster_check(table).adds_up
    for row in classes.ROSTER_ROWS:
        admitted, closing = zip(*((t[row]["admitted"], t[row]["closing"]) for t in tables.values()), strict=True)
        assert [block["previous"] for block in closing[1:]] == [block["q"] for block in closing[:-1]]
        assert [block["previous"] for block in admitted[1:]] == [block["q"] for block in admitted[:-1]]
        assert [block["ytd"] for block in admitted] == list(accumulate(block["q"] for block in admitted))
        opening_of_year = tables[QUARTERS[0]][row]["opening"]
        assert [block["ytd"] for block in closing] == [block["q"] - opening_of_year for block in closing]
