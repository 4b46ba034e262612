"""Woken by the schedule; what is due stands in the rows."""

from celery import shared_task

from projects.handover.workflows import reviews


@shared_task(name="projects.handover.tasks.look_after_reviews")
def look_after_reviews() -> None:
    """Plan the reviews of projects that were handed over, and remind of those that are near."""
    reviews.plan_due()
    reviews.remind_due()
