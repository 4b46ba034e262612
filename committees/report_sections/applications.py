"""The counts behind T6 and the applications in T1; what each of them means stands in `funnel`."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from committees.models.procedure import DECISION_WORKING_DAYS
from committees.report_sections import queries
from committees.report_sections.classes import APPLICANT_ROWS
from committees.workdays import WEEKDAYS
from temp_portal.reports.basis import Basis
from temp_portal.reports.figures import WINDOW, Missing, Reason
from temp_portal.reports.figures.values import plain
from temp_portal.reports.queries import dictionaries

LAST: Final = WINDOW - 1


@dataclass
class Funnel:
    """Applications by row, name of the figure and index of the quarter (of the bound for `open`)."""

    counts: Counter[tuple[str, str, int]] = field(default_factory=Counter)
    medians: dict[tuple[str, str, int], Decimal] = field(default_factory=dict)

    def flow(self, row: str, name: str) -> list[int]:
        """Applications in each quarter of the window."""
        return [self.counts[row, name, index] for index in range(WINDOW)]

    def open(self, row: str) -> list[int]:
        """Applications open at each bound of the window."""
        return [self.counts[row, "open", index] for index in range(WINDOW + 1)]

    def median(self, row: str, name: str, index: int) -> Decimal | Missing:
        """Median days of the decisions, missing where there were none."""
        return self.medians.get((row, name, index), Missing(Reason.NOTHING_TO_MEASURE))


def application_funnel(basis: Basis) -> Funnel:
    """Count the funnel, once for all tables of a report."""
    return basis.shared("application_funnel", _count)


def _count(basis: Basis) -> Funnel:
    funnel = Funnel()
    for row in dictionaries(queries.APPLICATIONS, funnel_parameters(basis)):
        place = row["row"], row["name"], row["index"]
        funnel.counts[place] = row["applications"]
        if row["median_days"] is not None:
            # A median of whole days is whole or a half, which the float holds exactly.
            funnel.medians[place] = Decimal(plain(Decimal(row["median_days"])))
    return funnel


def funnel_parameters(basis: Basis) -> dict[str, Any]:
    """Parameters of the queries about applications."""
    lines = [(row, kind) for row, kinds in APPLICANT_ROWS.items() for kind in kinds]
    return basis.parameters | {
        "rows": [row for row, _kind in lines],
        "classes": [kind for _row, kind in lines],
        "last": LAST,
        "closing": basis.moments[-1],
        "first_of_year": WINDOW - basis.quarter.number,
        "overdue_since": overdue_since(basis.last_day),
    }


def overdue_since(day: date) -> date:
    """The last day of handing in for which the usual working days have run out before `day`.

    For applications whose submission does not say when they were due. Holidays are left out on purpose: a calendar may
    be corrected later, and a frozen figure must not move.
    """
    handed_in = day
    while WEEKDAYS.add(handed_in, DECISION_WORKING_DAYS) >= day:
        handed_in -= timedelta(days=1)
    return handed_in
