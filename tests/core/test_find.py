"""The search everywhere: each kind within what the reader may see, first hits and a way to all."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import QuerySet
from django.test import Client

from members.models import Organisation
from temp_portal.core.find import HITS, Finder
from temp_portal.core.markup import name_tag
from temp_portal.core.search import SearchQuery

pytestmark = pytest.mark.django_db


def visible(_reader: Any) -> QuerySet[Organisation]:
    return Organisation.objects.exclude(country="RU")


FINDER = Finder(
    label="Organisations",
    rows=visible,
    title=lambda row: name_tag(row, native="legal_name", url=row.get_absolute_url()),
    note=lambda row: row.city,
    list_url="members:organisation-list",
    order=("legal_name",),
)


def firms(count: int, **fields: Any) -> None:
    for number in range(count):
        Organisation.objects.create(legal_name=f"特变电工 {number:02}", city="Urumqi", **{"country": "CN"} | fields)


def test_first_hits_and_the_way_to_all(django_assert_num_queries: Callable[[int], Any]) -> None:
    firms(HITS + 3)
    with django_assert_num_queries(1):
        found = FINDER.find(None, SearchQuery("tebian"))
    assert found is not None
    assert len(found.hits) == HITS
    assert "特变电工 00" in found.hits[0].title
    assert found.hits[0].note == "Urumqi"
    assert found.more_url == "/organisations/?q=tebian"


def test_few_hits_need_no_way_to_all_and_none_is_none() -> None:
    firms(2)
    found = FINDER.find(None, SearchQuery("тэбянь"))
    assert found is not None
    assert len(found.hits) == 2
    assert found.more_url == ""
    assert FINDER.find(None, SearchQuery("nowhere")) is None


def test_what_a_reader_may_not_see_is_not_found() -> None:
    firms(1, country="RU")
    assert FINDER.find(None, SearchQuery("特变")) is None


def test_the_page_shows_every_kind(client: Client) -> None:
    firms(1)
    body = client.get("/search/", {"q": "特变"}).content.decode()
    assert "<h2>Organisations</h2>" in body
    assert "特变电工 00" in body
    assert 'value="特变"' in body


@pytest.mark.parametrize("typed", ["", "   ", "\x00", "%%%", "x" * 5000, "'; drop table"])
def test_nothing_typed_breaks_the_page(client: Client, typed: str) -> None:
    assert client.get("/search/", {"q": typed}).status_code == 200


def test_a_short_word_is_explained(client: Client) -> None:
    assert "only words that begin with it are found" in client.get("/search/?q=te").content.decode()
