"""Woken by the schedule; what is due stands in the rows."""

from celery import shared_task

from members import workflows


@shared_task(name="members.tasks.pass_overdue_claims_on")
def pass_overdue_claims_on() -> None:
    """Bring claims that nobody answered before the Secretariat."""
    workflows.pass_overdue_claims_on()
