from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from temp_portal.accounts.permissions import user_of
from temp_portal.audit.views import MoveFormMixin
from temp_portal.core.views import Crumb, FormView
from temp_portal.reports import workflows
from temp_portal.reports.forms import ReportForm
from temp_portal.reports.views.access import ForReaders


class ReportCreate(ForReaders, MoveFormMixin, FormView):
    """Choose quarter, committees and languages; a job does the rest."""

    form_class = ReportForm
    rule = "reports.build_report"
    title = gettext_lazy("Prepare a quarterly report")
    submit_label = gettext_lazy("Count, freeze and make the files")
    intro = gettext_lazy("The figures are counted from everything recorded up to now and then stay as they are.")

    def get_crumbs(self) -> Sequence[Crumb]:
        return [Crumb(_("Reports"), reverse("reports:reports")), Crumb(_("New"))]

    def get_back_url(self) -> str:
        return reverse("reports:reports")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": user_of(self.request)}

    def act(self, form: ReportForm) -> HttpResponse:
        given = form.cleaned_data
        report = workflows.prepare(
            given["quarter"], by=user_of(self.request), scope=given["committees"], languages=given["languages"]
        )
        return self.done(_("The report is being prepared."), report.get_absolute_url())
