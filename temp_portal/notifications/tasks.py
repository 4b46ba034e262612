"""Woken after commit and by the schedule; what is to be sent stands in the outbox."""

from celery import shared_task

from temp_portal.notifications import delivery


@shared_task(name="temp_portal.notifications.tasks.deliver")
def deliver() -> int:
    """Send every mail that is due; returns how many went out."""
    return delivery.deliver_due()
