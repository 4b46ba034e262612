"""Whom the pages of imports are for."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from temp_portal.core.views import Crumb
from temp_portal.imports.models import TableImport

RIGHT = "imports.import_tables"

if TYPE_CHECKING:

    class _Base:
        request: HttpRequest
        object: TableImport

else:
    _Base = object


def import_crumbs(*rest: Crumb) -> Sequence[Crumb]:
    """The way from the list of imports to a page."""
    return [Crumb(_("Imports"), reverse("imports:imports")), *rest]


class OneImport(_Base):
    """A page about one import out of those that the user may see."""

    login_required = True
    rule: str | None = RIGHT

    def get_queryset(self) -> QuerySet[TableImport]:
        return TableImport.objects.visible_to(self.request.user).select_related("created_by", "applied_by", "job")
