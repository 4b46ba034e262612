"""Columns of a committee's queue. The rows are Applications with the annotation of `with_ownership`."""

from typing import Any

from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from committees.clock import Clock
from committees.enums import ApplicationState
from committees.models import Application
from members.enums import OwnershipGroup
from temp_portal.core.lists import Column, cells
from temp_portal.core.markup import own_mark, status_tag, time_tag

TONES: dict[str, str] = {
    ApplicationState.DRAFT: "",
    ApplicationState.SUBMITTED: "wait",
    ApplicationState.RETURNED: "warn",
    ApplicationState.APPROVED: "ok",
    ApplicationState.REJECTED: "bad",
    ApplicationState.WITHDRAWN: "",
}


def ownership(application: Any) -> object:
    """The verified group; until somebody has verified it, what was declared stands under "Unverified"."""
    group = application.ownership_group
    mark = own_mark(group)
    if group != OwnershipGroup.UNVERIFIED or not application.ownership_type:
        return mark
    said = gettext("declared: %(type)s") % {"type": application.get_ownership_type_display()}
    return format_html('{}<span class="sub">{}</span>', mark, said)


def submitted(application: Application) -> object:
    """The day on which it came, or came again."""
    return time_tag(timezone.localdate(application.submitted_at)) if application.submitted_at else None


def due(application: Application) -> object:
    """The day by which a decision is due, while one is; marked once it has passed."""
    if application.state != ApplicationState.SUBMITTED or application.due_on is None:
        return None
    day = time_tag(application.due_on)
    if application.due_on >= timezone.localdate():
        return day
    return format_html("{} {}", day, status_tag("bad", gettext("Overdue")))


def clock(application: Any) -> object:
    """Working days left of how many, or by how many the day has passed; `clock` is put on the rows of a page."""
    found: Clock | None = application.clock
    return status_tag(found.tone, found.words, icon="clock") if found else None


def checked(application: Any) -> str:
    """How many items of the checklist are ticked."""
    return gettext("%(done)s of %(total)s") % {"done": application.checks_done, "total": application.checks_total}


APPLICATIONS = [
    Column(
        "organisation",
        _("Organisation"),
        cells.name("organisation", native="legal_name", link="get_absolute_url"),
        sort=("organisation__legal_name",),
        export="organisation__legal_name",
        row_header=True,
    ),
    Column("number", _("Number"), cells.text("number"), sort=("number",), export="number", width="nowrap"),
    Column(
        "country",
        _("Country"),
        cells.country("organisation.country"),
        sort=("organisation__country", "organisation__legal_name"),
        export="organisation__country",
    ),
    Column("ownership", _("Ownership"), ownership, export="ownership_group"),
    Column(
        "declared",
        _("Declared ownership"),
        cells.choice("ownership_type"),
        export="ownership_type",
        default=False,
    ),
    Column(
        "chain_role",
        _("Chain role"),
        cells.choice("chain_role"),
        sort=("chain_role", "due_on"),
        export="chain_role",
    ),
    Column("state", _("State"), cells.status("state", TONES), sort=("state", "due_on"), export="state"),
    Column(
        "submitted",
        _("Submitted"),
        submitted,
        sort=("submitted_at",),
        export="submitted_at",
    ),
    Column("due", _("Decision due"), due, sort=("due_on",), export="due_on"),
    Column("clock", _("Clock"), clock, sort=("due_on",)),
    Column("assignee", _("Assigned to"), cells.text("assignee"), sort=("assignee__name",), export="assignee__name"),
    Column("checked", _("Checked"), checked, export="checks_done"),
    Column(
        "decided",
        _("Decided"),
        cells.date("decided_at"),
        sort=("decided_at",),
        export="decided_at",
        default=False,
    ),
    Column("decided_by", _("Decided by"), cells.text("decided_by"), export="decided_by__name", default=False),
    Column(
        "effective_on",
        _("Effective on"),
        cells.date("effective_on"),
        sort=("effective_on",),
        export="effective_on",
        default=False,
    ),
    Column(
        "reason",
        _("Reason of the decision"),
        cells.text("decision_reason"),
        export="decision_reason",
        default=False,
    ),
]

COMMITTEE = Column(
    "committee", _("Committee"), cells.name("committee"), sort=("committee__slug", "due_on"), export="committee__slug"
)
#: Of all committees that the reader keeps.
ALL_APPLICATIONS = [*APPLICATIONS[:2], COMMITTEE, *APPLICATIONS[2:]]
