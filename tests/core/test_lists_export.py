"""A download holds exactly the rows, the order and the columns on screen, on all pages."""

import csv
import io
from collections.abc import Iterable
from datetime import date
from typing import cast

import pytest
from django.http import StreamingHttpResponse
from django.test import Client
from python_calamine import CalamineWorkbook

from members.models import Organisation

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.core.list_example")]


@pytest.fixture
def firms() -> None:
    Organisation.objects.bulk_create(
        Organisation(
            legal_name=f"=Firm {number:03}",
            search_key=f" firm {number:03}",
            country=["CN", "KZ"][number % 2],
            registered_on=date(2021, 3, 14),
            registered_capital="1250.50",
            capital_currency="CNY",
        )
        for number in range(120)
    )


def content(client: Client, address: str) -> bytes:
    response = client.get(address)
    assert response.status_code == 200
    assert "attachment" in response.headers["Content-Disposition"]
    stream = cast(StreamingHttpResponse, response).streaming_content
    return b"".join(cast(Iterable[bytes], stream))


def test_csv_has_all_pages_in_the_order_and_columns_of_the_screen(client: Client, firms: None) -> None:
    body = content(client, "/listing/organisations.csv?country=KZ&sort=-name&cols=name,country,registered")
    rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))
    assert rows[0] == ["Organisation", "Country", "Registered"]
    assert len(rows) == 61
    assert rows[1] == ["'=Firm 119", "Kazakhstan", "2021-03-14"]
    assert rows[-1][0] == "'=Firm 001"


def test_xlsx_has_typed_cells_and_no_formula(client: Client, firms: None) -> None:
    body = content(client, "/listing/organisations.xlsx?q=firm+005&cols=name,capital,registered")
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(body)).get_sheet_by_index(0)
    assert sheet.to_python() == [
        ["Organisation", "Capital", "Registered"],
        ["=Firm 005", 1250.5, date(2021, 3, 14)],
    ]


def test_a_page_position_does_not_shorten_a_download(client: Client, firms: None) -> None:
    page = client.get("/listing/organisations/").content.decode()
    assert 'href="/listing/organisations.csv"' in page
    assert content(client, "/listing/organisations.csv?size=20").count(b"\n") == 121
