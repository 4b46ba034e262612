"""Bulk writing leaves nothing behind when it fails, and fills in what a row does not name."""

import pytest
from django.db import IntegrityError, connection, transaction

from committees.models import Committee, Filing
from members.models import Organisation
from temp_portal.core.bulk import CopyTable, rebuilt_afterwards, refresh_statistics, reserve_ids
from tests.factories import CommitteeFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


def indexes(table: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexname FROM pg_indexes WHERE tablename = %s", [table])
        return {name for (name,) in cursor.fetchall()}


def test_what_a_row_does_not_name_gets_the_default() -> None:
    table = CopyTable(Organisation, "id", "legal_name", "country")
    key = reserve_ids(Organisation, 1)
    table.add(str(key), "ТОО «Шёлк»", "KZ")
    table.flush()
    written = Organisation.objects.get(pk=key)
    fresh = Organisation(legal_name="ТОО «Шёлк»", country="KZ")
    for field in ("kind", "status", "aliases", "industry_codes", "website", "parent_id", "registered_on", "search_key"):
        assert getattr(written, field) == getattr(fresh, field), field
    assert table.written == 1


def test_reserved_keys_lie_behind_what_there_is_and_before_what_comes() -> None:
    there = OrganisationFactory()
    first = reserve_ids(Organisation, 10)
    assert first > there.pk
    assert OrganisationFactory().pk >= first + 10


def test_inside_only_the_primary_key_is_left() -> None:
    before = indexes("committees_filing")
    with rebuilt_afterwards([Filing]):
        assert indexes("committees_filing") == {"committees_filing_pkey"}
    assert indexes("committees_filing") == before


def test_progress_counts_up_to_all() -> None:
    seen: list[tuple[int, int]] = []
    with rebuilt_afterwards([Filing], lambda done, total: seen.append((done, total))):
        assert seen == []
    total = len(seen)
    assert total > 1
    assert seen == [(done, total) for done in range(1, total + 1)]


def write_again(slug: str) -> None:
    """Write a committee of that slug while nothing refuses it."""
    with rebuilt_afterwards([Committee]):
        table = CopyTable(Committee, "slug", "name", "sector")
        table.add(slug, "Twice", "materials")
        table.flush()
        assert Committee.objects.filter(slug=slug).count() == 2


def test_rows_that_break_a_constraint_are_taken_back_with_everything_else() -> None:
    committee = CommitteeFactory()
    before = indexes("committees_committee")
    with pytest.raises(IntegrityError, match="slug"), transaction.atomic():
        write_again(committee.slug)
    assert Committee.objects.filter(slug=committee.slug).count() == 1
    assert indexes("committees_committee") == before


def test_rows_written_before_in_the_same_transaction_do_not_stand_in_the_way() -> None:
    Filing.objects.create(committee=CommitteeFactory(), recipient="Register", filed_on="2025-01-01")
    with rebuilt_afterwards([Filing]):
        assert Filing.objects.count() == 1


def test_the_planner_learns_of_the_rows() -> None:
    table = CopyTable(Organisation, "legal_name")
    for number in range(50):
        table.add(f"Number {number}")
    table.flush()
    refresh_statistics([Organisation])
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'members_organisation'")
        assert cursor.fetchone()[0] >= 50
