"""What the inbox and the local mailbox show."""

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from temp_portal.core.db import label_of
from temp_portal.core.lists import Column, cells
from temp_portal.core.markup import status_tag
from temp_portal.notifications import kinds
from temp_portal.notifications.messages import message
from temp_portal.notifications.models import Delivery, LocalMail


def _subject(delivery: Delivery) -> Any:
    subject = message(delivery.notification).subject
    url = reverse("notifications:open", args=[delivery.notification_id])
    if delivery.read_at:
        return format_html('<a href="{}">{}</a>', url, subject)
    return format_html('<a href="{}"><strong>{}</strong></a>', url, subject)


def _kind(delivery: Delivery) -> str:
    return str(kinds.known(delivery.notification.kind).label)


def _read(delivery: Delivery) -> Any:
    return capfirst(_("read")) if delivery.read_at else status_tag("info", _("unread"), icon="bell")


def inbox_columns() -> list[Column]:
    """By "-read" the unread come first, the newest first among them: the key breaks ties in the same direction."""
    received = cells.date("notification.created_at")
    kind = label_of("notification__kind", [(kind.name, kind.label) for kind in kinds.every()])
    return [
        Column("notice", _("Notice"), _subject, row_header=True),
        Column("kind", _("Kind"), _kind, export=kind),
        Column("read", _("Read"), _read, sort=("is_unread",), export="read_at"),
        Column("at", _("Received"), received, sort=("pk",), export="notification__created_at"),
    ]


def _mail(mail: LocalMail) -> Any:
    return format_html('<a href="{}">{}</a>', reverse("notifications:mail", args=[mail.pk]), mail.subject)


MAILBOX = [
    Column("subject", _("Subject"), _mail, sort=("subject",), row_header=True),
    Column("to", _("To"), cells.text("to"), sort=("to",)),
    Column("at", _("Sent at"), cells.date("sent_at"), sort=("pk",), export="sent_at"),
]
