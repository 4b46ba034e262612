"""Woken by the schedule; what is due stands in the rows."""

from celery import shared_task

from projects.progress.workflows import rounds


@shared_task(name="projects.progress.tasks.ask_for_updates")
def ask_for_updates() -> None:
    """Ask the lead enterprises once a quarter how their projects stand, and remind who has not answered."""
    rounds.open_due()
    rounds.remind_due()
