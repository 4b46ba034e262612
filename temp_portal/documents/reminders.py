"""Reminders before a document's last day: 30 and 7 days, each once however often the sweep runs."""

from datetime import date
from typing import Final

from django.utils import timezone

from temp_portal.documents.models import Document
from temp_portal.notifications.dispatch import notify

DAYS: Final = (7, 30)


def remind(day: date | None = None) -> int:
    """Tell the keepers of documents that end soon; returns how many documents there are."""
    today = day or timezone.localdate()
    documents = list(Document.objects.expiring(today))
    for document in documents:
        notify(
            "document_expires",
            document,
            recipients=document.scope.keepers(),
            key=f"document {document.pk} until {document.expires_on} {_threshold(document, today)}",
        )
    return len(documents)


def _threshold(document: Document, today: date) -> int:
    """The nearest of the days whose reminder is due; a sweep that was missed is made up for."""
    left = ((document.expires_on or today) - today).days
    return next(days for days in DAYS if left <= days)
