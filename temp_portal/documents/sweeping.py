"""What was left behind: documents that nobody examined, and files of requests that broke off."""

from datetime import timedelta
from typing import Final

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils import timezone

from temp_portal.core import files
from temp_portal.documents import scanner, storage, workflows
from temp_portal.documents.models import Document
from temp_portal.jobs import workflows as jobs

_PATIENCE: Final = timedelta(minutes=5)
_AT_ONCE: Final = 200
#: A request that is still writing, or whose transaction is still open, is left alone.
_AGE_OF_ORPHANS: Final = timedelta(days=1)


def examine_unexamined() -> int:
    """Queue the examination of documents that wait for longer than it takes; returns how many."""
    if settings.CLAMAV_URL and not scanner.is_there(settings.CLAMAV_URL):
        return 0
    waiting = Document.objects.unexamined(timezone.now() - _PATIENCE).select_related("uploaded_by")[:_AT_ONCE]
    for document in waiting:
        jobs.start(
            workflows.EXAMINATION,
            {"document": document.pk},
            by=document.uploaded_by,
            title=document.title,
            key=str(document.pk),
        )
    return len(waiting)


def remove_orphans() -> int:
    """Remove stored files that no document names; returns how many."""
    known = set()
    for file, previews in Document.objects.exclude(file="").values_list("file", "previews").iterator():
        known.update([file, *previews])
    limit = timezone.now() - _AGE_OF_ORPHANS
    found = [
        name
        for folder in (storage.FOLDER, storage.PREVIEWS)
        for name in files.names_in(folder)
        if name not in known and default_storage.get_modified_time(name) < limit
    ]
    storage.discard(*found)
    return len(found)
