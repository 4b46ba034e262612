"""What `jobs/_progress.html` shows of a job to one user."""

from typing import TYPE_CHECKING, Any

from temp_portal.jobs.columns import TONES
from temp_portal.jobs.models import Job
from temp_portal.jobs.workflows import flow

if TYPE_CHECKING:
    from temp_portal.accounts.permissions import AnyUser


def job_context(job: Job, user: "AnyUser") -> dict[str, Any]:
    """The template's variables: the job, and which of its buttons this user has."""
    return {
        "job": job,
        "tone": TONES[job.state],
        "may_cancel": job.is_active and user.has_perm("jobs.cancel_job", job),
        "may_retry": job.state in flow.moves["retry"].sources and user.has_perm("jobs.retry_job", job),
        "may_download": bool(job.result_file) and user.has_perm("jobs.download_result", job),
    }
