"""What the page of an import says: its course, its counts, and the differences in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from temp_portal.core.tabular.fields import ImportField
from temp_portal.core.tabular.kinds import ImportKind, all_kinds
from temp_portal.imports.enums import ImportState
from temp_portal.imports.models import TableImport

CHANGES_SHOWN: Final = 50
PROBLEMS_SHOWN: Final = 20
#: How far each state is on the way; a failed import stops where it was.
_REACHED: Final[dict[str, int]] = {
    ImportState.UPLOADED: 1,
    ImportState.MAPPED: 2,
    ImportState.CHECKED: 3,
    ImportState.APPLYING: 3,
    ImportState.FAILED: 2,
    ImportState.APPLIED: 4,
}


@dataclass(frozen=True, slots=True)
class Change:
    """A row that is written: (label, before, after) for every value that differs, nothing for a new row."""

    row: int
    title: str
    is_new: bool
    values: list[tuple[str, str, str]]


def kind_of(table_import: TableImport) -> ImportKind | None:
    """The kind, or None when no app offers it any more."""
    return next((kind for kind in all_kinds() if kind.name == table_import.kind), None)


def list_url(table_import: TableImport) -> str:
    """Address of the list in which the rows are found once they are in."""
    kind = kind_of(table_import)
    return reverse(kind.listed_at) if kind and kind.listed_at else ""


def steps(table_import: TableImport) -> list[dict[str, Any]]:
    """The course from file to rows, for `components/stages.html`."""
    reached = _REACHED[table_import.state]
    labels = [_("Upload"), _("Columns"), _("Check"), pgettext("import", "Apply")]
    return [
        {"label": label, "state": "done" if number < reached else "now" if number == reached else ""}
        for number, label in enumerate(labels)
    ]


def changes(table_import: TableImport) -> list[Change]:
    """The first rows that are written, with what changes in each."""
    kind = kind_of(table_import)
    fields = {name: field for field in (kind.fields if kind else ()) for name in field.columns}
    return [
        Change(found["row"], found["title"], found["action"] == "created", list(_values(found["changes"], fields)))
        for found in table_import.changes[:CHANGES_SHOWN]
    ]


def _values(found: Mapping[str, tuple[Any, Any]], fields: Mapping[str, ImportField]) -> Iterable[tuple[str, str, str]]:
    for name, (before, after) in found.items():
        field = fields.get(name)
        yield str(field.label) if field else name, _in_words(before, field), _in_words(after, field)


def _in_words(value: Any, field: ImportField | None) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, list):
        return ", ".join(_in_words(item, field) for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_in_words(item, None)}" for key, item in value.items())
    return str(field.choices.get(str(value), value)) if field else str(value)
