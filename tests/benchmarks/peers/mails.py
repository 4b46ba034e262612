"""A task for each mail, as most projects send them."""

from celery import shared_task
from django.core.mail import send_mail

TASK = "tests.benchmarks.mail"


@shared_task(name=TASK)
def send_one(address: str) -> None:
    """Send one mail over a connection of its own."""
    send_mail("Notice", "Something was decided.", None, [address])
