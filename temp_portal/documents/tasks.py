"""Woken by the schedule; what is to be done stands in the rows."""

from celery import shared_task

from temp_portal.documents import reminders, sweeping


@shared_task(name="temp_portal.documents.tasks.remind")
def remind() -> None:
    """Remind the keepers of documents that end soon."""
    reminders.remind()


@shared_task(name="temp_portal.documents.tasks.sweep")
def sweep() -> None:
    """Examine what was left unexamined."""
    sweeping.examine_unexamined()


@shared_task(name="temp_portal.documents.tasks.tidy")
def tidy() -> None:
    """Remove files that belong to no document."""
    sweeping.remove_orphans()
