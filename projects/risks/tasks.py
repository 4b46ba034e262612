"""Woken by the schedule; what is due stands in the rows."""

from celery import shared_task

from projects.risks import workflows


@shared_task(name="projects.risks.tasks.remind_of_reviews")
def remind_of_reviews() -> None:
    """Tell who works on a project that a risk is to be looked at again."""
    workflows.remind_due()
