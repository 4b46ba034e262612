"""Columns of what changed on a roster. The rows are `committees.movements.Movement`s."""

from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from temp_portal.core.lists import Column, cells
from temp_portal.core.markup import status_tag
from temp_portal.core.markup.figures import NOTHING


def recorded(movement: Any) -> object:
    """When it was recorded, marked if a roster of those days did not have it yet, and by whom."""
    day = cells.date("recorded_at")(movement) or NOTHING
    later = status_tag("warn", _("later")) if movement.recorded_later else ""
    return format_html('{} {}<span class="sub">{}</span>', day, later, movement.recorded_by)


def why(movement: Any) -> object:
    """The document, and the reason under it."""
    return cells.text("document", "reason")(movement) if movement.document else movement.reason or None


_ORGANISATION = Column(
    "organisation",
    gettext_lazy("Organisation"),
    cells.name("seat.organisation", native="legal_name", link="seat.get_absolute_url"),
    sort=("seat.organisation.legal_name", "day"),
    export="seat.organisation.legal_name",
    row_header=True,
)
_COMMITTEE = Column(
    "committee",
    gettext_lazy("Committee"),
    cells.name("seat.committee", link="seat.committee.get_absolute_url"),
    sort=("seat.committee.slug", "day"),
    export="seat.committee.name",
    row_header=True,
)
_WHAT = [
    Column("day", gettext_lazy("Day"), cells.date("day"), sort=("day", "seat.pk"), width="w-date"),
    Column("kind", gettext_lazy("What changed"), cells.text("kind.label"), sort=("kind.label",), export="kind.label"),
    Column("change", gettext_lazy("From, to"), cells.text("change"), export="change"),
]
_RECORD = [
    Column("document", gettext_lazy("Decision document"), why, export="grounds"),
    Column("recorded", gettext_lazy("Recorded"), recorded, sort=("recorded_at",), export="recorded_at"),
    Column("recorded_by", gettext_lazy("Recorded by"), cells.text("recorded_by"), export="recorded_by", default=False),
]

#: What changed on one committee's roster.
MOVEMENTS = [_ORGANISATION, *_WHAT, *_RECORD]
#: The history of one organisation: for everybody, and for those who keep one of its committees.
PUBLIC_HISTORY = [_COMMITTEE, *_WHAT]
HISTORY = [*PUBLIC_HISTORY, *_RECORD]
