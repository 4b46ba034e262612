"""Sending what is due: in batches over one connection, each mail by one sender at a time."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from smtplib import SMTPRecipientsRefused, SMTPResponseException
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
CLOSING: Final = 421
# Beside OSError, which every SMTPException is: a mail that cannot be written must not hold up the others.
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
            except (OSError, *UNSENDABLE) as error:
                self._not_sent(delivery, error)
                if _hung_up(error):
                    return

    def _send(self, delivery: Delivery, connection: BaseEmailBackend) -> None:
        if not delivery.recipient.is_active:
            workflows.give_up(delivery, "The recipient's account is closed.")
            return
        connection.send_messages([self.mails.build(delivery, connection)])
        self._unrecorded.append(delivery)
        if len(self._unrecorded) >= RECORD_EVERY:
            self.record()

    def _not_sent(self, delivery: Delivery, error: Exception) -> None:
        log.warning("mail_not_sent", delivery=delivery.pk, kind=delivery.notification.kind, error=_text(error))
        refused = isinstance(error, SMTPRecipientsRefused) and _code(error) >= PERMANENT
        outcome = workflows.give_up if refused else workflows.postpone
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
    except OSError as error:
        raise ServerDown(_text(error)) from error
    try:
        yield connection
    finally:
        connection.close()


def _code(error: Exception) -> int:
    """The server's answer; 0 where it gave none."""
    if isinstance(error, SMTPRecipientsRefused):
        return next(code for code, _answer in error.recipients.values())
    return error.smtp_code if isinstance(error, SMTPResponseException) else 0


def _hung_up(error: Exception) -> bool:
    """Whether the connection is of no further use."""
    code = _code(error)
    return code == CLOSING or (not code and isinstance(error, OSError))


def _text(error: Exception) -> str:
    if isinstance(error, SMTPResponseException):
        answer = error.smtp_error
        return f"{error.smtp_code} {answer.decode(errors='replace') if isinstance(answer, bytes) else answer}"
    return f"{type(error).__name__}: {error}"
