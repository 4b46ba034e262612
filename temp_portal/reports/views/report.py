"""The page of a report: its course, its tables, its files, and whether its figures still follow from the facts."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from temp_portal.core import files
from temp_portal.core.views import Crumb, DetailView
from temp_portal.jobs.enums import JobState
from temp_portal.jobs.models import Job
from temp_portal.reports.edition import Edition
from temp_portal.reports.enums import ReportState
from temp_portal.reports.models import Report
from temp_portal.reports.pages import PageTable, page_tables
from temp_portal.reports.verification import Verification, recompute
from temp_portal.reports.views.access import ForReaders

#: The course of a report; a correction is a new version and no step of its own.
COURSE = (
    ReportState.DRAFT,
    ReportState.DATA_FROZEN,
    ReportState.REVIEWED,
    ReportState.SIGNED,
    ReportState.PUBLISHED,
)


class ReportMixin(ForReaders, DetailView[Report]):
    """Fetches the report out of those that the user may read."""

    template_name = "reports/report.html"

    def get_queryset(self) -> QuerySet[Report]:
        people = ("created_by", "frozen_by", "job", "job__created_by")
        return Report.objects.visible_to(self.request.user).select_related(*people).prefetch_related("files")

    def get_title(self) -> str:
        return _("Quarterly report, %(quarter)s") % {"quarter": self.object.period.label()}

    def get_crumbs(self) -> Sequence[Crumb]:
        return [Crumb(_("Reports"), reverse("reports:reports")), Crumb(self.object.scope_label)]


class ReportPage(ReportMixin):
    """Everything about one report."""

    verification: Verification | None = None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        report = self.object
        page = {
            "steps": list(_steps(report)),
            "edition": Edition.of(report) if report.figures else None,
            "verification": self.verification,
            "files": sorted(report.files.all(), key=lambda file: (not file.language, file.language, file.format)),
            "last_day": report.period_end - timedelta(days=1),
            **_tables(report),
            "job": self._job(),
        }
        return super().get_context_data(**page | kwargs)

    def _job(self) -> Job | None:
        """The job, while there is something to see of it and for whom it is."""
        job = self.object.job
        if job is None or job.state == JobState.SUCCEEDED:
            return None
        return job if Job.objects.visible_to(self.request.user).filter(pk=job.pk).exists() else None


def _steps(report: Report) -> list[dict[str, Any]]:
    """The course with who did what when."""
    done = {
        ReportState.DRAFT: (report.created_by, report.created_at),
        ReportState.DATA_FROZEN: (report.frozen_by, report.frozen_at),
    }
    reached = COURSE.index(ReportState(report.state)) if report.state in COURSE else len(COURSE)
    waits = report.job is not None and report.job.is_active
    return [
        {
            "label": capfirst(str(state.label)),
            "state": "done" if place <= reached else "now" if waits and place == reached + 1 else "",
            "detail": done.get(state, (None, None))[0],
            "at": done.get(state, (None, None))[1],
        }
        for place, state in enumerate(COURSE)
    ]


def _tables(report: Report) -> dict[str, Any]:
    """The tables for reading, and apart from them those that a chart draws."""
    document = report.document
    shown = page_tables(report, document) if document else []
    courses: list[PageTable] = [table for table in shown if table.table.is_course]
    return {"tables": [table for table in shown if not table.table.is_course], "courses": courses}


class ReportRecompute(ReportPage):
    """Counts the report again at its own cut-off and says whether the hash is the same."""

    http_method_names = ["post", "options"]

    def post(self, *_args: Any, **_kwargs: Any) -> HttpResponse:
        self.object = self.get_object()
        if not self.object.is_frozen:
            raise Http404
        self.verification = recompute(self.object)
        return self.render_to_response(self.get_context_data())


class ReportDownload(ReportMixin):
    """A file of the report, as an attachment."""

    def get(self, *_args: Any, **kwargs: Any) -> Any:
        file = get_object_or_404(self.get_object().files.all(), pk=kwargs["file"])
        try:
            return files.download(str(file.file.name), file.name)
        except FileNotFoundError:
            raise Http404 from None
