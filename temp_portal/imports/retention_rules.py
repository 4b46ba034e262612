from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from temp_portal.audit.retention import YEAR, rule
from temp_portal.imports.models import TableImport


def empty(rows: "QuerySet[Any]") -> int:
    """Take out what the files said; that there was an import, and its counts, stay."""
    return rows.update(sample=[], changes=[])


@rule(
    "imports",
    label=_("Rows shown of imported tables"),
    kept=YEAR,
    source=_("Logs: twelve months."),
    action=empty,
)
def imports(before: datetime) -> "QuerySet[Any]":
    return TableImport.objects.filter(created_at__lt=before).exclude(Q(sample=[]) & Q(changes=[]))
