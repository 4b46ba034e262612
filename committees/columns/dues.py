"""Columns of dues. The rows are DuesCharges annotated by `with_standing`."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from committees.enums import DuesGroup, DuesStanding
from temp_portal.core.db import label_of
from temp_portal.core.lists import Column, cells
from temp_portal.core.lists.values import remembered
from temp_portal.core.markup import status_tag

TONES = {
    DuesStanding.DUE: "info",
    DuesStanding.PART_PAID: "wait",
    DuesStanding.PAID: "ok",
    DuesStanding.WAIVED: "",
    DuesStanding.ARREARS: "bad",
}
ORGANISATION = "seat__organisation__legal_name"


def standing_tag(standing: str) -> object:
    """How dues stand, as a status."""
    state = DuesStanding(standing)
    return status_tag(TONES[state], state.label)


def standing(charge: Any) -> object:
    """How a charge stands."""
    return standing_tag(charge.standing)


#: The roster's own column, in committees that collect dues.
ON_ROSTER = Column(
    "dues",
    _("Dues"),
    remembered(lambda standing: standing_tag(standing) if standing else None, "dues_standing"),
    sort=("dues_standing", ORGANISATION),
    export=label_of("dues_standing", DuesStanding),
)
CHARGES = [
    Column(
        "organisation",
        _("Organisation"),
        cells.name("seat.organisation", native="legal_name", link="get_absolute_url"),
        sort=(ORGANISATION,),
        export=ORGANISATION,
        row_header=True,
    ),
    Column(
        "year", _("Year"), cells.text("dues_year"), sort=("dues_year__year", ORGANISATION), export="dues_year__year"
    ),
    Column(
        "tier",
        _("Tier"),
        cells.text("tier"),
        sort=("tier__kind", ORGANISATION),
        export=label_of("tier__kind", DuesGroup),
    ),
    Column("amount", _("Amount"), cells.money("amount", "currency"), sort=("amount",), export="amount", numeric=True),
    Column("paid", _("Paid"), cells.money("paid", "currency"), sort=("paid",), export="paid", numeric=True),
    Column(
        "open",
        pgettext_lazy("dues", "Open"),
        cells.money("open", "currency"),
        sort=("open",),
        export="open",
        numeric=True,
    ),
    Column("currency", _("Currency"), cells.text("currency"), export="currency", default=False),
    Column("due", _("Due on"), cells.date("due_on"), sort=("due_on", ORGANISATION), numeric=True),
    Column(
        "standing",
        _("State"),
        standing,
        sort=("standing", ORGANISATION),
        export=label_of("standing", DuesStanding),
    ),
    Column("reminded", _("Reminded"), cells.date("reminded_at"), sort=("reminded_at",), default=False, numeric=True),
    Column(
        "waiver", _("Waiver"), cells.text("waiver_document", "waiver_reason"), export="waiver_document", default=False
    ),
]
