"""How much money stands in which country and currency, and how much it leans on few countries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from django.utils.translation import gettext as _
from django_countries import countries

from projects.enums import MoneyKind
from projects.totals import SEVERAL, MoneyTotal, money_totals
from temp_portal.core.markup.figures import number

#: What is shown side by side, and never added.
KINDS: Final = (MoneyKind.COMMITTED, MoneyKind.DISBURSED)


@dataclass
class Amounts:
    """Money of one kind in one place: in its own currencies, in dollars, and what has no rate to dollars."""

    own: dict[str, Decimal] = field(default_factory=dict)
    usd: Decimal = Decimal(0)
    without_usd: dict[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Place:
    """A country (or what has none), with its amounts by kind, and its part of what is committed."""

    key: str
    name: str
    amounts: dict[MoneyKind, Amounts]
    part: Fraction | None

    @property
    def committed(self) -> Amounts:
        return self.amounts[MoneyKind.COMMITTED]

    @property
    def disbursed(self) -> Amounts:
        return self.amounts[MoneyKind.DISBURSED]

    @property
    def is_country(self) -> bool:
        """Whether it is one country."""
        return self.key not in ("", SEVERAL)


@dataclass(frozen=True, slots=True)
class CurrencyRow:
    """A currency, with the sums of both kinds over all countries."""

    currency: str
    committed: Decimal
    disbursed: Decimal


@dataclass(frozen=True, slots=True)
class Exposure:
    """`concentration` is None without any commitment of a known country in dollars."""

    places: Sequence[Place]
    currencies: Sequence[CurrencyRow]
    concentration: Fraction | None

    @property
    def as_if(self) -> Fraction | None:
        """How many countries with equal parts would give the same concentration."""
        return 1 / self.concentration if self.concentration else None

    @property
    def index(self) -> str:
        """The concentration to four places."""
        return number(_decimal(self.concentration), 4)

    @property
    def as_if_shown(self) -> str:
        """The number of countries to one place."""
        return number(_decimal(self.as_if), 1)


def _decimal(exact: Fraction | None) -> Decimal | None:
    return Decimal(exact.numerator) / Decimal(exact.denominator) if exact is not None else None


def herfindahl(amounts: Iterable[Decimal]) -> Fraction | None:
    """Sum of the squared parts: 1 if all is in one place, 1/n if n places have equal parts. None of nothing. Exact."""
    exact = [Fraction(amount) for amount in amounts]
    whole = sum(exact)
    return sum(((each / whole) ** 2 for each in exact), Fraction(0)) if whole else None


def exposure_of(projects: Any) -> Exposure:
    """What is committed and disbursed of these projects, up to today. One query."""
    totals = [each for each in money_totals(projects, "country") if each.kind in KINDS]
    keys = sorted({each.key for each in totals})
    found = {key: {kind: _amounts(totals, key, kind) for kind in KINDS} for key in keys}
    committed = {key: found[key][MoneyKind.COMMITTED].usd for key in keys if key not in ("", SEVERAL)}
    whole = sum(committed.values())
    places = [
        Place(key, _name(key), found[key], Fraction(committed[key]) / Fraction(whole) if committed.get(key) else None)
        for key in keys
    ]
    places.sort(key=lambda each: (not each.is_country, -each.committed.usd, each.name))
    return Exposure(places, _currencies(totals), herfindahl(committed.values()))


def _amounts(totals: Iterable[MoneyTotal], key: str, kind: MoneyKind) -> Amounts:
    total = next((each for each in totals if each.key == key and each.kind == kind), None)
    return Amounts(total.own, total.usd or Decimal(0), total.without_usd) if total else Amounts()


def _currencies(totals: Iterable[MoneyTotal]) -> list[CurrencyRow]:
    sums: dict[str, dict[MoneyKind, Decimal]] = {}
    for each in totals:
        for currency, amount in each.own.items():
            row = sums.setdefault(currency, dict.fromkeys(KINDS, Decimal(0)))
            row[each.kind] += amount
    return [
        CurrencyRow(currency, row[MoneyKind.COMMITTED], row[MoneyKind.DISBURSED])
        for currency, row in sorted(sums.items())
    ]


def _name(key: str) -> str:
    if key == SEVERAL:
        return _("Several countries, shares unknown")
    return countries.name(key) if key else _("No country named")
