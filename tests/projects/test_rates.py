"""Rates: which one holds on a day, crossed where it must be, and what has none stays in its own currency."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from projects.models import ConvertedMoney, ExchangeRate
from tests.factories import MoneyEventFactory
from tests.projects.conversion import DIGITS, Rate, rate_on

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 16)
CODES = ["USD", "EUR", "CNY", "KZT", "IRR"]


def publish(*rates):
    ExchangeRate.objects.bulk_create(
        ExchangeRate(
            base=rate.base,
            quote=rate.quote,
            date=rate.date,
            rate=rate.rate,
            source=rate.source,
            precision="year" if rate.yearly else "day",
        )
        for rate in rates
    )


def found(origin, target, day=DAY, *, yearly=False, named=""):
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM exchange_rate_on(%s, %s, %s, %s, %s)", [origin, target, day, yearly, named])
        return cursor.fetchone()


def converted(**event):
    return ConvertedMoney.objects.get(event=MoneyEventFactory.create(**{"event_date": DAY} | event))


RATES = st.lists(
    st.builds(
        Rate,
        base=st.sampled_from(CODES),
        quote=st.sampled_from(CODES),
        date=st.sampled_from([DAY, DAY - timedelta(days=3), DAY - timedelta(days=10), DAY.replace(month=1, day=1)]),
        rate=st.decimals(min_value="0.0001", max_value="99999", places=4),
        source=st.sampled_from(["bank", "market"]),
        yearly=st.booleans(),
    ).filter(lambda rate: rate.base != rate.quote and (not rate.yearly or rate.date.month == 1)),
    max_size=9,
    unique_by=lambda rate: rate._replace(rate=Decimal(0), yearly=False),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(RATES, st.sampled_from(CODES), st.sampled_from(CODES), st.booleans(), st.sampled_from(["", "bank"]))
def test_the_database_finds_the_rate_that_the_rules_name(rates, origin, target, yearly, named):
    with transaction.atomic():
        publish(*rates)
        answer = found(origin, target, yearly=yearly, named=named)
        transaction.set_rollback(True)
    expected = rate_on(rates, origin, target, DAY, yearly=yearly, named=named)
    assert (answer is None) == (expected is None)
    if expected is not None:
        assert answer[1] == expected[1]
        assert abs(answer[0] / expected[0] - 1) < DIGITS


def test_the_last_rate_within_ten_days_counts_and_none_before():
    publish(Rate("USD", "CNY", DAY - timedelta(days=10), Decimal("7.1")))
    assert found("USD", "CNY") == (Decimal("7.1"), DAY - timedelta(days=10), "bank")
    assert found("USD", "CNY", DAY + timedelta(days=1)) is None
    assert found("USD", "CNY", DAY - timedelta(days=11)) is None


def test_legs_of_different_days_are_not_crossed():
    publish(Rate("EUR", "USD", DAY, Decimal("1.1")), Rate("EUR", "CNY", DAY - timedelta(days=1), Decimal("7.7")))
    assert found("USD", "CNY") is None


def test_the_average_of_a_year_serves_that_years_events_only():
    publish(Rate("USD", "CNY", date(2026, 1, 1), Decimal(7), "World Bank", yearly=True))
    whole_year = converted(currency="CNY", amount=Decimal(70), date_precision="year")
    assert (whole_year.usd.quantize(Decimal("0.01")), whole_year.usd_source) == (Decimal(10), "World Bank")
    assert converted(currency="CNY", amount=Decimal(70)).usd is None


def test_a_rate_recorded_with_the_event_wins_and_leads_to_the_yuan():
    publish(Rate("USD", "KZT", DAY, Decimal(500)), Rate("USD", "CNY", DAY, Decimal(7)))
    money = converted(currency="KZT", amount=Decimal(1000), rate_to_usd=Decimal("0.004"), rate_source="contract")
    assert (money.usd, money.usd_source, money.recorded) == (Decimal(4), "contract", True)
    assert (money.cny, money.cny_source) == (Decimal(28), "contract × bank")
    assert converted(currency="KZT", amount=Decimal(1000)).usd.normalize() == Decimal(2)


def test_the_rial_needs_the_source_that_counts():
    publish(Rate("USD", "IRR", DAY, Decimal(42_000), "official"), Rate("USD", "IRR", DAY, Decimal(600_000), "market"))
    assert found("IRR", "USD") is None
    assert converted(currency="IRR", amount=Decimal(4_200_000), rate_source="official").usd.quantize(1) == 100
    with pytest.raises(IntegrityError), transaction.atomic():
        MoneyEventFactory.create(currency="IRR")


@pytest.mark.parametrize(("kind", "finance"), [("guarantee", "421"), ("equity_in", "110"), ("contract_value", "510")])
def test_a_finance_type_goes_with_its_kind(kind, finance):
    with pytest.raises(IntegrityError), transaction.atomic():
        MoneyEventFactory.create(kind=kind, finance_type=finance)
