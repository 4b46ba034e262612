from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from temp_portal.audit.models import Reading
from temp_portal.audit.retention import YEAR, rule


@rule(
    "readings",
    label=_("Record of who read personal data"),
    kept=YEAR,
    source=_("Logs: twelve months; the law asks for six at least."),
)
def readings(before: datetime) -> "QuerySet[Any]":
    return Reading.objects.filter(at__lt=before)
