"""Rates on their pages: found by currency and source, written by hand with what is wrong said beside the field."""

from datetime import date
from decimal import Decimal

import pytest

from projects.models import ExchangeRate
from temp_portal.accounts.enums import Role
from tests.factories import user_with, with_second_factor

pytestmark = pytest.mark.django_db
NEW = {"base": "USD", "quote": "uzs", "rate": "12 700.5", "when": "2026-03-16", "source": "Central bank"}


@pytest.fixture
def staff(client):
    client.force_login(with_second_factor(user_with(Role.STAFF)))
    return client


def test_a_rate_is_written_put_right_and_removed(staff):
    assert staff.post("/rates/new/", NEW).status_code == 302
    rate = ExchangeRate.objects.get()
    assert (rate.quote, rate.rate, rate.precision) == ("UZS", Decimal("12700.5"), "day")
    assert 'value="12700.5"' in staff.get(rate.edit_url).content.decode()
    staff.post(rate.edit_url, NEW | {"rate": "12701", "when": "2026"})
    rate.refresh_from_db()
    assert (rate.rate, rate.date, rate.precision) == (Decimal(12701), date(2026, 1, 1), "year")
    staff.post(f"{rate.edit_url}remove/")
    assert not ExchangeRate.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("rate", "0", "above zero"),
        ("rate", "1,2345", "two ways"),
        ("rate", "NaN", "not a number"),
        ("quote", "USD", "between two currencies"),
        ("quote", "ABC", "no currency"),
        ("when", "2026-03", "average of a year"),
        ("when", "2999-01-01", "future"),
        ("source", "", "required"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(staff, field, value, said):
    page = staff.post("/rates/new/", NEW | {field: value})
    assert page.status_code == 200
    assert said in page.content.decode()
    assert 'value="2026-03-16"' in page.content.decode() or field == "when"
    assert not ExchangeRate.objects.exists()


def test_a_rate_that_is_on_record_is_not_recorded_twice(staff):
    staff.post("/rates/new/", NEW)
    assert "already exists" in staff.post("/rates/new/", NEW).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_one_row_and_three(staff, django_assert_num_queries, rows):
    for day in range(1, rows + 1):
        ExchangeRate.objects.create(base="EUR", quote="CNY", date=date(2026, 3, day), rate=Decimal("7.8"), source="ECB")
    with django_assert_num_queries(23):
        page = staff.get("/rates/", {"currency": "CNY", "source": "ECB"}).content.decode()
    assert page.count("EUR → CNY") == rows
    assert "EUR → CNY" not in staff.get("/rates/", {"year": "2025"}).content.decode()
