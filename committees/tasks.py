"""Woken by the schedule; what is due stands in the rows."""

from celery import shared_task

from committees.workflows import committees, conditions, confirmations, resignations, reviewing


@shared_task(name="committees.tasks.call_re_elections")
def call_re_elections() -> None:
    """Call the re-elections that have become due."""
    committees.call_due_re_elections()


@shared_task(name="committees.tasks.carry_out_resignations")
def carry_out_resignations() -> None:
    """Let the resignations take effect whose day has come."""
    resignations.carry_out_due()


@shared_task(name="committees.tasks.ask_for_confirmations")
def ask_for_confirmations() -> None:
    """Ask members once a year whether their data are right, and remind who has not answered."""
    confirmations.open_due()
    confirmations.remind_due()


@shared_task(name="committees.tasks.look_after_applications")
def look_after_applications() -> None:
    """Remind of conditions that are due, and free applications whose assignee has left."""
    conditions.remind_of_due()
    reviewing.release_those_who_left()
