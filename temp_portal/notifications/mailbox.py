"""Mail that stays on this machine: the e-mail backend of one's own machine, where no EMAIL_URL is given.

Everything the portal sends, sign-up links included, can then be read on `/mailbox/` by whoever reaches the portal.
"""

from collections.abc import Sequence
from typing import Final

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend

from temp_portal.notifications.models import LocalMail

KEPT: Final = 1000


class MailboxBackend(BaseEmailBackend):
    """Stores mails as rows and keeps the latest thousand."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        rows = LocalMail.objects.bulk_create([_row(mail) for mail in email_messages])
        if rows:
            LocalMail.objects.filter(pk__lte=rows[-1].pk - KEPT).delete()
        return len(rows)


def _row(mail: EmailMessage) -> LocalMail:
    return LocalMail(
        sender=mail.from_email,
        to=", ".join(mail.recipients()),
        subject=str(mail.subject),
        text=str(mail.body),
        html=_html(mail),
    )


def _html(mail: EmailMessage) -> str:
    if not isinstance(mail, EmailMultiAlternatives):
        return ""
    return next((str(content) for content, kind in mail.alternatives if kind == "text/html"), "")
