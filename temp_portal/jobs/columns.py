"""What the list of jobs shows."""

from typing import Any, Final

from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from temp_portal.core.db import label_of
from temp_portal.core.lists import Column, cells
from temp_portal.jobs import registry
from temp_portal.jobs.enums import JobState
from temp_portal.jobs.models import Job

TONES: Final[dict[str, str]] = {
    JobState.QUEUED: "wait",
    JobState.RUNNING: "info",
    JobState.SUCCEEDED: "ok",
    JobState.FAILED: "bad",
    JobState.CANCELLED: "",
}


def _name(job: Job) -> Any:
    return format_html('<a href="{}">{}</a>', job.get_absolute_url(), job)


def job_columns(*, of_everybody: bool) -> list[Column]:
    """The columns in the reader's language; whose job it is only where several people's are shown."""
    kind = label_of("kind", [(sort.name, sort.label) for sort in registry.every()])
    name = Column("name", _("Job"), _name, sort=("kind", "title"), export=kind, row_header=True)
    return [name, *COLUMNS, OWNER] if of_everybody else [name, *COLUMNS]


COLUMNS = [
    Column("title", _("Which"), cells.text("title"), sort=("title",), default=False),
    Column("state", _("State"), cells.status("state", TONES), sort=("state",)),
    Column("progress", _("Progress"), cells.text("progress_text"), export="progress_done"),
    Column("reason", _("Reason"), cells.text("error"), export="error", default=False),
    Column("asked", _("Asked for at"), cells.date("created_at"), sort=("id",), export="created_at"),
    Column("finished", _("Finished at"), cells.date("finished_at"), sort=("finished_at",)),
]

OWNER = Column(
    "owner", _("Asked for by"), cells.text("created_by"), sort=("created_by__email",), export="created_by__email"
)
