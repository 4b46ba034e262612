"""What committees give to T1: committees, unit members and applications (domain brief §8)."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from committees.enums import CommitteeState
from committees.models import Committee
from committees.report_sections import queries
from committees.report_sections.applications import application_funnel
from committees.report_sections.classes import ALL, APPLICANT_ROWS
from committees.report_sections.funnel import FUNNEL
from committees.report_sections.ledger import seat_ledger
from committees.report_sections.roster import ROSTER
from temp_portal.reports.basis import Basis
from temp_portal.reports.figures import WINDOW, compared_flow, compared_stock
from temp_portal.reports.queries import dictionaries
from temp_portal.reports.sections import Indicators, Measure, RowSpec, Table, fixed_rows

#: States in which a committee works formally: after its filing, elections due or not (domain brief §1).
ACTIVE_STATES: Final = (CommitteeState.ACTIVE, CommitteeState.RE_ELECTION_DUE)


def indicators(basis: Basis) -> Table:
    """Rows of T1. Unit members are the seats with a vote; observers stand in T3."""
    funnel = application_funnel(basis)
    members = seat_ledger(basis).held(APPLICANT_ROWS[ALL])
    return {
        "committees_active": {"value": compared_stock(basis.quarter, _active(basis))},
        "unit_members": {"value": compared_stock(basis.quarter, members)},
        "applications_received": {"value": compared_flow(basis.quarter, funnel.flow(ALL, "received"))},
        "applications_approved": {"value": compared_flow(basis.quarter, funnel.flow(ALL, "approved"))},
    }


def _active(basis: Basis) -> list[int]:
    counts = [0] * (WINDOW + 1)
    for row in dictionaries(queries.COMMITTEES, basis.parameters | {"states": list(ACTIVE_STATES)}):
        counts[row["bound"]] = row["committees"]
    return counts


INDICATORS: Final = Indicators(
    order=10,
    rows=fixed_rows(
        RowSpec("committees_active", _("Committees active"), unit=_("committees")),
        RowSpec("unit_members", _("Unit members"), unit=_("seats")),
        RowSpec("applications_received", _("Applications received"), unit=_("applications"), measure=Measure.FLOW),
        RowSpec("applications_approved", _("Applications approved"), unit=_("applications"), measure=Measure.FLOW),
    ),
    compute=indicators,
    facts=(Committee, *ROSTER.facts, *FUNNEL.facts),
)
