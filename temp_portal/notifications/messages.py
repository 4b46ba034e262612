"""What a notice says, in the language of whoever reads it: in the inbox and by mail."""

from dataclasses import dataclass
from email.utils import parseaddr
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from temp_portal.notifications import kinds
from temp_portal.notifications.models import Delivery, Notification


@dataclass(frozen=True)
class Message:
    """A notice in one language; `details` are (label, value) pairs."""

    subject: str
    body: str
    details: list[tuple[str, str]]


class Values(dict[str, object]):
    """What fills the placeholders. A value that an older notice does not have stays empty."""

    def __missing__(self, _key: str) -> str:
        return ""


def message(notification: Notification) -> Message:
    """The notice in the active language."""
    kind = kinds.known(notification.kind)
    shown = {name: kinds.in_language(value) for name, value in notification.context.items()}
    values = Values({name: value for name, value in shown.items() if value is not None})
    return Message(
        # A line break in a name would be a second header line.
        subject=" ".join((str(kind.subject) % values).split()),
        body=str(kind.body) % values,
        details=[(str(label), str(values[key])) for label, key in kind.details if values[key]],
    )


def link(notification: Notification) -> str:
    """Path of the page that the notice is about; empty when that is gone or has none."""
    try:
        model = apps.get_model(notification.subject_type)
        subject = model._base_manager.get(pk=notification.subject_id)
    except (LookupError, ObjectDoesNotExist):
        return ""
    return kinds.known(notification.kind).link(subject)


class Mails:
    """Builds the mails of one batch. An event reads the same to all who share a language, so it is rendered once."""

    def __init__(self) -> None:
        self._rendered: dict[tuple[int, str], tuple[str, str, str]] = {}

    def build(self, delivery: Delivery, connection: BaseEmailBackend) -> EmailMultiAlternatives:
        """The mail of one delivery, with the same Message-ID at every attempt."""
        subject, text, html = self._texts(delivery.notification, delivery.recipient.language)
        mail = EmailMultiAlternatives(
            subject=subject,
            body=text,
            to=[delivery.recipient.email],
            connection=connection,
            headers={"Message-ID": message_id(delivery), "Auto-Submitted": "auto-generated"},
        )
        mail.attach_alternative(html, "text/html")
        return mail

    def _texts(self, notification: Notification, language: str) -> tuple[str, str, str]:
        key = (notification.pk, language)
        if key not in self._rendered:
            with translation.override(language):
                self._rendered[key] = _render(notification)
        return self._rendered[key]


def _render(notification: Notification) -> tuple[str, str, str]:
    said = message(notification)
    context: dict[str, Any] = {
        "message": said,
        "url": settings.SITE_URL + reverse("notifications:open", args=[notification.pk]),
        "preferences_url": settings.SITE_URL + reverse("notifications:preferences"),
        "site_url": settings.SITE_URL,
    }
    text = render_to_string("notifications/mail.txt", context)
    return said.subject, text.strip() + "\n", render_to_string("notifications/mail.html", context)


def message_id(delivery: Delivery) -> str:
    """The mail's Message-ID: by it a mailbox recognises a mail that was sent a second time."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return f"<{delivery.notification.token}.{delivery.pk}@{domain}>"
