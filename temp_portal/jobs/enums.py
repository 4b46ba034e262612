from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext


class JobState(TextChoices):
    QUEUED = "queued", _("waiting")
    RUNNING = "running", _("running")
    SUCCEEDED = "succeeded", _("finished")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")


ACTIVE_STATES = (JobState.QUEUED, JobState.RUNNING)
ENDED_STATES = (JobState.SUCCEEDED, JobState.FAILED, JobState.CANCELLED)


class Unit(TextChoices):
    """What a job counts. The number decides the word's form, so the words stand in `of_total`."""

    STEPS = "steps", _("steps")
    ROWS = "rows", _("rows")
    TABLES = "tables", _("tables")
    FILES = "files", _("files")
    MAILS = "mails", _("mails")


def of_total(done: str, total: str, number: int, unit: str) -> str:
    """How far a job is, in words: "11 of 17 tables". `done` and `total` are formatted, `number` is the total."""
    forms = {
        Unit.STEPS: ngettext("%(done)s of %(total)s step", "%(done)s of %(total)s steps", number),
        Unit.ROWS: ngettext("%(done)s of %(total)s row", "%(done)s of %(total)s rows", number),
        Unit.TABLES: ngettext("%(done)s of %(total)s table", "%(done)s of %(total)s tables", number),
        Unit.FILES: ngettext("%(done)s of %(total)s file", "%(done)s of %(total)s files", number),
        Unit.MAILS: ngettext("%(done)s of %(total)s mail", "%(done)s of %(total)s mails", number),
    }
    return forms[Unit(unit)] % {"done": done, "total": total}
