"""The rules of conversion said a second time, in plain Python, to compare the database's answers with."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal, localcontext
from itertools import product
from typing import NamedTuple

#: Digits that both sides must agree on: the database keeps at least sixteen of a quotient.
DIGITS = Decimal("1e-14")


class Rate(NamedTuple):
    """Units of `quote` for one of `base`, on a day or (yearly) on average of the year that begins on it."""

    base: str
    quote: str
    date: date
    rate: Decimal
    source: str = "bank"
    yearly: bool = False


def rate_on(
    rates: Iterable[Rate], origin: str, target: str, day: date, *, yearly: bool = False, named: str = ""
) -> tuple[Decimal, date] | None:
    """Units of `target` for one of `origin`, and the day of the rate; None without one."""
    if origin == target:
        return Decimal(1), day
    days = [day.replace(month=1, day=1)] if yearly else [day - timedelta(days=back) for back in range(11)]
    known = [rate for rate in rates if rate.yearly == yearly]
    for each in days:
        if ways := list(_ways([rate for rate in known if rate.date == each], origin, target, named)):
            return min(ways)[-1], each
    return None


def _ways(rates: list[Rate], origin: str, target: str, named: str) -> Iterable[tuple[int, str, Decimal]]:
    """(legs, sources, factor) of every way from one currency to the other on one day."""
    with localcontext(prec=60):
        legs = [(rate.base, rate.quote, rate.rate, rate.source) for rate in rates]
        legs += [(rate.quote, rate.base, 1 / rate.rate, rate.source) for rate in rates]
        firsts = [leg for leg in legs if leg[0] == origin and (leg[3] == named or (not named and origin != "IRR"))]
        lasts = [leg for leg in legs if leg[1] == target]
        via = {"EUR", "USD"} - {origin, target}
        for leg in firsts:
            if leg[1] == target:
                yield 1, leg[3], leg[2]
        for one, two in product(firsts, lasts):
            if one[1] == two[0] and one[1] in via:
                yield 2, one[3] if one[3] == two[3] else f"{one[3]} × {two[3]}", one[2] * two[2]
        for one, middle, two in product(firsts, legs, lasts):
            if one[1] == middle[0] and middle[1] == two[0] and {one[1], two[0]} <= via:
                sources = " × ".join(sorted({one[3], middle[3], two[3]}))
                yield 3, sources, one[2] * middle[2] * two[2]
