"""CSV: one figure a line, so that any program can filter and pivot. UTF-8 with a byte order mark, for spreadsheets."""

import csv
import io
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from temp_portal.core.money import MILLION
from temp_portal.core.tabular.formulas import neutralise
from temp_portal.reports.edition import Edition
from temp_portal.reports.figures import Missing, Ratio, Value
from temp_portal.reports.figures.values import plain
from temp_portal.reports.presentation import Line, Shown, ShownTable, restated_label
from temp_portal.reports.restatement import Place, Restatement
from temp_portal.reports.sections import Kind

MARK: Final = b"\xef\xbb\xbf"
#: A ratio has no exact decimal form; JSON holds it exactly.
RATIO_STEP: Final = Decimal("0.000001")


def render_csv(edition: Edition) -> bytes:
    """Every figure of every table; keys beside labels in the active language, numbers unformatted.

    "Was" holds what an earlier report said where later knowledge has changed it; figures of an earlier quarter that
    changed follow at the end.
    """
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(_header())
    was = {line.place: line.was for line in edition.restatements}
    quarter = str(edition.document.quarter)
    tables = edition.tables
    for table in tables:
        for line in table.lines:
            writer.writerows(_record(quarter, table, line, cell, was) for cell in line.cells)
    writer.writerows(_earlier(line, tables) for line in edition.restatements if line.quarter != quarter)
    return MARK + file.getvalue().encode()


def _header() -> list[str]:
    return [
        _("Quarter"),
        _("Table"),
        _("Title"),
        _("Row"),
        _("Label of the row"),
        _("Column"),
        _("Label of the column"),
        _("Comparison"),
        _("Value"),
        _("Was"),
        _("Unit"),
        _("Remark"),
    ]


def _record(quarter: str, table: ShownTable, line: Line, cell: Shown, was: Mapping[Place, Value]) -> list[str]:
    place = quarter, table.key, line.spec.key, cell.head.column, cell.head.part
    labels = table.title, line.label, cell.head.full_label
    before = _number(was[place], cell.kind) if place in was else ""
    remark = cell.text if cell.number is None else ""
    return _fields(place, labels, (_number(cell.value, cell.kind), before), _unit(line, cell), remark)


def _earlier(line: Restatement, tables: Sequence[ShownTable]) -> list[str]:
    """A restated figure of an earlier quarter."""
    table = next((found for found in tables if found.key == line.table), None)
    kind = table.kind_of(line.row, line.column) if table else Kind.COUNT
    row, column = restated_label(table, line.row, line.column, line.part) if table else (line.row, line.column)
    labels = (table.title if table else line.table), row, column
    return _fields(line.place, labels, (_number(line.now, kind), _number(line.was, kind)), "", _("restated"))


def _fields(place: Place, labels: tuple[str, str, str], values: tuple[str, str], unit: str, remark: str) -> list[str]:
    """The record in the order of the header; texts cannot become formulas, numbers are numbers."""
    quarter, table, row, column, part = place
    title, row_label, column_label = labels
    texts = (quarter, table, title, row, row_label, column, column_label, part)
    return [*map(neutralise, texts), *values, neutralise(unit), neutralise(remark)]


def _number(value: Value, kind: Kind) -> str:
    """Digits with a point, empty without a value. Money in millions, as its unit says; a ratio as a fraction."""
    if isinstance(value, Missing):
        return ""
    if isinstance(value, Ratio):
        exact = Decimal(value.numerator) / Decimal(value.denominator)
        return plain(exact.quantize(RATIO_STEP, rounding="ROUND_HALF_UP"))
    return plain(Decimal(value) / MILLION if kind is Kind.MONEY else Decimal(value))


def _unit(line: Line, cell: Shown) -> str:
    if isinstance(cell.value, Ratio):
        return _("fraction")
    return _("days") if cell.kind is Kind.DAYS else line.unit
