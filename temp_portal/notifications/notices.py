"""What people are told about their jobs. Jobs lie below and know nothing of notices; they say when one has ended."""

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from temp_portal.jobs import hooks, registry
from temp_portal.jobs.enums import JobState
from temp_portal.jobs.models import Job
from temp_portal.notifications.dispatch import notify
from temp_portal.notifications.kinds import Context, Kind, every_language, register


def _facts(job: Job) -> Context:
    return {"job": every_language(lazy(job.__str__, str)()), "reason": job.error}


register(
    Kind(
        "job_finished",
        label=_("Work in the background has finished"),
        subject=_("Finished: %(job)s"),
        body=_("The work that you started in the background has finished."),
        context=_facts,
    ),
    Kind(
        "job_failed",
        label=_("Work in the background has failed"),
        subject=_("Failed: %(job)s"),
        body=_("The work that you started in the background could not be done. You can try again from its page."),
        details=((_("Reason"), "reason"),),
        context=_facts,
    ),
)


@hooks.when_ended
def tell_owner(job: Job) -> None:
    """A failure always, a success where the kind of job says so; who has cancelled knows."""
    sort = registry.find(job.kind)
    if job.state == JobState.FAILED:
        notify("job_failed", job, recipients=[job.created_by])
    elif job.state == JobState.SUCCEEDED and sort and sort.announce:
        notify("job_finished", job, recipients=[job.created_by])
