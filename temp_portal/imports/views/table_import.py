from collections.abc import Iterator, Sequence
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _

from temp_portal.accounts.permissions import user_of
from temp_portal.audit.workflow import StateConflict
from temp_portal.core.tabular.conversion import RowError
from temp_portal.core.tabular.errors import TableError
from temp_portal.core.tabular.export import csv_of_rows, stream_response
from temp_portal.core.tabular.importing import rejected_rows
from temp_portal.core.views import Crumb, DetailView
from temp_portal.imports import pages, storage, workflows
from temp_portal.imports.columns import TONES
from temp_portal.imports.enums import ImportState
from temp_portal.imports.forms import ApplyForm
from temp_portal.imports.models import TableImport
from temp_portal.imports.views.access import OneImport, import_crumbs


class ImportPage(OneImport, DetailView[TableImport]):
    """How far the import is, what it would change or has changed, and what is wrong with which row."""

    template_name = "imports/import.html"

    def get_crumbs(self) -> Sequence[Crumb]:
        return import_crumbs(Crumb(str(self.object)))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = self.object
        problems = list(own.problems.order_by("row", "pk")[: pages.PROBLEMS_SHOWN + 1])
        page = {
            "steps": pages.steps(own),
            "tone": TONES[own.state],
            "facts": [
                (_("Kind"), own.kind_label),
                (_("Uploaded by"), own.created_by),
                (_("Mapping"), (own.mapping or {}).get("name", "")),
                (_("Reason"), own.reason),
            ],
            # Once the rows are in, the page itself is the result.
            "job": own.job if own.state in (ImportState.MAPPED, ImportState.APPLYING) else None,
            "problems": problems[: pages.PROBLEMS_SHOWN],
            "more_problems": len(problems) > pages.PROBLEMS_SHOWN,
            "changes": pages.changes(own),
            "more_changes": own.to_write - min(len(own.changes), pages.CHANGES_SHOWN),
            "apply_form": ApplyForm(initial={"reason": own.name}),
            "list_url": pages.list_url(own) if own.state == ImportState.APPLIED else "",
        }
        return super().get_context_data(**page | kwargs)


class ImportApply(ImportPage):
    """The button that writes. Who comes too late is told so on the same page, with 409."""

    def get(self, *_args: Any, **_kwargs: Any) -> HttpResponse:
        return HttpResponseNotAllowed(["POST"])

    def post(self, *_args: Any, **_kwargs: Any) -> HttpResponse:
        self.object = self.get_object()
        form = ApplyForm(self.request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(apply_form=form, has_errors=True))
        try:
            workflows.apply(self.object, by=user_of(self.request), **form.cleaned_data)
        except StateConflict as conflict:
            self.object = self.get_object()
            messages.error(self.request, conflict.message())
            return self.render_to_response(self.get_context_data(), status=HTTPStatus.CONFLICT)
        messages.success(self.request, _("The rows are being written."))
        return HttpResponseRedirect(self.object.get_absolute_url())


class RejectedRows(OneImport, DetailView[TableImport]):
    """The rejected rows as the file has them, each with its reasons, for correction."""

    def get(self, *_args: Any, **_kwargs: Any) -> Any:
        own = self.get_object()
        if not own.rejected:
            raise Http404
        stem = get_valid_filename(f"{own.name.rsplit('.', 1)[0]}-{_('rejected')}")
        return stream_response(csv_of_rows(_rejected(own)), "csv", stem)


def _rejected(table_import: TableImport) -> Iterator[list[Any]]:
    errors = [RowError(*values) for values in table_import.problems.as_errors()]
    try:
        with storage.opened(table_import) as table:
            yield from rejected_rows(table, errors)
    except TableError as error:
        yield [str(error)]
