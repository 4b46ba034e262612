from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from temp_portal.accounts.permissions import user_of
from temp_portal.audit.views import MoveFormMixin
from temp_portal.core.tabular.kinds import ImportKind
from temp_portal.core.views import Crumb, ObjectFormView
from temp_portal.imports import workflows
from temp_portal.imports.forms import ColumnsForm
from temp_portal.imports.mapping import Preset, preset
from temp_portal.imports.models import TableImport
from temp_portal.imports.pages import kind_of, steps
from temp_portal.imports.views.access import OneImport, import_crumbs


class ImportColumns(OneImport, MoveFormMixin, ObjectFormView[TableImport]):
    """Say which column of the file holds what; then everything is checked."""

    form_class = ColumnsForm
    template_name = "imports/columns.html"
    title = gettext_lazy("Which column holds what")
    submit_label = gettext_lazy("Check the rows")

    @cached_property
    def kind(self) -> ImportKind:
        """The kind of rows; 404 when no app offers it any more."""
        kind = kind_of(self.object)
        if kind is None:
            raise Http404
        return kind

    @cached_property
    def preset(self) -> Preset:
        """What is filled in to begin with."""
        return preset(self.object, self.kind)

    def get_crumbs(self) -> Sequence[Crumb]:
        return import_crumbs(Crumb(str(self.object), self.object.get_absolute_url()), Crumb(_("Columns")))

    def get_back_url(self) -> str:
        return self.object.get_absolute_url()

    def get_form_kwargs(self) -> dict[str, Any]:
        own = {"table_import": self.object, "kind": self.kind, "mapping": self.preset.mapping}
        return super().get_form_kwargs() | own

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = {"steps": steps(self.object), "preset": self.preset}
        return super().get_context_data(**page | kwargs)

    def act(self, form: ColumnsForm) -> HttpResponse:
        workflows.map_columns(self.object, form.cleaned_data["mapping"], by=user_of(self.request))
        return self.done(_("The rows are being checked."), self.object.get_absolute_url())
