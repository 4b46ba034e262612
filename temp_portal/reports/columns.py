"""What the list of reports shows."""

from typing import Any, Final

from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from temp_portal.core.lists import Column, cells
from temp_portal.reports.enums import ReportState
from temp_portal.reports.models import Report

TONES: Final[dict[str, str]] = {
    ReportState.DRAFT: "wait",
    ReportState.DATA_FROZEN: "info",
    ReportState.REVIEWED: "info",
    ReportState.SIGNED: "ok",
    ReportState.PUBLISHED: "ok",
    ReportState.CORRECTED: "warn",
}


def _quarter(report: Report) -> Any:
    return format_html('<a href="{}">{}</a>', report.get_absolute_url(), report.period.label())


REPORTS: Final = [
    Column("quarter", _("Quarter"), _quarter, sort=("period_start",), export="quarter", row_header=True),
    Column("committees", _("Committees"), cells.text("scope_label")),
    Column("version", _("Version"), cells.number("version"), export="version", numeric=True),
    Column("state", _("State"), cells.status("state", TONES), sort=("state",)),
    Column("cut_off", _("Data cut-off"), cells.date("cut_off"), sort=("cut_off",)),
    Column("prepared_by", _("Prepared by"), cells.text("created_by"), export="created_by__name"),
    Column("created", _("Prepared at"), cells.date("created_at"), sort=("created_at",), default=False),
    Column("hash", _("SHA-256 of the figures"), cells.text("figures_hash"), export="figures_hash", default=False),
]
