"""Long work on rosters."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy, gettext_noop

from committees.enums import SynchronisationState
from committees.models import Synchronisation
from committees.synchronisation import work
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
