"""T6, the applications funnel (domain brief §8), counted by the time of recording of the moves.

- open: received and not decided or withdrawn at that moment; a draft is not open, a returned application is;
- received: handed in for the first time; coming again after a return is not receiving;
- median days: from the last handing in to the decision, in calendar days, of the decisions of the quarter (YTD: of all
  since 1 January): while an application lies with the enterprise, the committee's clock stands still;
- overdue: with the committee at the end, and its working days had run out before the last day of the quarter.

The row is the applicant's class of ownership on the day of recording; for open ones, on the last day before the bound.
So only the total row is bound to add up: between receipt and decision an applicant may be verified.
"""

from typing import Final

from django.utils.translation import gettext_lazy as _

from committees.models import Application
from committees.report_sections import classes
from committees.report_sections.applications import LAST, Funnel, application_funnel
from committees.report_sections.records import FunnelRecords
from committees.report_sections.roster import whole
from members.models import Ownership
from temp_portal.audit.models import Transition
from temp_portal.reports.basis import Basis
from temp_portal.reports.figures import Block, Cell, compared_flow, compared_stock, compared_values
from temp_portal.reports.sections import Check, Column, Kind, Measure, Section, Table, fixed_rows


def funnel_table(basis: Basis) -> Table:
    """T6: what became of the applications."""
    funnel = application_funnel(basis)
    return {row: _row(basis, funnel, row) for row in classes.APPLICANT_ROWS}


def _row(basis: Basis, funnel: Funnel, row: str) -> dict[str, Cell]:
    is_open = funnel.open(row)
    return {
        "open_start": is_open[-2],
        "received": compared_flow(basis.quarter, funnel.flow(row, "received")),
        "returned": funnel.flow(row, "returned")[-1],
        "approved": compared_flow(basis.quarter, funnel.flow(row, "approved")),
        "rejected": compared_flow(basis.quarter, funnel.flow(row, "rejected")),
        "withdrawn": funnel.flow(row, "withdrawn")[-1],
        "open_end": compared_stock(basis.quarter, is_open),
        "median_days": _medians(funnel, row),
        "overdue": funnel.flow(row, "overdue")[-1],
    }


def _medians(funnel: Funnel, row: str) -> Block:
    """Medians are neither added up nor subtracted over time: each column has its own decisions."""
    return compared_values(
        funnel.median(row, "decided", LAST),
        funnel.median(row, "decided", LAST - 1),
        funnel.median(row, "decided_this_year", LAST),
        funnel.median(row, "decided", 0),
    )


def funnel_check(rows: Table) -> Check:
    """Open at start + received − approved − rejected − withdrawn = open at end, for all applicants."""
    cells = rows[classes.ALL]
    signs = {"open_start": 1, "received": 1, "approved": -1, "rejected": -1, "withdrawn": -1}
    return Check([(sign, whole(cells[column])) for column, sign in signs.items()], whole(cells["open_end"]))


FUNNEL: Final = Section(
    key="T6",
    title=_("Applications funnel"),
    intro=_("Applications by the time of recording and the applicant's ownership on that day."),
    head=_("Ownership type"),
    columns=(
        Column("open_start", _("Open at start")),
        Column("received", _("Received"), compared=Measure.FLOW),
        Column("returned", _("Returned")),
        Column("approved", _("Approved"), compared=Measure.FLOW),
        Column("rejected", _("Rejected"), compared=Measure.FLOW),
        Column("withdrawn", _("Withdrawn")),
        Column("open_end", _("Open at end"), compared=Measure.STOCK),
        Column("median_days", _("Median days"), Kind.DAYS, compared=Measure.FLOW),
        Column("overdue", _("Overdue")),
    ),
    rows=fixed_rows(*classes.APPLICANT_SPECS),
    compute=funnel_table,
    facts=(Transition, Application, Ownership),
    notes=(_("Median days run from the last handing in to the decision; time with the enterprise does not count."),),
    check=funnel_check,
    records=FunnelRecords(),
)
