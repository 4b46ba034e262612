"""Keyset pages: walked to the end and back they show every row once, whatever the order, ties and NULLs."""

from datetime import date

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from members.models import Organisation
from temp_portal.core.lists.keyset import Ordering, Position, paginate

pytestmark = pytest.mark.django_db

ORDERINGS = [
    Ordering("name", ("legal_name",)),
    Ordering("-name", ("legal_name",), descending=True),
    Ordering("country", ("country", "legal_name")),
    Ordering("-country", ("country", "legal_name"), descending=True),
    Ordering("registered", ("registered_on",)),
    Ordering("-registered", ("registered_on",), descending=True),
    Ordering("capital", ("registered_capital",)),
    Ordering("parent", ("parent__legal_name", "city")),
    Ordering("-parent", ("parent__legal_name", "city"), descending=True),
    Ordering("", (), descending=True),
]


def firms(count: int) -> QuerySet[Organisation]:
    """Firms with many ties and many NULLs."""
    parent = Organisation.objects.create(legal_name="Parent")
    Organisation.objects.bulk_create(
        Organisation(
            legal_name=f"Firm {number % 7}",
            country=["CN", "KZ", ""][number % 3],
            city=["Aktau", "重庆"][number % 2],
            registered_on=date(2020, 1, number % 5 + 1) if number % 4 else None,
            registered_capital=f"{number % 6}.50" if number % 5 else None,
            parent=parent if number % 2 else None,
        )
        for number in range(count)
    )
    return Organisation.objects.exclude(pk=parent.pk)


def expected(rows: QuerySet[Organisation], ordering: Ordering) -> list[int]:
    """Keys in the order that the database itself gives."""
    keys = [*ordering.paths, "pk"]
    return list(
        rows.order_by(*(f"-{key}" if ordering.descending else key for key in keys)).values_list("pk", flat=True)
    )


@pytest.mark.parametrize("ordering", ORDERINGS, ids=lambda ordering: ordering.name or "default")
def test_forwards_and_back(ordering: Ordering) -> None:
    rows = firms(47)
    pages = [paginate(rows, ordering, size=10)]
    while pages[-1].next:
        pages.append(paginate(rows, ordering, size=10, after=pages[-1].next))
    seen = [[row.pk for row in page.rows] for page in pages]
    assert [key for page in seen for key in page] == expected(rows, ordering)
    assert [page.rank for page in pages] == [0, 10, 20, 30, 40]
    assert not pages[0].previous

    page, back = pages[-1], [pages[-1]]
    while page.previous:
        page = paginate(rows, ordering, size=10, before=page.previous)
        back.append(page)
    assert [[row.pk for row in page.rows] for page in reversed(back)] == seen
    assert [page.rank for page in reversed(back)] == [0, 10, 20, 30, 40]
    assert all(page.next for page in back[1:])


def test_a_row_added_before_the_page_moves_nothing() -> None:
    rows = firms(25)
    ordering = Ordering("name", ("legal_name",))
    first = paginate(rows, ordering, size=10)
    Organisation.objects.create(legal_name="Aaa")
    second = paginate(rows, ordering, size=10, after=first.next)
    assert not {row.pk for row in first.rows} & {row.pk for row in second.rows}


def test_back_to_a_first_page_that_has_grown_shows_it_whole() -> None:
    rows = firms(12)
    ordering = Ordering("name", ("legal_name",))
    first = paginate(rows, ordering, size=10)
    second = paginate(rows, ordering, size=10, after=first.next)
    Organisation.objects.filter(pk__in=[row.pk for row in first.rows[:3]]).delete()
    page = paginate(rows, ordering, size=10, before=second.previous)
    assert len(page.rows) == 9
    assert page.rank == 0
    assert page.is_whole


@pytest.mark.parametrize("token", ["", "x", "WyJuYW1lIiwwLDFd:1abc:forged", "\x00", "é" * 500])
def test_forged_positions_give_the_first_page(token: str) -> None:
    rows = firms(12)
    ordering = Ordering("name", ("legal_name",))
    assert [row.pk for row in paginate(rows, ordering, size=5, after=token).rows] == expected(rows, ordering)[:5]


def test_a_position_of_another_order_gives_the_first_page() -> None:
    rows = firms(12)
    by_name, by_country = Ordering("name", ("legal_name",)), Ordering("country", ("country",))
    token = paginate(rows, by_name, size=5).next
    assert Position.loads(token, by_country) is None
    assert paginate(rows, by_country, size=5, after=token).rank == 0


def test_a_position_behind_the_last_row_gives_the_first_page() -> None:
    rows = firms(6)
    ordering = Ordering("name", ("legal_name",))
    token = paginate(rows, ordering, size=5).next
    rows.filter(pk=expected(rows, ordering)[5]).delete()
    assert len(paginate(rows, ordering, size=5, after=token).rows) == 5


def test_without_nulls_it_is_one_row_comparison() -> None:
    rows = firms(12)
    ordering = Ordering("name", ("legal_name",))
    token = paginate(rows, ordering, size=5).next
    with CaptureQueriesContext(connection) as queries:
        paginate(rows, ordering, size=5, after=token)
    assert len(queries) == 1
    sql = queries[0]["sql"]
    assert '("members_organisation"."legal_name", "members_organisation"."id") > ' in sql
    assert "COUNT(" not in sql.upper()
    assert "OFFSET" not in sql.upper()
