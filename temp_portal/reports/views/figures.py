"""The records behind one figure of a report, as they were known at its cut-off."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from temp_portal.core.views import Crumb
from temp_portal.reports import sections
from temp_portal.reports.pages import place_labels, record_cell
from temp_portal.reports.views.report import ReportMixin


class FigureRecords(ReportMixin):
    """`?after=` is the key of the last record of the page before."""

    template_name = "reports/figures.html"

    def get_crumbs(self) -> Sequence[Crumb]:
        report = self.object
        here = Crumb(report.scope_label, report.get_absolute_url())
        return [Crumb(_("Reports"), reverse("reports:reports")), here, Crumb(_("Records"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        report, document = self.object, self.object.document
        place = self.kwargs["table"], self.kwargs["row"], self.kwargs["column"]
        if document is None:
            raise Http404
        try:
            caption, row, column = place_labels(document, *place)
        except LookupError as error:
            raise Http404 from error
        source = sections.get(place[0]).records
        if source is None or not source.has(*place[1:]):
            raise Http404
        records = source.page(report.basis, *place[1:], self.request.GET.get("after", ""))
        page = {
            "caption": caption,
            "row": row,
            "column": column,
            "headings": records.headings,
            "rows": [[record_cell(cell) for cell in record.cells] for record in records.rows],
            "next_url": "?" + urlencode({"after": records.rows[-1].key}) if records.more else "",
            "is_first": "after" not in self.request.GET,
        }
        return super().get_context_data(**page | kwargs)
