"""Woken by the schedule; what is due stands in the rows."""

from celery import shared_task

from committees.workflows import committees


@shared_task(name="committees.tasks.call_re_elections")
def call_re_elections() -> None:
    """Call the re-elections that have become due."""
    committees.call_due_re_elections()
