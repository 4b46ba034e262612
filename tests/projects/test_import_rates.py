"""Rates come in as published: a day a row with a column a currency, a year a row by country, or one by one."""

import os
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from projects.models import ExchangeRate
from tests.importing import counts, run_import, write_csv

pytestmark = pytest.mark.django_db
DAILY = [
    {"Date": "2026-03-16", "USD": "1.1172", "CNY": "7.4326", "ROL": "N/A", "": ""},
    {"Date": "2026-03-13", "USD": "1.113", "CNY": "7.4144", "ROL": "36500", "": ""},
]


def rates(**which):
    found = ExchangeRate.objects.filter(**which).order_by("date", "base", "quote")
    return [(each.base, each.quote, str(each.date), each.rate.normalize(), each.precision) for each in found]


def test_a_row_a_day_with_a_column_for_each_currency(tmp_path):
    path = write_csv(tmp_path / "daily.csv", DAILY)
    assert counts(run_import("rates", path)) == (2, 0, 0, 0)
    assert rates(date=date(2026, 3, 16)) == [
        ("EUR", "CNY", "2026-03-16", Decimal("7.4326"), "day"),
        ("EUR", "USD", "2026-03-16", Decimal("1.1172"), "day"),
    ]
    assert rates(quote="ROL")[0][3] == Decimal(36500)
    assert counts(run_import("rates", path)) == (0, 0, 2, 0)
    write_csv(path, [DAILY[0] | {"CNY": "7.5", "ROL": "4"}, DAILY[1]])
    assert counts(run_import("rates", path)) == (0, 1, 1, 0)
    assert rates(quote="CNY", date=date(2026, 3, 16))[0][3] == Decimal("7.5")
    assert ExchangeRate.objects.get(quote="CNY", date=date(2026, 3, 16)).events.get().rate == Decimal("7.4326")


def yearly(country, year, rate):
    return {"country": country, "year": year, "lcu_per_usd": rate}


def test_a_year_by_country_knows_older_currencies_and_common_ones(tmp_path):
    rows = [
        yearly("Romania", "2000", "2.17"),
        yearly("Germany", "1998", "1.76"),
        yearly("Euro area", "2000", "1.08"),
        yearly("Benin", "2000", "712"),
        yearly("Togo", "2000", "712"),
        yearly("Ghana", "2012", "1.8"),
        yearly("Ecuador", "2012", "1"),
        yearly("Atlantis", "2012", "1"),
        yearly("Zambia", "2012", "0"),
    ]
    summary = run_import("rates", write_csv(tmp_path / "yearly.csv", rows))
    assert counts(summary) == (5, 0, 1, 3)
    assert {error["row"] for error in summary["errors"]} == {8, 9, 10}
    assert rates() == [
        ("USD", "DEM", "1998-01-01", Decimal("1.76"), "year"),
        ("USD", "EUR", "2000-01-01", Decimal("1.08"), "year"),
        ("USD", "ROL", "2000-01-01", Decimal(21700), "year"),
        ("USD", "RON", "2000-01-01", Decimal("2.17"), "year"),
        ("USD", "XOF", "2000-01-01", Decimal(712), "year"),
        ("USD", "GHS", "2012-01-01", Decimal("1.8"), "year"),
    ]


@pytest.mark.parametrize(
    "wrong",
    [{"rate": "-1"}, {"rate": "dear"}, {"quote": "USD"}, {"quote": "ABC"}, {"date": "2026-03"}, {"source": ""}],
)
def test_a_bad_row_is_named_and_the_others_come_in(tmp_path, wrong):
    good = {"date": "2026-03-16", "base": "USD", "quote": "UZS", "rate": "12700.5", "source": "CBU"}
    summary = run_import("rates", write_csv(tmp_path / "own.csv", [good, good | {"quote": "KGS"} | wrong]))
    assert counts(summary) == (1, 0, 0, 1)
    assert {error["row"] for error in summary["errors"]} == {3}
    assert rates() == [("USD", "UZS", "2026-03-16", Decimal("12700.5"), "day")]


@pytest.mark.sample_data
def test_the_published_series():
    folder = Path(os.environ["SAMPLE_DATA"]) / "fx"
    daily = run_import("rates", folder / "eurofxref-hist.csv")
    assert (daily["rows"], daily["rejected"]) == (7126, 0)
    whole = run_import("rates", folder / "wb_official_rate_lcu_per_usd.csv")
    assert whole["rows"] == 10595
    assert whole["rejected"] < 400
    assert counts(run_import("rates", folder / "wb_official_rate_lcu_per_usd.csv"))[:2] == (0, 0)
