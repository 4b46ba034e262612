"""Sending what is due: in batches over one connection, each mail by one sender at a time."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException, SMTPServerDisconnected
from typing import Final

import structlog
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend

from temp_portal.notifications import workflows
from temp_portal.notifications.messages import Mails
from temp_portal.notifications.models import Delivery

log = structlog.get_logger(__name__)

BATCH: Final = 500
# What a killed sender may send twice; and one commit costs as much as one mail.
RECORD_EVERY: Final = 50
# The rest of the lease covers the mail in hand.
SENDING_SECONDS: Final = workflows.LEASE.total_seconds() * 0.7
PERMANENT: Final = 500
# A mail that cannot be written (a placeholder without value, an address no server would take) must not hold up others.
UNSENDABLE: Final = (ImproperlyConfigured, KeyError, TypeError, ValueError)


class ServerDown(Exception):
    """The mail server does not answer, or not to us."""


def deliver_due() -> int:
    """Send every mail that is due; returns how many the mail server took."""
    total = 0
    while batch := workflows.claim(BATCH):
        sender = Batch(batch)
        try:
            sender.run()
        except ServerDown as error:
            workflows.put_back(sender.rest, str(error))
            log.error("mail_server_down", waiting=len(sender.rest), error=str(error))
            break
        finally:
            sender.record()
            total += sender.taken
    return total


class Batch:
    """Claimed mails on their way: `rest` are those not tried yet, `taken` counts what the server took."""

    def __init__(self, deliveries: list[Delivery]) -> None:
        self.rest = list(reversed(deliveries))
        self.taken = 0
        self.mails = Mails()
        self._unrecorded: list[Delivery] = []

    def run(self) -> None:
        """Send one after the other while the lease lasts. Raises ServerDown when there is nobody to send to."""
        until = time.monotonic() + SENDING_SECONDS
        while self.rest and time.monotonic() < until:
            with _connection() as connection:
                self._send_over(connection, until)
        workflows.put_back(self.rest)

    def _send_over(self, connection: BaseEmailBackend, until: float) -> None:
        """Send until done, out of time, or the server hangs up."""
        while self.rest and time.monotonic() < until:
            delivery = self.rest.pop()
            try:
                self._send(delivery, connection)
            except (SMTPServerDisconnected, OSError) as error:
                workflows.postpone(delivery, _text(error))
                return

    def _send(self, delivery: Delivery, connection: BaseEmailBackend) -> None:
        if not delivery.recipient.is_active:
            workflows.give_up(delivery, "The recipient's account is closed.")
            return
        try:
            connection.send_messages([self.mails.build(delivery, connection)])
        except SMTPServerDisconnected:
            raise
        except SMTPRecipientsRefused as error:
            self._refused(delivery, error)
        except (SMTPException, *UNSENDABLE) as error:
            log.error("mail_not_sent", delivery=delivery.pk, kind=delivery.notification.kind, error=_text(error))
            workflows.postpone(delivery, _text(error))
        else:
            self._unrecorded.append(delivery)
            if len(self._unrecorded) >= RECORD_EVERY:
                self.record()

    def _refused(self, delivery: Delivery, error: SMTPRecipientsRefused) -> None:
        code, _answer = next(iter(error.recipients.values()))
        outcome = workflows.give_up if code >= PERMANENT else workflows.postpone
        outcome(delivery, _text(error))

    def record(self) -> None:
        """Write down what the server took."""
        workflows.mark_sent(self._unrecorded)
        self.taken += len(self._unrecorded)
        self._unrecorded = []


@contextmanager
def _connection() -> Iterator[BaseEmailBackend]:
    """An open connection to the mail server. Raises ServerDown when there is none to be had."""
    connection = get_connection()
    try:
        connection.open()
    except (SMTPException, OSError) as error:
        raise ServerDown(_text(error)) from error
    try:
        yield connection
    finally:
        connection.close()


def _text(error: Exception) -> str:
    if isinstance(error, SMTPResponseException):
        answer = error.smtp_error
        return f"{error.smtp_code} {answer.decode(errors='replace') if isinstance(answer, bytes) else answer}"
    return f"{type(error).__name__}: {error}"
