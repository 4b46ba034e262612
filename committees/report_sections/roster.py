"""T3, the roster by ownership, and its course over five quarters (domain brief §8)."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Final

from django.utils.translation import gettext_lazy as _

from committees.models import Seat, SeatPeriod
from committees.report_sections import classes
from committees.report_sections.ledger import Ledger, seat_ledger
from committees.report_sections.records import RosterRecords
from members.models import OrganisationMerge, Ownership
from temp_portal.core.periods import Quarter
from temp_portal.reports.basis import Basis
from temp_portal.reports.figures import (
    WINDOW,
    Cell,
    Missing,
    Ratio,
    Reason,
    Value,
    compared_flow,
    compared_stock,
    missing_block,
)
from temp_portal.reports.sections import Check, Column, Kind, Measure, Section, Table, fixed_rows

NOT_COUNTED: Final = Missing(Reason.NOT_COUNTED)


def roster_table(basis: Basis) -> Table:
    """T3: movements of seats by class of ownership."""
    ledger = seat_ledger(basis)
    whole = ledger.held(classes.ROSTER_ROWS[classes.ENTERPRISES])
    table: dict[str, dict[str, Cell]] = {}
    for row, kinds in classes.ROSTER_ROWS.items():
        held = ledger.held(kinds)
        table[row] = {
            "opening": held[-2],
            "admitted": compared_flow(basis.quarter, ledger.flow("admitted", kinds)),
            "left": ledger.flow("left", kinds)[-1],
            "expelled": ledger.flow("expelled", kinds)[-1],
            "recl_in": ledger.flow("recl_in", kinds)[-1],
            "recl_out": ledger.flow("recl_out", kinds)[-1],
            "closing": compared_stock(basis.quarter, held),
            "share": _share(row, held[-1], whole[-1]),
            "share_previous": _share(row, held[-2], whole[-2]),
        }
    table[classes.SUSPENDED] = _memo(basis, ledger.suspended)
    if basis.scope is None or len(basis.scope) > 1:
        table[classes.ORGANISATIONS] = _memo(basis, ledger.organisations)
    return table


def _share(row: str, part: int, whole: int) -> Value:
    if row not in classes.SHARED_ROWS:
        return NOT_COUNTED
    return Ratio.of(part, whole, Reason.NOTHING_TO_MEASURE)


def _memo(basis: Basis, stock: list[int]) -> dict[str, Cell]:
    """A row that says something about the total: a stock, no movements."""
    return {
        "opening": stock[-2],
        "admitted": missing_block(Reason.NOT_COUNTED),
        **dict.fromkeys(("left", "expelled", "recl_in", "recl_out"), NOT_COUNTED),
        "closing": compared_stock(basis.quarter, stock),
        **dict.fromkeys(("share", "share_previous"), NOT_COUNTED),
    }


def roster_check(rows: Table) -> Check:
    """Opening + admitted − left − expelled + reclassified in − out = closing, for all members."""
    cells = rows[classes.ALL]
    signs = {"opening": 1, "admitted": 1, "left": -1, "expelled": -1, "recl_in": 1, "recl_out": -1}
    return Check([(sign, whole(cells[column])) for column, sign in signs.items()], whole(cells["closing"]))


def whole(cell: Cell) -> int:
    """The count in a cell, that of the reported quarter in a comparison block. Raises TypeError for anything else."""
    value = cell["q"] if isinstance(cell, Mapping) else cell
    if not isinstance(value, int):
        raise TypeError(f"{value!r} is not a count.")
    return value


def course_table(basis: Basis) -> Table:
    """T3a: members of the four groups at the ends of five quarters."""
    ledger = seat_ledger(basis)
    return {row: _course(ledger, classes.ROSTER_ROWS[row]) for row in (*classes.GROUP_ROWS, classes.ENTERPRISES)}


def _course(ledger: Ledger, kinds: Iterable[str]) -> dict[str, Cell]:
    return {f"end_{index}": count for index, count in enumerate(ledger.held(kinds)[1:])}


def _quarter_label(index: int, quarter: Quarter) -> str:
    return quarter.shifted(index - WINDOW + 1).label()


def _previous_share(quarter: Quarter) -> str:
    return str(_("Share %%, %(quarter)s") % {"quarter": quarter.previous.label()})


FACTS: Final = (SeatPeriod, Seat, Ownership, OrganisationMerge)

ROSTER: Final = Section(
    key="T3",
    title=_("Roster by ownership"),
    intro=_("Members at quarter end and movements in the quarter, by the ownership verified for the day."),
    head=_("Ownership type"),
    columns=(
        Column("opening", _("Opening")),
        Column("admitted", _("Admitted"), compared=Measure.FLOW),
        Column("left", _("Left")),
        Column("expelled", _("Expelled")),
        Column("recl_in", _("Recl. in")),
        Column("recl_out", _("Recl. out")),
        Column("closing", _("Closing"), compared=Measure.STOCK),
        Column("share", _("Share %"), Kind.SHARE),
        Column("share_previous", _previous_share, Kind.SHARE),
    ),
    rows=fixed_rows(*classes.ROSTER_SPECS),
    compute=roster_table,
    facts=FACTS,
    notes=(
        _("Recl.: reclassified."),
        _("Shares are of the verified enterprises with a vote; suspended members are counted."),
    ),
    check=roster_check,
    records=RosterRecords(),
)

COURSE: Final = Section(
    key="T3a",
    title=_("Closing members by ownership over five quarters"),
    head=_("Ownership type"),
    columns=tuple(Column(f"end_{index}", partial(_quarter_label, index)) for index in range(WINDOW)),
    rows=fixed_rows(*classes.GROUP_SPECS),
    compute=course_table,
    facts=FACTS,
    is_course=True,
)
