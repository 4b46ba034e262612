from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from temp_portal.audit.retention import YEAR, rule
from temp_portal.jobs.models import Job


@rule("jobs", label=_("Jobs that have ended"), kept=YEAR, source=_("Logs: twelve months."))
def jobs(before: datetime) -> "QuerySet[Any]":
    return Job.objects.filter(finished_at__lt=before)
