"""How long the files of jobs are kept."""

from datetime import timedelta

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils import timezone

from temp_portal.core import files
from temp_portal.jobs import registry
from temp_portal.jobs.models import Job
from temp_portal.jobs.run import FOLDER


def purge() -> int:
    """Remove files older than JOBS_FILES_DAYS, or than the days of their kind, broken-off attempts included.

    Returns how many.

    The job keeps the name of its file, so its page can say that there was one.
    """
    limit = timezone.now() - timedelta(days=settings.JOBS_FILES_DAYS)
    old = [name for name in files.names_in(FOLDER) if default_storage.get_modified_time(name) < limit]
    old += _expired()
    Job.objects.filter(result_file__in=old).update(result_file="")
    for name in old:
        files.discard(name)
    return len(old)


def _expired() -> list[str]:
    """Files of the kinds that are kept for a shorter time."""
    found: list[str] = []
    for sort in registry.every():
        if sort.result_days is not None:
            limit = timezone.now() - timedelta(days=sort.result_days)
            jobs = Job.objects.filter(kind=sort.name, finished_at__lt=limit).exclude(result_file="")
            found += jobs.values_list("result_file", flat=True)
    return found
