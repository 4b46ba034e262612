from collections.abc import Sequence
from functools import cached_property

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _translate
from django.utils.translation import gettext_lazy as _

from temp_portal.core.lists import Empty, ListView
from temp_portal.core.views import Crumb
from temp_portal.imports.columns import IMPORTS, PROBLEMS
from temp_portal.imports.filters import ImportFilter
from temp_portal.imports.models import RowProblem, TableImport
from temp_portal.imports.views.access import RIGHT, import_crumbs


class ImportList(ListView[TableImport]):
    """Every import, newest first."""

    title = _("Imports")
    template_name = "imports/imports.html"
    rule = RIGHT
    login_required = True
    columns = IMPORTS
    default_sort = "-uploaded"
    filterset_class = ImportFilter
    search_field = ""
    empty = Empty(_("No table has been imported yet."), _("Import a table"), "imports:new")

    def get_queryset(self) -> QuerySet[TableImport]:
        return TableImport.objects.visible_to(self.request.user).light().select_related("created_by")


class ProblemList(ListView[RowProblem]):
    """Every error of every row of one import."""

    login_required = True
    columns = PROBLEMS
    default_sort = "row"
    search_field = ""
    page_size = 100
    empty = Empty(_("No row has an error."))

    @cached_property
    def table_import(self) -> TableImport:
        """The import, 404 for whoever does not see it."""
        seen = TableImport.objects.visible_to(self.request.user).light()
        return get_object_or_404(seen, pk=self.kwargs["pk"])

    def get_queryset(self) -> QuerySet[RowProblem]:
        return RowProblem.objects.filter(table_import=self.table_import)

    def get_title(self) -> str:
        return _translate("Errors in %(file)s") % {"file": self.table_import.name}

    def get_crumbs(self) -> Sequence[Crumb]:
        own = self.table_import
        return import_crumbs(Crumb(str(own), own.get_absolute_url()), Crumb(_("Errors")))
