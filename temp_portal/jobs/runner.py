"""Doing one attempt at a job, whatever comes of it."""

import traceback
from collections.abc import Mapping

import structlog
from django.db import InterfaceError, OperationalError
from django.utils import translation
from django.utils.translation import gettext as _

from temp_portal.audit import history
from temp_portal.jobs import registry, workflows
from temp_portal.jobs.models import Job
from temp_portal.jobs.pulse import Pulse
from temp_portal.jobs.registry import JobFailed
from temp_portal.jobs.run import Cancelled, JobRun, LeaseLost

log = structlog.get_logger(__name__)


def run(job_id: int, *, threaded: bool = True) -> None:
    """Take the job, do its work, end it. Returns at once when it is not there to be taken.

    `threaded=False` does everything on the caller's connection (see `Pulse`).
    """
    job = workflows.claim(job_id)
    if job is None:
        return
    structlog.contextvars.bind_contextvars(job=job.pk, kind=job.kind, attempt=job.attempts)
    try:
        with translation.override(job.created_by.language), history.context(job=job.pk, user=job.created_by_id):
            _attempt(job, threaded=threaded)
    finally:
        structlog.contextvars.unbind_contextvars("job", "kind", "attempt")


def _attempt(job: Job, *, threaded: bool) -> None:
    try:
        result = _work(job, threaded=threaded)
    except Cancelled:
        workflows.stop(job)
    except LeaseLost:
        log.warning("job_lease_lost")
    except JobFailed as error:
        workflows.fail(job, str(error))
    except (OperationalError, InterfaceError) as error:
        log.warning("job_lost_the_database", error=str(error))
        workflows.give_back(job, _("The database could not be reached. Try again later."))
    except Exception:
        log.exception("job_failed")
        workflows.fail(job, _explanation(job), trace=traceback.format_exc())
    else:
        workflows.succeed(job, result)


def _work(job: Job, *, threaded: bool) -> dict[str, object]:
    sort = registry.get(job.kind)
    if sort.permission and not job.created_by.has_perm(sort.permission):
        raise JobFailed(_("You no longer have the right that this needs."))
    with Pulse(job, threaded=threaded) as pulse:
        result = sort.work(JobRun(job, pulse))
    return dict(result) if isinstance(result, Mapping) else {}


def _explanation(job: Job) -> str:
    return _(
        "An error in the portal stopped this work. Try again; if it happens again, tell the Secretariat the number "
        "of this job: %(number)s."
    ) % {"number": job.pk}
