"""Lists of rows that are worked out: sorted, cut into pages, and written into files."""

from dataclasses import dataclass

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory

from temp_portal.core.lists import Column, FileFormat, MemoryListView, cells, list_paths


def write(view):
    """The first letter."""
    return HttpResponse(view.get_rows()[0].letter)


@dataclass
class Row:
    """A letter and its number."""

    letter: str
    number: int


class Letters(MemoryListView):
    """The alphabet."""

    title = "Letters"
    columns = [
        Column("letter", "Letter", cells.text("letter"), sort=("letter",), export="letter", row_header=True),
        Column("number", "Number", cells.number("number"), sort=("number",), export="number", numeric=True),
        Column("drawn", "Drawn", cells.text("letter")),
    ]
    formats = [
        FileFormat("txt", ".txt", "Text", write),
        FileFormat("txt", ".txt", "Text, large", write, query="size=large"),
        FileFormat("secret", "-secret.txt", "Secret", write, offered=lambda _request: False),
    ]

    def get_rows(self):
        return [Row(letter, number) for number, letter in enumerate("zyxwvutsrqponmlkjihgfedcba", start=1)]


def asked(address: str, **kwargs: str):
    request = RequestFactory().get(address)
    request.user = AnonymousUser()
    view = Letters()
    view.setup(request, **kwargs)
    return view


@pytest.mark.parametrize(
    ("query", "letters"),
    [
        ("", "zyxwvutsrqponmlkjihg"),
        ("&after=20", "fedcba"),
        ("&before=20", "zyxwvutsrqponmlkjihg"),
        ("&after=99", "zyxwvutsrqponmlkjihg"),
        ("&after=-3", "zyxwvutsrqponmlkjihg"),
        ("&after=" + "9" * 30, "zyxwvutsrqponmlkjihg"),
        ("&sort=letter", "abcdefghijklmnopqrst"),
        ("&sort=-number&after=20", "uvwxyz"),
    ],
)
def test_pages_are_cut_in_the_order_asked_for(query, letters):
    page, count = asked(f"/letters/?size=20{query}").paginated()
    assert "".join(row.letter for row in page.rows) == letters
    assert count.value == 26


def test_pages_lead_to_each_other():
    first, _count = asked("/letters/?size=20").paginated()
    assert (first.previous, first.next, first.is_whole) == ("", "20", False)
    last, _count = asked("/letters/?size=20&after=20").paginated()
    assert (last.previous, last.next, last.rank) == ("20", "", 20)


def test_a_file_holds_every_row_and_the_columns_that_have_a_value():
    content = b"".join(asked("/letters/?sort=letter&size=20").export("csv")).decode("utf-8-sig").splitlines()
    assert content[:2] == ["Letter,Number", "a,26"]
    assert len(content) == 27


def test_further_files_have_addresses_and_are_offered_in_the_menu():
    patterns = {pattern.name: str(pattern.pattern) for pattern in list_paths("letters", Letters, name="letters")}
    assert patterns == {
        "letters": "letters/",
        "letters-csv": "letters.csv",
        "letters-xlsx": "letters.xlsx",
        "letters-txt": "letters.txt",
        "letters-secret": "letters-secret.txt",
    }
    assert asked("/letters/?sort=letter").get_page().files == [
        ("Text", "/letters.txt?sort=letter"),
        ("Text, large", "/letters.txt?sort=letter&size=large"),
    ]
    view = asked("/letters.txt")
    assert view.get(view.request, fmt="txt").content == b"z"
