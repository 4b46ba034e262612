"""A rate a week of the currencies of the demonstration: invented, so that amounts can be seen in dollars and yuan."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from projects.models import ExchangeRate

SOURCE = "Demonstration"
# Units of the currency for one US dollar, around which the rates of the demonstration move.
RATES = {"USD": Decimal(1), "CNY": Decimal("7.1"), "RUB": Decimal("80"), "KZT": Decimal("520")}
#: How far a rate moves from the middle in the course of a year, in thousandths, quarter by quarter.
SWING = (0, 15, 5, -10)


def weekly(start: date, today: date) -> Iterator[ExchangeRate]:
    """Rates of the dollar for every Monday from the first one on or before `start` to `today`."""
    day = start - timedelta(days=start.weekday())
    while day <= today:
        moved = 1 + Decimal(SWING[(day.month - 1) // 3]) / 1000
        for quote, rate in RATES.items():
            if quote != "USD":
                yield ExchangeRate(base="USD", quote=quote, date=day, rate=rate * moved, source=SOURCE)
        day += timedelta(days=7)
