"""The money of one project as its page shows it: amounts with their corrections, sums by kind, what is outstanding."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from projects.enums import MoneyKind
from projects.models import ConvertedMoney, MoneyEvent, Project
from projects.precision import precise
from temp_portal.core.markup import number
from temp_portal.core.money import round_half_up
from temp_portal.reports.queries import dictionaries, sql

Amounts = list[tuple[str, Decimal]]
_DIGITS_SHOWN: Final = 6

#: What a project still owes, and what others stand surety for: stocks, at the rates of the quarter's last day.
STOCKS: Final[dict[str, Promise]] = {"debt": _("Debt drawn and not repaid"), "guarantee": _("Guarantees")}


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount in another currency, with its rate, the day of the rate and who published it."""

    currency: str
    amount: Decimal
    rate: Decimal
    rate_date: date
    source: str

    @property
    def shown_rate(self) -> str:
        """The rate to six digits, for a reader; amounts are made of the whole one."""
        places = max(_DIGITS_SHOWN - 1 - self.rate.adjusted(), 0)
        rounded = round_half_up(self.rate, places)
        return number(rounded.normalize() if places else rounded)


@dataclass(slots=True)
class Line:
    """An amount as it stands, what it comes to, and the versions that it replaced, the last first."""

    event: MoneyEvent
    figures: list[Figure] = field(default_factory=list)
    earlier: list[MoneyEvent] = field(default_factory=list)

    @property
    def when(self) -> SafeString:
        """Its date, as much of it as is known."""
        return precise(self.event.event_date, self.event.date_precision)

    @property
    def missing(self) -> str:
        """Currencies to which there is no rate."""
        return _missing(self.figures)


@dataclass(frozen=True, slots=True)
class KindTotal:
    """Sums of one kind: `own` in each currency, `totals` in dollars and yuan, and by these what has no rate."""

    label: str
    own: Amounts
    totals: Amounts
    without: list[tuple[str, Amounts]]


@dataclass(frozen=True, slots=True)
class Outstanding:
    """A stock in its currency and what it comes to."""

    label: Promise
    currency: str
    amount: Decimal
    figures: list[Figure]

    @property
    def missing(self) -> str:
        """Currencies to which there is no rate."""
        return _missing(self.figures)


def _missing(figures: Iterable[Figure]) -> str:
    found = {figure.currency for figure in figures}
    return ", ".join(code for code in ("USD", "CNY") if code not in found)


def lines(project: Project) -> list[Line]:
    """Every amount once, by date; a cancelled one stands with the event that cancels it. Two queries."""
    events = MoneyEvent.objects.filter(project=project).select_related(
        "recorded_by", "payer_organisation", "receiver_organisation"
    )
    by_key = {event.pk: event for event in events}
    replaced = {event.supersedes_id for event in by_key.values()}
    found = {each.event_id: each for each in ConvertedMoney.objects.filter(project=project)}
    return [
        Line(event, figures_of(vars(found[event.pk])) if event.pk in found else [], _earlier(event, by_key))
        for event in by_key.values()
        if event.pk not in replaced
    ]


def _earlier(event: MoneyEvent, by_key: dict[Any, MoneyEvent]) -> list[MoneyEvent]:
    found = []
    while event.supersedes_id is not None:
        event = by_key[event.supersedes_id]
        found.append(event)
    return found


def figures_of(row: dict[str, Any]) -> list[Figure]:
    """Dollars and yuan of a row that has both with rate, day and source."""
    return [
        Figure(name.upper(), row[name], row[f"{name}_rate"], row[f"{name}_rate_date"], row[f"{name}_source"])
        for name in ("usd", "cny")
        if row[name] is not None
    ]


def totals(project: Project) -> list[KindTotal]:
    """Sums by kind in the order of the kinds; kinds are never added to each other. Two queries."""
    money = ConvertedMoney.objects.filter(project=project)
    sums = {row["kind"]: row for row in money.by_kind()}
    own: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in money.by_kind_and_currency():
        own[row["kind"]].append(row)
    return [_total(kind, sums[kind], own[kind]) for kind in MoneyKind if kind in sums]


def _total(kind: MoneyKind, sums: dict[str, Any], own: Sequence[dict[str, Any]]) -> KindTotal:
    converted = [(code, sums[f"{code.lower()}_total"]) for code in ("USD", "CNY")]
    missing = [(code, _amounts(own, f"without_{code.lower()}")) for code in ("USD", "CNY")]
    return KindTotal(
        label=str(kind.label),
        own=_amounts(own, "own"),
        totals=[(code, total) for code, total in converted if total is not None],
        without=[(code, amounts) for code, amounts in missing if amounts],
    )


def _amounts(rows: Iterable[dict[str, Any]], name: str) -> Amounts:
    return [(row["currency"], row[name]) for row in rows if row[name] is not None]


def outstanding(project: Project, day: date) -> list[Outstanding]:
    """Stocks at the end of `day`, the last one of a quarter. One query."""
    rows = dictionaries(sql("projects", "outstanding"), {"project": project.pk, "day": day})
    return [Outstanding(STOCKS[row["what"]], row["currency"], row["amount"], figures_of(row)) for row in rows]
