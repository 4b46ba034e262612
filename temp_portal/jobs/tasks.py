"""Woken after commit and by the schedule; what is to be done stands in the rows."""

from celery import shared_task

from temp_portal.jobs import retention, runner, workflows


@shared_task(name="temp_portal.jobs.tasks.run")
def run(job_id: int) -> None:
    """Do one job, unless it is done or in other hands."""
    runner.run(job_id)


@shared_task(name="temp_portal.jobs.tasks.sweep")
def sweep() -> None:
    """Take jobs out of dead workers' hands, and wake the queue for those whose message was lost."""
    workflows.recover_abandoned()
    workflows.wake_unheard()


@shared_task(name="temp_portal.jobs.tasks.purge")
def purge() -> None:
    """Remove result files that were kept for long enough."""
    retention.purge()
