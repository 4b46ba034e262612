"""The states of a job: queued → running → succeeded, failed or cancelled; and back to queued by retrying.

People start, cancel and retry. The other moves are the worker's and the sweeper's and have no author. An attempt is
known by its token: whoever lost the lease no longer finds the row under it and cannot end the job.
"""

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from temp_portal.audit.workflow import Move, Workflow, record
from temp_portal.jobs import hooks, registry
from temp_portal.jobs.enums import ACTIVE_STATES, JobState
from temp_portal.jobs.models import Job
from temp_portal.jobs.wake import after_commit

if TYPE_CHECKING:
    from temp_portal.accounts.models import User

LEASE: Final = timedelta(seconds=settings.JOBS_LEASE_SECONDS)
# A message that did not arrive is missed soon; a queue that is only long is not flooded with further messages.
FIRST_LOOK: Final = timedelta(seconds=15)
NEXT_LOOK: Final = timedelta(minutes=2)

flow = Workflow(
    Job,
    [
        Move("cancel", sources=ACTIVE_STATES, target=JobState.CANCELLED, permission="jobs.cancel_job"),
        Move(
            "retry",
            sources=[JobState.FAILED, JobState.CANCELLED],
            target=JobState.QUEUED,
            permission="jobs.retry_job",
        ),
    ],
)


# What people do


@transaction.atomic
def start(
    kind: str,
    params: dict[str, Any] | None = None,
    *,
    by: "User",
    title: str = "",
    key: str = "",
) -> Job:
    """Put a job into its queue; a worker takes it after commit. `title` tells it from others of its kind.

    While a job of this kind with the same `key` waits or runs, that one is returned: a double click starts one.
    Raises PermissionDenied when `by` lacks the right that the kind asks for.
    """
    sort = registry.get(kind)
    if sort.permission and not by.has_perm(sort.permission):
        raise PermissionDenied
    values: dict[str, Any] = {
        "title": title,
        "params": params or {},
        "queue": sort.queue,
        "max_attempts": sort.attempts,
        "created_by": by,
        "due_at": timezone.now() + FIRST_LOOK,
    }
    if key:
        job, created = Job.objects.get_or_create(kind=kind, key=key, state__in=ACTIVE_STATES, defaults=values)
    else:
        job, created = Job.objects.create(kind=kind, **values), True
    if created:
        record(job, move="start", by=by)
        wake(job)
    return job


def cancel(job: Job, *, by: "User") -> Job:
    """Stop a job: at once while it waits, at its next step while it runs. Raises PermissionDenied, StateConflict."""
    with transaction.atomic():
        locked = Job.objects.select_for_update(of=("self",)).get(pk=job.pk)
        if locked.state == JobState.RUNNING:
            return _ask_to_stop(locked, by)
        with flow.moving(locked, "cancel", by=by) as cancelled:
            cancelled.finished_at = timezone.now()
    return cancelled


def _ask_to_stop(locked: Job, by: "User") -> Job:
    if not by.has_perm(flow.moves["cancel"].permission, locked):
        raise PermissionDenied
    if locked.cancel_requested_at is None:
        locked.cancel_requested_at, locked.cancel_requested_by = timezone.now(), by
        locked.save(update_fields=["cancel_requested_at", "cancel_requested_by"])
    return locked


def retry(job: Job, *, by: "User") -> Job:
    """Queue a failed or cancelled job again; it goes on from its checkpoint. Raises PermissionDenied, StateConflict."""
    with flow.moving(job, "retry", by=by) as locked:
        locked.attempts = 0
        locked.error = locked.trace = ""
        locked.finished_at = None
        locked.cancel_requested_at = locked.cancel_requested_by = None
        locked.due_at = timezone.now() + FIRST_LOOK
        wake(locked)
    return locked


# What the worker does


@transaction.atomic
def claim(job_id: int) -> Job | None:
    """Take a waiting job for one attempt. None when it is not there to be taken: gone, ended, or in other hands."""
    waiting = Job.objects.select_for_update(skip_locked=True, of=("self",)).select_related("created_by")
    job = waiting.filter(pk=job_id, state=JobState.QUEUED).first()
    if job is None:
        return None
    now = timezone.now()
    job.token = uuid.uuid4()
    job.attempts += 1
    job.lease_until, job.heartbeat_at = now + LEASE, now
    job.started_at = job.started_at or now
    return _move(job, "run", JobState.RUNNING)


def succeed(job: Job, result: dict[str, Any]) -> bool:
    """The work is done. False when this attempt has lost the job meanwhile; so for the other endings."""
    return _end(job, "succeed", JobState.SUCCEEDED, result=result, checkpoint={}, message="")


def fail(job: Job, error: str, *, trace: str = "") -> bool:
    """The work could not be done, because of `error`."""
    return _end(job, "fail", JobState.FAILED, error=error, trace=trace)


def stop(job: Job) -> bool:
    """The worker has obeyed a request to cancel."""
    return _end(job, "cancel", JobState.CANCELLED)


@transaction.atomic
def give_back(job: Job, error: str) -> bool:
    """The attempt was broken off through no fault of the work: queue it again, or fail after the last attempt."""
    locked = _in_hand(job)
    if locked is None:
        return False
    if locked.cancel_requested_at:
        return stop(locked)
    if locked.attempts >= locked.max_attempts:
        return fail(locked, error)
    locked.due_at = timezone.now() + FIRST_LOOK
    wake(_move(locked, "requeue", JobState.QUEUED))
    return True


@transaction.atomic
def _end(job: Job, move: str, target: JobState, **values: Any) -> bool:
    locked = _in_hand(job)
    if locked is None:
        return False
    for name, value in values.items():
        setattr(locked, name, value)
    locked.finished_at = timezone.now()
    hooks.tell(_move(locked, move, target))
    return True


def _in_hand(job: Job) -> Job | None:
    """The locked row, if it is still in the hands of this attempt."""
    rows = Job.objects.select_for_update(of=("self",)).select_related("created_by")
    return rows.filter(pk=job.pk, token=job.token, state=JobState.RUNNING).first()


def _move(locked: Job, move: str, target: JobState) -> Job:
    source = locked.state
    locked.state = target
    if target != JobState.RUNNING:
        locked.token = locked.lease_until = None
    locked.save()
    by = locked.cancel_requested_by if target == JobState.CANCELLED else None
    record(locked, move=move, source=source, by=by, reason=locked.error)
    return locked


# What the sweeper does


def recover_abandoned() -> int:
    """Take jobs out of dead workers' hands, to be run again or to fail visibly; returns how many."""
    recovered = 0
    for job in Job.objects.abandoned().select_related("created_by"):
        with translation.override(job.created_by.language):
            error = _("The work was broken off: its worker stopped %(attempts)s times without finishing.")
            recovered += give_back_expired(job, error % {"attempts": job.attempts})
    return recovered


@transaction.atomic
def give_back_expired(job: Job, error: str) -> bool:
    """Give the job back unless its worker renewed the lease at the last moment, or holds the row."""
    abandoned = Job.objects.abandoned().filter(pk=job.pk, token=job.token)
    if not abandoned.select_for_update(skip_locked=True, of=("self",)).exists():
        return False
    return give_back(job, error)


@transaction.atomic
def wake_unheard() -> int:
    """Send again the messages of jobs that wait for too long; returns how many."""
    jobs = list(Job.objects.unheard().select_for_update(skip_locked=True, of=("self",)))
    Job.objects.filter(pk__in=[job.pk for job in jobs]).update(due_at=timezone.now() + NEXT_LOOK)
    for job in jobs:
        wake(job)
    return len(jobs)


def wake(job: Job) -> None:
    """Tell a worker of the job's queue after commit."""
    after_commit("temp_portal.jobs.tasks.run", job.pk, queue=job.queue)
