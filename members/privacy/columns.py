"""Columns of the Secretariat's lists about personal data."""

from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from members.privacy.enums import ERASURE_TONES, REQUEST_TONES
from temp_portal.core.lists import Column, cells
from temp_portal.core.markup import status_tag


def _linked(row: Any) -> object:
    return format_html('<a href="{}">{}</a>', row.get_absolute_url(), str(row))


def _reader(row: Any) -> object:
    """Name of the account; a path to it would give its key."""
    return str(row.reader)


def _due(row: Any) -> object:
    """The day; a request that waits beyond it is marked."""
    return status_tag("bad", row.due_on.isoformat(), icon="clock") if row.is_overdue else _DAY(row)


_DAY = cells.date("due_on")

REQUESTS = [
    Column("kind", _("What is asked"), _linked, sort=("kind",), export="kind", row_header=True),
    Column("who", _("Asked by"), cells.text("created_by"), sort=("created_by__email",), export="created_by__email"),
    Column("asked", _("Asked at"), cells.date("created_at"), sort=("created_at",), export="created_at"),
    Column("due", _("Answer due on"), _due, sort=("due_on",), export="due_on"),
    Column("state", _("State"), cells.status("state", REQUEST_TONES), sort=("state", "due_on"), export="state"),
]
ERASURES = [
    Column("subject", _("Whose data"), _linked, row_header=True),
    Column("scope", _("Scope"), cells.choice("scope"), sort=("scope",), export="scope"),
    Column("proposed", _("Proposed at"), cells.date("proposed_at"), sort=("proposed_at",), export="proposed_at"),
    Column("proposed_by", _("Proposed by"), cells.text("proposed_by"), export="proposed_by__email"),
    Column("decided_by", _("Decided by"), cells.text("decided_by"), export="decided_by__email"),
    Column("state", _("State"), cells.status("state", ERASURE_TONES), sort=("state", "proposed_at"), export="state"),
]
READINGS = [
    Column("at", _("Read at"), cells.date("at"), sort=("at",), export="at", row_header=True),
    Column("reader", _("Read by"), _reader, sort=("reader__email",), export="reader__email"),
    Column("place", _("Page or file"), cells.text("place"), export="place"),
    Column("count", _("People"), cells.number("count"), export="count", numeric=True),
]
OWN_READINGS = [column for column in READINGS if column.name != "count"]
BREACHES = [
    Column("title", _("What happened"), _linked, sort=("title",), export="title", row_header=True),
    Column("found", _("Found at"), cells.date("found_at"), sort=("found_at",), export="found_at"),
    Column("people", _("People concerned"), cells.number("people_concerned"), export="people_concerned", numeric=True),
    Column("authority", _("Authority told at"), cells.date("authority_told_at"), export="authority_told_at"),
    Column("told", _("People told at"), cells.date("people_told_at"), export="people_told_at"),
    Column("closed", _("Closed at"), cells.date("closed_at"), sort=("closed_at",), export="closed_at"),
]
