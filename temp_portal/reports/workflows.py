"""The states of a report. In this release: a draft is prepared, its figures are counted and frozen."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from temp_portal.audit.workflow import Move, Workflow, record
from temp_portal.core.periods import Quarter
from temp_portal.jobs import workflows as jobs
from temp_portal.reports.enums import ReportState
from temp_portal.reports.figures import Document, digest
from temp_portal.reports.models import Report

if TYPE_CHECKING:
    from collections.abc import Iterable

    from temp_portal.accounts.models import User

JOB = "reports.quarterly"

flow = Workflow(
    Report,
    [
        Move(
            "freeze",
            sources=[ReportState.DRAFT],
            target=ReportState.DATA_FROZEN,
            permission="reports.build_report",
            stamp="frozen",
        )
    ],
)


@transaction.atomic
def prepare(quarter: Quarter, *, by: "User", scope: "Iterable[int] | None", languages: "Iterable[str]") -> Report:
    """Create the draft and start the job that counts, freezes and makes the files.

    Raises ValidationError for a quarter that has not begun, PermissionDenied for committees that are not the user's.
    """
    if quarter.start > timezone.localdate():
        raise ValidationError({"quarter": _("This quarter has not begun.")})
    committees = None if scope is None else sorted(set(scope))
    report = Report(
        quarter=str(quarter),
        period_start=quarter.start,
        period_end=quarter.end,
        time_zone=settings.TIME_ZONE,
        scope=committees,
        languages=list(languages),
        created_by=by,
    )
    if not by.has_perm("reports.build_report", report):
        raise PermissionDenied
    report.version = _next_version(report)
    report.save()
    record(report, move="create", by=by)
    report.job = jobs.start(JOB, {"report": report.pk}, by=by, title=str(report))
    report.save(update_fields=["job"])
    return report


def freeze(report: Report, document: Document, *, by: "User", cut_off: datetime, restated: list[Any]) -> Report:
    """Freeze the figures counted at `cut_off`. Raises StateConflict when they are frozen already."""
    with flow.moving(report, "freeze", by=by) as locked:
        locked.figures = document.as_json()
        locked.figures_hash = digest(locked.figures)
        locked.schema = document.schema
        locked.cut_off = cut_off
        locked.restated = restated
        _lock_versions()
        locked.version = _next_version(locked)
    return locked


def _next_version(report: Report) -> int:
    return Report.objects.of(report.period, report.scope).frozen().count() + 1


def _lock_versions() -> None:
    """Two reports that are frozen at once get two versions."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE reports_report IN SHARE ROW EXCLUSIVE MODE")
