"""CSV: one figure a line, so that any program can filter and pivot. UTF-8 with a byte order mark, for spreadsheets."""

import csv
import io
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from temp_portal.core.money import MILLION
from temp_portal.core.tabular.formulas import neutralise
from temp_portal.reports.edition import Edition
from temp_portal.reports.figures import Missing, Ratio, Value
from temp_portal.reports.figures.values import plain
from temp_portal.reports.presentation import Line, Shown, ShownTable
from temp_portal.reports.sections import Kind

MARK: Final = b"\xef\xbb\xbf"
#: A ratio has no exact decimal form; JSON holds it exactly.
RATIO_STEP: Final = Decimal("0.000001")


def render_csv(edition: Edition) -> bytes:
    """Every figure of every table; keys beside labels in the active language, numbers unformatted."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(_header())
    for table in edition.tables:
        for line in table.lines:
            writer.writerows(_record(edition, table, line, cell) for cell in line.cells)
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
        _("Unit"),
        _("Remark"),
    ]


def _record(edition: Edition, table: ShownTable, line: Line, cell: Shown) -> list[str]:
    texts = [
        str(edition.document.quarter),
        table.key,
        table.title,
        line.spec.key,
        line.label,
        cell.head.column,
        cell.head.full_label,
        cell.head.part,
    ]
    remark = cell.text if isinstance(cell.value, Missing) else ""
    return [*map(neutralise, texts), _number(cell.value, cell.kind), neutralise(_unit(line, cell)), neutralise(remark)]


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
