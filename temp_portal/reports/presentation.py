"""A report in words of one language: the same tables for the page and for every file.

Everything is worked out here, from frozen figures and the registry of tables, in the active language; the renderers
only lay it out. Numbers keep their exact value beside the text, for files that hold true numbers.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from temp_portal.core.markup.figures import MINUS, NOTHING, number
from temp_portal.core.money import MILLION, millions
from temp_portal.core.periods import Quarter
from temp_portal.reports import sections
from temp_portal.reports.figures import PARTS, Cell, Document, Missing, Part, Ratio, Reason, Value
from temp_portal.reports.sections import Check, Column, Kind, Measure, RowSpec, Section

PLACES: Final = 1


@dataclass(frozen=True)
class Head:
    """A column as it is shown: one figure, or one part of a comparison block (`group` is then the block's heading).

    `ruled`: a vertical hairline stands before it, at the begin of a block and behind its end.
    """

    column: str
    part: str
    label: str
    group: str = ""
    ruled: bool = False

    @property
    def full_label(self) -> str:
        """The heading in one line, unique within its table."""
        return f"{self.group}, {self.label}" if self.group else self.label


@dataclass(frozen=True)
class Shown:
    """A figure as it is shown. `value` is exact; `number` is what a spreadsheet calculates with, None without one."""

    head: Head
    kind: Kind
    value: Value
    text: str
    number: float | int | None
    format: str

    @property
    def is_zero(self) -> bool:
        """Whether it is written quietly: zero, or nothing to say."""
        return isinstance(self.value, Missing) or (not isinstance(self.value, Ratio) and not self.value)

    @property
    def is_current(self) -> bool:
        """Whether it is of the reported quarter, which a comparison block writes in bold."""
        return self.head.part == Part.CURRENT


@dataclass(frozen=True)
class Line:
    """A row of a table."""

    spec: RowSpec
    label: str
    unit: str
    cells: Sequence[Shown]


@dataclass(frozen=True)
class Group:
    """A heading over several columns (`span` of them), or a column that stands alone (`span` 1, no part)."""

    label: str
    span: int
    is_block: bool
    ruled: bool


@dataclass(frozen=True)
class ShownTable:
    """A table in the active language."""

    key: str
    title: str
    intro: str
    head: str
    unit_head: str
    heads: Sequence[Head]
    lines: Sequence[Line]
    notes: Sequence[str]
    check: Check | None
    is_course: bool

    @property
    def groups(self) -> list[Group]:
        """The upper row of headings."""
        return groups_of(self.heads)

    @property
    def has_blocks(self) -> bool:
        return any(head.group for head in self.heads)

    @property
    def series(self) -> list[Line]:
        """Lines to be drawn in a chart: those with a mark of ownership."""
        return [line for line in self.lines if line.spec.mark]

    def kind_of(self, row: str, column: str) -> Kind:
        """How a figure of the table is written; a count where the table no longer has it."""
        cells = (cell for line in self.lines if line.spec.key == row for cell in line.cells)
        return next((cell.kind for cell in cells if cell.head.column == column), Kind.COUNT)

    @property
    def caption(self) -> str:
        """Number and title."""
        return _("%(number)s. %(title)s") % {"number": self.key, "title": self.title}


def tables(document: Document) -> list[ShownTable]:
    """Every table of the document that has rows, in order, in the active language."""
    shown = (_table(section, document) for section in sections.every(document.schema) if section.key in document.tables)
    return [table for table in shown if table.lines]


def _table(section: Section, document: Document) -> ShownTable:
    rows = document.tables[section.key]
    heads = list(_all_heads(section.columns, document.quarter))
    columns = {column.key: column for column in section.columns}
    return ShownTable(
        key=section.key,
        title=str(section.title),
        intro=str(section.intro),
        head=str(section.head),
        unit_head=_("Unit") if section.has_units else "",
        heads=heads,
        lines=[_line(spec, rows[spec.key], heads, columns) for spec in section.rows(rows)],
        notes=[str(note) for note in section.notes],
        check=section.check(rows) if section.check else None,
        is_course=section.is_course,
    )


def _all_heads(columns: Sequence[Column], quarter: Quarter) -> Iterator[Head]:
    after_block = False
    for column in columns:
        label = column.label_in(quarter)
        if column.compared is None:
            yield Head(column.key, "", label, ruled=after_block)
        else:
            for part in PARTS:
                yield Head(column.key, part.value, part_label(part, quarter), label, ruled=part is Part.CURRENT)
        after_block = column.compared is not None


def part_label(part: str, quarter: Quarter) -> str:
    """Heading of a part of the comparison block, e.g. "Q3", "Q2", "Δ", "Δ%", "YTD", "Q3 2025"."""
    match part:
        case Part.CURRENT:
            return _short(quarter)
        case Part.PREVIOUS:
            return _short(quarter.previous) if quarter.previous.year == quarter.year else quarter.previous.label()
        case Part.CHANGE:
            return "Δ"
        case Part.GROWTH:
            return "Δ%"
        case Part.YEAR_TO_DATE:
            return _("YTD")
        case _:
            return quarter.same_quarter_last_year.label()


def _short(quarter: Quarter) -> str:
    return _("Q%(number)s") % {"number": quarter.number}


def _line(spec: RowSpec, cells: Mapping[str, Cell], heads: Sequence[Head], columns: Mapping[str, Column]) -> Line:
    shown = [_shown(head, columns[head.column], spec, _value(cells.get(head.column), head.part)) for head in heads]
    return Line(spec, str(spec.label), str(spec.unit), shown)


def _value(cell: Cell | None, part: str) -> Value:
    """The value of a cell, of one part of a block; a column that a frozen report lacks is not counted there."""
    if cell is None:
        return Missing(Reason.NOT_COUNTED)
    return cell.get(part, Missing(Reason.NOT_COUNTED)) if isinstance(cell, Mapping) else cell


def _shown(head: Head, column: Column, spec: RowSpec, value: Value) -> Shown:
    if isinstance(value, int) and value in column.words:
        return Shown(head, column.kind, value, capfirst(str(column.words[value])), None, "")
    kind = spec.kind or column.kind
    measure = spec.measure or column.compared
    signed = head.part == Part.CHANGE or (head.part == Part.YEAR_TO_DATE and measure is Measure.STOCK)
    written = text(value, kind, signed=signed)
    return Shown(head, kind, value, written, _number(value, kind), _format(value, kind, signed=signed))


def text(value: Value, kind: Kind, *, signed: bool = False) -> str:
    """A value as the reader's language writes it; a ratio is a percentage, a growth carries its sign."""
    if isinstance(value, Missing):
        return {Reason.GROWTH_FROM_ZERO: _("n/a"), Reason.NO_DATA: _("no data")}.get(value.reason, NOTHING)
    if isinstance(value, Ratio):
        return _percentage(value, kind)
    places = PLACES if kind is Kind.DAYS else None
    written = millions(Decimal(value)) if kind is Kind.MONEY else number(value, places)
    return f"+{written}" if signed and value > 0 else written


def _percentage(ratio: Ratio, kind: Kind) -> str:
    """A share without sign under its heading "%"; a growth with its sign and "%"."""
    hundredths = number(_rounded(ratio), PLACES)
    if kind is Kind.SHARE:
        return hundredths
    sign = "+" if ratio.numerator > 0 else ""
    return _("%(number)s%%") % {"number": f"{sign}{hundredths}"}


def _rounded(ratio: Ratio) -> Decimal:
    """The percentage, halves rounded away from zero."""
    exact = Decimal(ratio.numerator) * 100 / Decimal(ratio.denominator)
    return exact.quantize(Decimal(1).scaleb(-PLACES), rounding="ROUND_HALF_UP")


def _number(value: Value, kind: Kind) -> float | int | None:
    if isinstance(value, Missing):
        return None
    if isinstance(value, Ratio):
        return float(value.fraction)
    if kind is Kind.MONEY:
        return float(Decimal(value) / MILLION)
    return value if isinstance(value, int) else float(value)


def _format(value: Value, kind: Kind, *, signed: bool) -> str:
    """The number format of a spreadsheet cell."""
    if isinstance(value, Ratio):
        return "0.0%" if kind is Kind.SHARE else f"+0.0%;{MINUS}0.0%;0.0%"
    plain = {Kind.MONEY: "#,##0.00", Kind.DAYS: "#,##0.0"}.get(kind, "#,##0")
    return f"+{plain};{MINUS}{plain};{plain}" if signed else f"{plain};{MINUS}{plain}"


def groups_of(heads: Sequence[Head]) -> list[Group]:
    """The upper row of headings over these columns: one for each block, one for each column outside of blocks."""
    tops = (head for head in heads if head.part in ("", Part.CURRENT))
    return [
        Group(head.group or head.label, len(PARTS) if head.group else 1, is_block=bool(head.group), ruled=head.ruled)
        for head in tops
    ]


def check_line(check: Check) -> str:
    """The sum that proves a table: "41 + 6 − 2 − 1 + 1 − 1 = 44"."""
    words = [number(check.terms[0][1])]
    for sign, value in check.terms[1:]:
        words += ["+" if sign > 0 else MINUS, number(value)]
    return " ".join([*words, "=", number(check.total)])


def restated_label(table: ShownTable, row: str, column: str, part: str) -> tuple[str, str]:
    """Row and column of a restated figure in words; keys where the table no longer has them."""
    line = next((line.label for line in table.lines if line.spec.key == row), row)
    head = next((h.full_label for h in table.heads if (h.column, h.part) == (column, part)), column)
    return line, head
