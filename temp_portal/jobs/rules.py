"""Who may do what with a job."""

from typing import Any

import rules

from temp_portal.accounts.permissions import is_secretariat, signed_in
from temp_portal.jobs import registry
from temp_portal.jobs.models import Job


@rules.predicate
def is_owner(user: Any, job: Job | None = None) -> bool:
    """The user asked for the job (any signed-in user, without one)."""
    return signed_in(user) and (job is None or job.created_by_id == user.pk)


@rules.predicate
def may_have_result(user: Any, job: Job | None = None) -> bool:
    """The user still has the right that the kind of job asks for, and is one whom its result is for."""
    sort = registry.find(job.kind) if job else None
    if sort is None or job is None:
        return True
    return (not sort.permission or user.has_perm(sort.permission)) and (
        sort.result_for is None or sort.result_for(user, job)
    )


@rules.predicate
def is_kept(_user: Any, job: Job | None = None) -> bool:
    """The result has not expired."""
    return job is None or not job.has_expired


@rules.predicate
def is_signed_in(user: Any, _target: Any = None) -> bool:
    return signed_in(user)


rules.add_perm("jobs.view_jobs", is_signed_in)
rules.add_perm("jobs.cancel_job", is_owner | is_secretariat)
rules.add_perm("jobs.retry_job", (is_owner | is_secretariat) & may_have_result)
rules.add_perm("jobs.download_result", (is_owner | is_secretariat) & may_have_result & is_kept)
rules.add_perm("jobs.view_trace", is_secretariat)
