"""Long work on rosters."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from committees.enums import SynchronisationState
from committees.forms.bulk import FORMS
from committees.models import Committee, Synchronisation
from committees.synchronisation import work
from committees.workflows import bulk
from committees.workflows.bulk import BULK_JOB
from committees.workflows.synchronisation import APPLY_JOB, COMPARE_JOB, RIGHT
from temp_portal.jobs.enums import Unit
from temp_portal.jobs.registry import JobFailed, job
from temp_portal.jobs.run import JobRun

COMPARING = gettext_noop("Finding out whom the rows mean")
APPLYING = gettext_noop("Writing the changes")


@job(COMPARE_JOB, label=gettext_lazy("Comparison of a roster"), permission=RIGHT, announce=True)
def compare(run: JobRun) -> dict[str, Any]:
    """Compare a large file with the roster."""
    return _done(run, SynchronisationState.COMPARING, work.compare, COMPARING)


@job(APPLY_JOB, label=gettext_lazy("Synchronisation of a roster"), permission=RIGHT, announce=True)
def apply(run: JobRun) -> dict[str, Any]:
    """Write what a large file changes: all of it is committed at once, so a second attempt never writes twice."""
    return _done(run, SynchronisationState.APPLYING, work.apply, APPLYING)


@job(BULK_JOB, label=gettext_lazy("Change of many members"), permission=RIGHT, announce=True)
def change_many(run: JobRun) -> dict[str, Any]:
    """Do to many members what was shown, as one recording; rights and rows are checked as in the request."""
    committee = Committee.objects.get(pk=run.params["committee"])
    if "recording" not in run.saved:
        form = FORMS[run.params["act"]](run.params["typed"], committee=committee)
        if not form.is_valid():
            raise JobFailed(" ".join(str(error) for errors in form.errors.values() for error in errors))
        shown = {int(key): version for key, version in run.params["shown"].items()}
        run.progress(0, len(shown), Unit.ROWS, message=APPLYING)
        _perform(run, form.order(), committee, shown)
        run.progress(len(shown), len(shown), Unit.ROWS)
    return {"url": reverse("committees:changes", args=[committee.slug])}


@transaction.atomic
def _perform(run: JobRun, order: bulk.Order, committee: Committee, shown: dict[int, str]) -> None:
    """The checkpoint is kept or lost with what is written, so a second attempt never writes twice."""
    try:
        recording = bulk.perform(order, committee, by=run.by, shown=shown, promised=run.params["promised"])
    except bulk.RowsChanged as refusal:
        raise JobFailed(" ".join(refusal.told)) from refusal
    except ValidationError as refusal:
        raise JobFailed(" ".join(refusal.messages)) from refusal
    except PermissionDenied as refusal:
        raise JobFailed(_("You no longer keep this roster.")) from refusal
    run.checkpoint(recording=recording.pk)


def _done(run: JobRun, state: str, do: Callable[..., Synchronisation], message: str) -> dict[str, Any]:
    """Do the work unless the file has gone on meanwhile, with another job or none."""
    found = Synchronisation.objects.select_related("committee").get(pk=run.params["synchronisation"])
    if found.state == state and found.job_id == run.job_id:

        def show(done: int, total: int) -> None:
            run.progress(done, total, Unit.ROWS, message=message)

        found = do(found, by=run.by, progress=show)
    if found.state == SynchronisationState.FAILED:
        raise JobFailed(found.failure)
    return {"url": found.get_absolute_url()}
