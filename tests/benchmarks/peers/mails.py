"""A task for each mail, as most projects send them: it reads its row, writes the mail, sends it, and says so."""

from celery import shared_task
from django.core.mail import get_connection

from temp_portal.notifications import workflows
from temp_portal.notifications.messages import Mails
from temp_portal.notifications.models import Delivery

TASK = "tests.benchmarks.mail"


@shared_task(name=TASK)
def send_one(pk: int) -> None:
    """Send the mail of one delivery over a connection of its own."""
    delivery = Delivery.objects.select_related("notification", "recipient").get(pk=pk)
    Mails().build(delivery, get_connection()).send()
    workflows.mark_sent([delivery])
