"""Woken by the schedule."""

from celery import shared_task

from members.privacy import keeping


@shared_task(name="members.privacy.tasks.keep_no_longer")
def keep_no_longer() -> None:
    """Apply every rule of retention; what is done is done once."""
    keeping.apply_rules()
