"""Records that were merged are one organisation for every later cut-off; figures frozen before do not move."""

import pytest

from members.workflows import merge, undo_merge
from temp_portal.accounts.enums import Role
from temp_portal.reports.builder import basis_of, compute, cut_off_now
from temp_portal.reports.figures import digest
from tests.factories import CommitteeFactory, admit, user_with
from tests.reports import world as worlds

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_records():
    """One firm on record twice, each record with a seat in a committee of its own; both are counted in the quarter."""
    worlds.build()
    seats = [
        admit(CommitteeFactory.create(), worlds.owned("private"), on=worlds.quarter().start - worlds.DAY)
        for _number in range(2)
    ]
    return [seat.organisation for seat in seats]


def document(cut_off):
    return compute(basis_of(worlds.quarter(), cut_off=cut_off, scope=None))


def closing(cut_off, row):
    return document(cut_off).tables["T3"][row]["closing"]["q"]


def test_merging_and_undoing_move_no_frozen_figure(two_records):
    staff = user_with(Role.STAFF)
    before = cut_off_now()
    frozen = digest(document(before).as_json())
    distinct, held = closing(before, "organisations"), closing(before, "all")

    made = merge(*two_records, by=staff)
    between = cut_off_now()
    known_then = digest(document(between).as_json())
    assert closing(between, "organisations") == distinct - 1
    assert closing(between, "all") == held

    undo_merge(made, by=staff)
    after = cut_off_now()
    assert closing(after, "organisations") == distinct
    assert digest(document(before).as_json()) == frozen
    assert digest(document(between).as_json()) == known_then
    assert digest(document(after).as_json()) == frozen


def test_a_chosen_value_moves_no_frozen_figure(two_records):
    gone, stays = two_records
    before = cut_off_now()
    frozen = digest(document(before).as_json())
    type(gone).objects.filter(pk=gone.pk).update(country="KZ", kind="association", status="inactive")
    gone.refresh_from_db()
    merge(gone, stays, by=user_with(Role.STAFF), take=["country", "kind", "status"])
    assert digest(document(before).as_json()) == frozen
