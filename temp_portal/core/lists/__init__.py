"""Tables of records: one declaration gives the page, its filters, its sorting, its pages and its downloads.

A list page is a class with columns. This is all that an app writes::

    # members/columns.py
    from temp_portal.core.lists import Column, cells

    ORGANISATIONS = [
        Column("name", _("Organisation"), cells.name(link="get_absolute_url"), sort=("sort_name",), export="name",
               row_header=True),
        Column("ownership", _("Ownership"), cells.ownership("ownership_group"), export="ownership_group"),
        Column("country", _("Country"), cells.country(), sort=("country",), export="country"),
        Column("seats", _("Seats"), cells.number("seat_count"), sort=("seat_count",), numeric=True),
        Column("updated", _("Updated"), cells.date("updated_at"), sort=("updated_at",), default=False),
    ]

    # members/views/organisations.py
    class OrganisationList(ListView[Organisation]):
        title = _("Organisations")
        columns = ORGANISATIONS
        default_sort = "name"
        filterset_class = OrganisationFilter          # a django-filter FilterSet; each filter becomes a chip
        empty = Empty(_("No organisation yet."), _("Add an organisation"), "members:organisation-create")

        def get_queryset(self):
            return Organisation.objects.visible_to(self.request.user).select_related("parent")

    # members/urls.py: the page, organisations.csv and organisations.xlsx
    urlpatterns = list_paths("organisations", OrganisationList, name="organisation-list")

What lives in the address: `?q=` (matched against the view's `search_field`, "search_key" unless it names another; ""
leaves the box out), the filter fields, `?sort=-name`, `?cols=name,country`,
`?density=compact`, `?after=` and `?before=` (signed positions, never page numbers). A download takes the same address
with another ending and therefore holds the same rows and columns.

What a reader has set up can be saved under a name (`?view=`): see `temp_portal.core.lists.saved`.

Cells edited in place, as in a spreadsheet: see `temp_portal.core.lists.sheet`.

Further files beside CSV and XLSX: `formats` (see `temp_portal.core.lists.formats`). Rows that are worked out rather
than stored: `MemoryListView`. Rows that many read and few keep: `KeptListView`.

Rules for a column's `sort`: ORM paths or annotation names, all ascending; `-` in the address turns them all round, the
primary key breaks ties. A sort path should stand on the listed row itself and be indexed together with the key.
"""

from temp_portal.core.lists import cells
from temp_portal.core.lists.bulk import BulkAction
from temp_portal.core.lists.columns import Column, ColumnSet
from temp_portal.core.lists.empty import Empty
from temp_portal.core.lists.formats import FileFormat
from temp_portal.core.lists.kept import KeptListView
from temp_portal.core.lists.keyset import KeysetPage, paginate
from temp_portal.core.lists.memory import MemoryListView
from temp_portal.core.lists.paths import list_paths
from temp_portal.core.lists.saved import Sharing
from temp_portal.core.lists.sheet import Edit, Sheet
from temp_portal.core.lists.views import ListView

__all__ = [
    "BulkAction",
    "Column",
    "ColumnSet",
    "Edit",
    "Empty",
    "FileFormat",
    "KeptListView",
    "KeysetPage",
    "ListView",
    "MemoryListView",
    "Sharing",
    "Sheet",
    "cells",
    "list_paths",
    "paginate",
]
