"""How long the files of jobs are kept."""

from datetime import timedelta

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils import timezone

from temp_portal.core import files
from temp_portal.jobs.models import Job
from temp_portal.jobs.run import FOLDER


def purge() -> int:
    """Remove files older than JOBS_FILES_DAYS, those of broken-off attempts included; returns how many.

    The job keeps the name of its file, so its page can say that there was one.
    """
    limit = timezone.now() - timedelta(days=settings.JOBS_FILES_DAYS)
    old = [name for name in files.names_in(FOLDER) if default_storage.get_modified_time(name) < limit]
    Job.objects.filter(result_file__in=old).update(result_file="")
    for name in old:
        files.discard(name)
    return len(old)
