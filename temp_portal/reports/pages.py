"""Tables of a report as its page shows them: every figure of the reported quarter leads to the records behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from temp_portal.core import markup
from temp_portal.core.markup.figures import NOTHING
from temp_portal.reports import sections
from temp_portal.reports.figures import Document, Part
from temp_portal.reports.models import Report
from temp_portal.reports.presentation import Line, Shown, ShownTable, check_line, tables
from temp_portal.reports.sections import Style


@dataclass(frozen=True)
class PageCell:
    """A figure on the page. `url` is empty where there are no records to open."""

    shown: Shown
    url: str

    @property
    def classes(self) -> str:
        """CSS classes of the cell (look: tables)."""
        names = ["n"]
        names += ["grp"] if self.shown.head.ruled else []
        names += ["q"] if self.shown.is_current else ["dim"] if self.shown.head.part else []
        names += ["zero"] if self.shown.is_zero else []
        return " ".join(names)


@dataclass(frozen=True)
class PageLine:
    """A row on the page."""

    line: Line
    cells: Sequence[PageCell]

    @property
    def style(self) -> str:
        """CSS class of the row; a memo reads like what it is part of."""
        style = self.line.spec.style
        return Style.SUB.value if style is Style.MEMO else style.value


class PageTable:
    """A table of the report's page."""

    def __init__(self, report: Report, table: ShownTable) -> None:
        self.table = table
        self._report = report
        self._records = sections.get(table.key).records

    @cached_property
    def lines(self) -> list[PageLine]:
        return [PageLine(line, [self._cell(line, cell) for cell in line.cells]) for line in self.table.lines]

    def _cell(self, line: Line, cell: Shown) -> PageCell:
        return PageCell(cell, self._url(line, cell))

    def _url(self, line: Line, cell: Shown) -> str:
        place = line.spec.key, cell.head.column
        is_reported = cell.head.part in ("", Part.CURRENT)
        if self._records is None or cell.is_zero or not is_reported or not self._records.has(*place):
            return ""
        return reverse("reports:figures", args=[self._report.pk, self.table.key, *place])

    @property
    def check(self) -> str:
        """The sum that proves the table, or an empty text."""
        return check_line(self.table.check) if self.table.check else ""

    @property
    def adds_up(self) -> bool:
        return self.table.check is None or self.table.check.adds_up


def page_tables(report: Report, document: Document) -> list[PageTable]:
    """The tables in order, in the active language."""
    return [PageTable(report, table) for table in tables(document)]


def record_cell(value: Any) -> Any:
    """What stands in a cell of a list of records: a name with its page, a day, a text."""
    match value:
        case None | "":
            return NOTHING
        case date() | datetime():
            return markup.time_tag(value)
        case Model():
            return _linked(value)
        case _:
            return value


def _linked(thing: Any) -> Any:
    if hasattr(thing, "name_en"):
        native = "legal_name" if hasattr(thing, "legal_name") else ""
        return markup.name_tag(thing, native=native, url=thing.get_absolute_url())
    return format_html('<a href="{}">{}</a>', thing.get_absolute_url(), thing)


def place_labels(document: Document, table: str, row: str, column: str) -> tuple[str, str, str]:
    """Caption of the table, label of the row, heading of the column. Raises LookupError for what is not there."""
    shown = next((found for found in tables(document) if found.key == table), None)
    line = next((found for found in shown.lines if found.spec.key == row), None) if shown else None
    head = next((found for found in shown.heads if found.column == column), None) if shown else None
    if shown is None or line is None or head is None:
        raise LookupError(_("The report has no such figure."))
    return shown.caption, line.label, head.group or head.label
