"""What the lists of imports and of errors show."""

from typing import Any, Final

from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from temp_portal.core.lists import Column, cells
from temp_portal.imports.enums import ImportState
from temp_portal.imports.models import TableImport

TONES: Final[dict[str, str]] = {
    ImportState.UPLOADED: "wait",
    ImportState.MAPPED: "info",
    ImportState.CHECKED: "wait",
    ImportState.APPLYING: "info",
    ImportState.APPLIED: "ok",
    ImportState.FAILED: "bad",
}


def _file(table_import: TableImport) -> Any:
    return format_html('<a href="{}">{}</a>', table_import.get_absolute_url(), table_import.name)


def _count(name: str, label: Any) -> Column:
    return Column(name, label, cells.number(name), sort=(name,), numeric=True)


IMPORTS: Final = [
    Column("file", _("File"), _file, sort=("name",), row_header=True),
    Column("kind", _("Kind"), cells.text("kind_label"), sort=("kind",)),
    Column("state", _("State"), cells.status("state", TONES), sort=("state",)),
    _count("rows", _("Rows")),
    _count("created", _("Created")),
    _count("updated", _("Updated")),
    _count("unchanged", _("Unchanged")),
    _count("rejected", _("Rejected")),
    Column("uploaded", _("Uploaded at"), cells.date("created_at"), sort=("created_at",)),
    Column("uploaded_by", _("Uploaded by"), cells.text("created_by"), export="created_by__email", default=False),
    Column("applied", _("Applied at"), cells.date("applied_at"), sort=("applied_at",), default=False),
]

PROBLEMS: Final = [
    Column("row", _("Row"), cells.number("row"), sort=("row",), row_header=True, width="w-fit"),
    Column("column", _("Column"), cells.text("column"), sort=("column",)),
    Column("value", _("Value"), cells.text("value"), export="value"),
    Column("reason", _("Reason"), cells.text("reason"), sort=("reason",)),
]
