"""The ledger of seats over the five quarters of a report: what was held at each bound, what came and went between.

Semantics (a quarter is a half-open interval of days [s, e)):

- held on a day: a period known at the cut-off contains it; a seat has at most one such period a day;
- admitted: its first period begins in the quarter; left or expelled: its last one ends in it (`upper` is the first day
  of not being a member). A change of particulars and a suspension are neither;
- class: that of s−1 for the opening, of the day for an admission, of the last day as a member for an exit;
- reclassified: held on d−1 and d in different classes, d in the quarter.

So for every class opening + admitted − left − expelled + reclassified in − out = closing.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from committees.report_sections import queries
from committees.report_sections.classes import OBSERVER, UNVERIFIED
from temp_portal.reports.basis import Basis
from temp_portal.reports.figures import WINDOW
from temp_portal.reports.queries import dictionaries

FLOWS: Final = ("admitted", "left", "expelled", "recl_in", "recl_out")
BOUNDS: Final = WINDOW + 1

#: Counts by (name of the figure, class, index of the bound or quarter).
Counts = Counter[tuple[str, str, int]]


@dataclass
class Ledger:
    """Stocks at the six bounds and flows of the five quarters, by class; of all seats those suspended, and how many
    organisations hold them (zeros for a single committee, where these are the seats).
    """

    counts: Counts = field(default_factory=Counter)
    suspended: list[int] = field(default_factory=lambda: [0] * BOUNDS)
    organisations: list[int] = field(default_factory=lambda: [0] * BOUNDS)

    def held(self, classes: Iterable[str]) -> list[int]:
        """Seats of these classes on the day before each bound."""
        return self._sums("held", classes, BOUNDS)

    def flow(self, name: str, classes: Iterable[str]) -> list[int]:
        """One of `FLOWS` in each quarter."""
        return self._sums(name, classes, WINDOW)

    def _sums(self, name: str, classes: Iterable[str], length: int) -> list[int]:
        wanted = tuple(classes)
        return [sum(self.counts[name, kind, index] for kind in wanted) for index in range(length)]


def seat_ledger(basis: Basis) -> Ledger:
    """Count the ledger, once for all tables of a report."""
    return basis.shared("seat_ledger", _count)


def _count(basis: Basis) -> Ledger:
    ledger = Ledger()
    for row in dictionaries(queries.SEATS, basis.parameters):
        # What no verified ownership claims stays unverified.
        _add(ledger, row, UNVERIFIED if row["voting"] else OBSERVER)
    for row in dictionaries(queries.OWNED, basis.parameters):
        _move(ledger.counts, row)
    for row in dictionaries(queries.RECLASSIFICATIONS, basis.parameters):
        ledger.counts["recl_in", row["target"], row["bucket"] - 1] += row["seats"]
        ledger.counts["recl_out", row["source"], row["bucket"] - 1] += row["seats"]
    if basis.scope is None or len(basis.scope) > 1:
        for row in dictionaries(queries.ORGANISATIONS, basis.parameters):
            for bound in range(BOUNDS):
                ledger.organisations[bound] += row["organisations"] if row["bounds"] >> bound & 1 else 0
    return ledger


def _add(ledger: Ledger, row: dict[str, Any], kind: str) -> None:
    for name, index in _figures(row):
        ledger.counts[name, kind, index] += row["seats"]
    for bound in _bounds(row):
        ledger.suspended[bound] += row["suspended"]


def _move(counts: Counts, row: dict[str, Any]) -> None:
    """Count the seats in their class instead of among the unverified."""
    for name, index in _figures(row):
        counts[name, row["class"], index] += row["seats"]
        counts[name, UNVERIFIED, index] -= row["seats"]


def _figures(row: dict[str, Any]) -> Iterable[tuple[str, int]]:
    """Names and places of the figures in which a cell of the cube counts."""
    for bound in _bounds(row):
        yield "held", bound
    if row["entry"] and 1 <= row["begins"] <= WINDOW:
        yield row["entry"], row["begins"] - 1
    if row["exit"] and 1 <= row["ends"] <= WINDOW:
        yield row["exit"], row["ends"] - 1


def _bounds(row: dict[str, Any]) -> range:
    """Bounds b whose day b−1 lies in the interval: begins < b and ends ≥ b."""
    return range(row["begins"], row["ends"])
