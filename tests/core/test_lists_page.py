"""A list page: what the address says is what is shown, in few queries, and nothing a reader types breaks it."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from members.models import Organisation

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.core.list_example")]

URL = "/listing/organisations/"


def firms(count: int, **fields: Any) -> None:
    Organisation.objects.bulk_create(
        Organisation(
            **{
                "legal_name": f"Firm {number:03}",
                "legal_name_language": "en",
                "name_en": f"Firm {number:03}",
                "search_key": f" firm {number:03}",
                "country": "CN",
            }
            | fields
        )
        for number in range(count)
    )


def names(body: str) -> list[str]:
    return re.findall(r'<th scope="row">(?:<a [^>]*>)?([^<]+)', body)


def page(client: Client, query: str = "", **headers: str) -> str:
    response = client.get(URL + query, headers=headers)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("count", [1, 3, 19])
def test_queries_do_not_grow_with_rows(
    client: Client, count: int, django_assert_num_queries: Callable[[int], Any]
) -> None:
    """A whole list needs its rows and nothing else; the parent is joined, not asked for row by row."""
    parent = Organisation.objects.create(legal_name="Parent", country="KZ")
    firms(count, parent=parent)
    with django_assert_num_queries(2):  # the filter's choices of parents, the rows
        body = page(client, "?cols=name,parent")
    assert body.count("<tr>") == count + 2  # head and parent


def test_pages_and_their_wording(client: Client) -> None:
    firms(45)
    body = page(client)
    assert "1–20 of 45" in body
    assert "Previous" not in body
    following = re.search(r'href="(\?after=[^"]+)" rel="next"', body)
    assert following
    second = page(client, following[1])
    assert names(second) == [f"Firm {number:03}" for number in range(20, 40)]
    assert "21–40 of 45" in second
    back = re.search(r'href="(\?before=[^"]+)" rel="prev"', second)
    assert back
    assert names(page(client, back[1])) == names(body)


def test_order_lives_in_the_address(client: Client) -> None:
    firms(3)
    body = page(client, "?sort=-name")
    assert names(body) == ["Firm 002", "Firm 001", "Firm 000"]
    assert 'aria-sort="descending"><a class="sort" href="?sort=name"' in body
    assert body.count("aria-sort") == 1


def test_columns_live_in_the_address(client: Client) -> None:
    firms(1)
    body = page(client, "?cols=website,country")
    assert re.findall(r'data-l="([^"]+)"', body) == ["Country", "Website"]
    assert "Columns, 3 of 9" in body
    assert re.findall(r'data-l="([^"]+)"', page(client, "?cols=website&cols=country")) == ["Country", "Website"]


def test_rows_are_compact_when_the_address_says_so(client: Client) -> None:
    firms(60)
    assert "compact" not in re.search(r'<table class="([^"]+)"', page(client))[1]  # type: ignore[index]
    body = page(client, "?density=compact&sort=-name")
    assert '<table class="t roster compact">' in body
    assert re.search(r'href="\?density=compact&amp;sort=-name&amp;after=', body)
    # The form that chooses columns says it itself and does not carry it along a second time.
    assert '<input class="form-check-input" type="radio" name="density" value="compact" checked>' in body
    assert body.count('type="hidden" name="density"') == 1


def test_every_head_has_a_scope_and_the_table_a_caption(client: Client) -> None:
    firms(2)
    body = page(client)
    assert '<caption class="visually-hidden">Organisations</caption>' in body
    assert len(re.findall(r"<th\b", body)) == len(re.findall(r'<th scope="(?:col|row)"', body))
    assert 'aria-label="Select Firm 000"' in body


def test_filters_become_chips_that_can_be_removed(client: Client) -> None:
    firms(2, status="dissolved", registered_on=date(2021, 5, 6))
    firms(1, country="KZ")
    body = page(client, "?status=dissolved&country=CN&registered_after=2021-01-01&sort=-name&cols=name")
    assert "Status: dissolved" in body
    assert "Country: CN" in body
    assert "Registered: from 1 Jan 2021" in body
    assert "Clear 3 filters" in body
    assert 'href="?status=dissolved&amp;registered_after=2021-01-01&amp;sort=-name&amp;cols=name"' in body
    assert 'href="?sort=-name&amp;cols=name"' in body
    assert '<input type="hidden" name="sort" value="-name">' in body
    assert names(body) == ["Firm 001", "Firm 000"]


def test_several_values_are_all_named(client: Client) -> None:
    firms(1, status="dissolved")
    assert "Status: dissolved, active" in page(client, "?status=dissolved&status=active")


def test_a_filter_that_is_not_understood_is_reported_and_not_applied(client: Client) -> None:
    firms(2)
    body = page(client, "?kind=nonsense")
    assert "Kind: not understood" in body
    assert "Select a valid choice" in body
    assert len(names(body)) == 2


def test_search_and_its_hint(client: Client) -> None:
    firms(3)
    assert names(page(client, "?q=001")) == ["Firm 001"]
    assert "only words that begin with it are found" in page(client, "?q=fi")


def test_empty_because_of_filters_leads_back(client: Client) -> None:
    firms(1)
    body = page(client, "?q=zzzz&sort=name")
    assert "Nothing matches these filters." in body
    assert 'href="?sort=name">Clear all filters' in body


def test_empty_because_nothing_is_there_says_what_to_do(client: Client) -> None:
    body = page(client)
    assert "No organisation yet." in body
    assert 'href="/organisations/add/">Add an organisation' in body


def test_cells_are_escaped(client: Client) -> None:
    firms(1, name_en="<script>alert(1)</script>", city="<b>x</b>")
    body = page(client)
    assert "<script>alert(1)" not in body
    assert "&lt;script&gt;alert(1)" in body
    assert "<b>x</b>" not in body


@pytest.mark.parametrize(
    "query",
    [
        "?sort=nonsense",
        "?sort=--name",
        "?sort=kind",
        "?cols=,,nonsense",
        "?after=forged&before=forged",
        "?size=1000000",
        "?q=%00%ff",
        "?parent=abc",
        "?registered_after=2021-13-45",
        "?q=" + "x" * 5000,
    ],
)
def test_no_address_breaks_the_list(client: Client, query: str) -> None:
    firms(3)
    response = client.get(URL + query)
    assert response.status_code == 200


def test_bulk_selection_counts_exactly(client: Client) -> None:
    firms(30)
    firms(2, country="KZ")
    keys = list(Organisation.objects.values_list("pk", flat=True)[:3])
    assert client.post(URL, {"pick": keys}).content == b"3 False"
    assert client.post(f"{URL}?country=KZ", {"all": "1"}).content == b"2 True"
    assert client.post(f"{URL}?country=KZ", {"pick": [keys[0], "x", ""]}).content == b"0 False"
