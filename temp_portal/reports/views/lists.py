from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from temp_portal.core.lists import Empty, ListView
from temp_portal.reports import scopes
from temp_portal.reports.columns import REPORTS
from temp_portal.reports.filters import ReportFilter
from temp_portal.reports.models import Report
from temp_portal.reports.views.access import ForReaders


class ReportList(ForReaders, ListView[Report]):
    """Reports that the user may read, newest first."""

    title = _("Reports")
    template_name = "reports/reports.html"
    columns = REPORTS
    default_sort = "-quarter"
    filterset_class = ReportFilter
    search_field = ""

    def get_queryset(self) -> QuerySet[Report]:
        return Report.objects.visible_to(self.request.user).select_related("created_by").defer("figures", "restated")

    def get_empty(self) -> Empty:
        """Who may prepare a report is told how."""
        if self.filterset.form.changed_data:
            return super().get_empty()
        if self.request.user.has_perm("reports.build_report"):
            return Empty(_("No report has been prepared yet."), _("Prepare a report"), "reports:new")
        return Empty(_("No report has been prepared yet."))

    def render(self, rows: Sequence[Report], *, selectable: bool) -> SafeString:
        for report, label in zip(rows, scopes.labels([report.scope for report in rows]), strict=True):
            report.scope_label = label
        return super().render(rows, selectable=selectable)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"may_build": self.request.user.has_perm("reports.build_report")} | kwargs)
