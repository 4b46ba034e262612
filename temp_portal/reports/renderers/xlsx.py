"""A workbook: contents, one sheet a table as a named table of true numbers, a chart, and what was restated.

Texts are written as text and never interpreted, so nothing in a name can become a formula.
"""

import io
import re
from collections.abc import Sequence
from datetime import UTC
from typing import TYPE_CHECKING, Any, Final

import xlsxwriter
from django.utils.translation import gettext as _

from temp_portal.reports.edition import Edition, RestatedLine
from temp_portal.reports.presentation import Line, Shown, ShownTable, check_line
from temp_portal.reports.renderers.palette import palette
from temp_portal.reports.sections import Style

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_format_properties": {"font_name": "Arial", "font_size": 10},
}
A4, A3 = 9, 8
#: Columns beyond which a sheet is printed on A3.
WIDE: Final = 22
#: Rows above the table's own: title, intro, empty.
TOP: Final = 3
SHEET_NAME: Final = 31
#: Excel refuses longer headers and footers.
HEADER: Final = 255
#: Shapes of the four groups, as everywhere in the portal.
MARKERS: Final = {"central": "circle", "local": "square", "private": "triangle", "foreign": "diamond"}
_NOT_IN_SHEET_NAMES: Final = re.compile(r"[\[\]:*?/\\']")


def render_xlsx(edition: Edition) -> bytes:
    """The workbook as bytes; the same edition gives the same ones."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, OPTIONS)
    book.set_properties(
        {
            "title": edition.title,
            "subject": edition.scope,
            "comments": edition.hash,
            "created": edition.cut_off.astimezone(UTC).replace(tzinfo=None),
        }
    )
    formats = _Formats(book)
    contents = book.add_worksheet(_safe_name(_("Contents")))
    sheets = {table.key: book.add_worksheet(_safe_name(f"{table.key} {table.title}")) for table in edition.tables}
    restated = edition.restated
    restated_sheet = book.add_worksheet(_safe_name(_("Restated"))) if restated else None
    _write_contents(contents, edition, formats, [(sheets[t.key].get_name(), t.caption) for t in edition.tables])
    for table in edition.tables:
        _write_table(book, sheets[table.key], edition, table, formats)
    if restated_sheet:
        _write_restated(restated_sheet, edition, restated, formats)
    book.close()
    return file.getvalue()


class _Formats:
    """Cell formats of the workbook, each made once."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def __call__(self, **properties: Any) -> "Format":
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(properties)
        return self._made[key]

    def header(self, **properties: Any) -> "Format":
        """A heading of a table."""
        ground = {"bg_color": palette()["sunken"], "bottom": 1, "bottom_color": palette()["edge"]}
        return self(bold=True, text_wrap=True, valign="bottom", **ground, **properties)

    def row(self, style: Style, **properties: Any) -> "Format":
        """A cell in a row of that style."""
        looks: dict[Style, dict[str, Any]] = {
            Style.PLAIN: {},
            Style.SUB: {"font_color": palette()["ink-2"]},
            Style.TOTAL: {"bold": True, "top": 1, "top_color": palette()["ink"]},
            Style.OUTSIDE: {"bg_color": palette()["sunken"]},
            Style.MEMO: {"font_color": palette()["ink-2"]},
        }
        return self(**(looks[style] | properties))


def _safe_name(name: str) -> str:
    """`name` as a sheet may be called."""
    return _NOT_IN_SHEET_NAMES.sub(" ", name)[:SHEET_NAME].strip()


def _write_contents(sheet: "Worksheet", edition: Edition, formats: _Formats, tables: Sequence[tuple[str, str]]) -> None:
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 78)
    sheet.write_string(0, 0, edition.title, formats(bold=True, font_size=16))
    row = 2
    for label, value in edition.facts:
        sheet.write_string(row, 0, label, formats(font_color=palette()["ink-2"], valign="top"))
        sheet.write_string(row, 1, value, formats(text_wrap=True, valign="top"))
        row += 1
    sheet.write_string(row + 1, 0, _("Tables"), formats(bold=True))
    for number, (name, caption) in enumerate(tables, start=row + 2):
        sheet.write_url(
            number, 0, f"internal:'{name}'!A1", formats(font_color=palette()["accent"], underline=1), caption
        )
    _set_print(sheet, edition, A4, landscape=False)


def _write_table(
    book: xlsxwriter.Workbook, sheet: "Worksheet", edition: Edition, table: ShownTable, formats: _Formats
) -> None:
    sheet.write_string(0, 0, table.caption, formats(bold=True, font_size=14))
    sheet.write_string(1, 0, table.intro, formats(font_color=palette()["ink-2"]))
    labels = [table.head, *([table.unit_head] if table.unit_head else [])]
    first = len(labels)
    headings = [*labels, *(head.full_label for head in table.heads)]
    last_row, last_column = TOP + len(table.lines), len(headings) - 1
    sheet.add_table(TOP, 0, last_row, last_column, _table_options(table, headings, first, formats))
    sheet.set_row(TOP, 48)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, last_column, 11)
    sheet.freeze_panes(TOP + 1, 1)
    for row, line in enumerate(table.lines, start=TOP + 1):
        _write_line(sheet, row, line, first, formats)
    _write_notes(sheet, last_row + 2, table, formats)
    if table.is_course:
        _draw_course(book, sheet, table, first)
    _set_print(sheet, edition, A3 if last_column > WIDE else A4, landscape=True)
    sheet.repeat_rows(TOP)
    sheet.repeat_columns(0)


def _table_options(table: ShownTable, headings: Sequence[str], first: int, formats: _Formats) -> dict[str, Any]:
    """A named table with the real headings; its own style is off, since rows have ours."""
    return {
        "name": f"Table_{table.key}",
        "style": None,
        "columns": [
            {"header": heading, "header_format": formats.header(align="left" if number < first else "right")}
            for number, heading in enumerate(headings)
        ],
    }


def _write_line(sheet: "Worksheet", row: int, line: Line, first: int, formats: _Formats) -> None:
    style = line.spec.style
    sheet.write_string(row, 0, line.label, formats.row(style, indent=1 if style in (Style.SUB, Style.MEMO) else 0))
    if first > 1:
        sheet.write_string(row, 1, line.unit, formats.row(style))
    for column, cell in enumerate(line.cells, start=first):
        _write_cell(sheet, row, column, cell, style, formats)


def _write_cell(sheet: "Worksheet", row: int, column: int, cell: Shown, style: Style, formats: _Formats) -> None:
    looks: dict[str, Any] = {"align": "right"}
    if cell.head.ruled:
        looks |= {"left": 1, "left_color": palette()["line"]}
    if cell.is_current:
        looks["bold"] = True
    if cell.number is None:
        sheet.write_string(row, column, cell.text, formats.row(style, **(looks | {"font_color": palette()["ink-3"]})))
    else:
        sheet.write_number(row, column, cell.number, formats.row(style, num_format=cell.format, **looks))


def _write_notes(sheet: "Worksheet", row: int, table: ShownTable, formats: _Formats) -> None:
    quiet = formats(font_color=palette()["ink-2"])
    if table.check:
        sheet.write_string(row, 0, _("Check: %(sum)s") % {"sum": check_line(table.check)}, quiet)
        row += 1
    for note in table.notes:
        sheet.write_string(row, 0, note, quiet)
        row += 1


def _draw_course(book: xlsxwriter.Workbook, sheet: "Worksheet", table: ShownTable, first: int) -> None:
    """A line for each group of ownership, under the table that feeds it."""
    chart = book.add_chart({"type": "line"})
    name = sheet.get_name()
    last = first + len(table.heads) - 1
    for row, line in enumerate(table.lines, start=TOP + 1):
        if not line.spec.mark:
            continue
        colour = palette()[f"own-{line.spec.mark}"]
        chart.add_series(
            {
                "name": [name, row, 0],
                "categories": [name, TOP, first, TOP, last],
                "values": [name, row, first, row, last],
                "line": {"color": colour, "width": 2},
                "marker": {
                    "type": MARKERS[line.spec.mark],
                    "size": 7,
                    "fill": {"color": colour},
                    "border": {"color": colour},
                },
            }
        )
    chart.set_title({"name": table.title, "name_font": {"size": 12}})
    grid = {"visible": True, "line": {"color": palette()["line"]}}
    chart.set_y_axis({"min": 0, "num_format": "0", "major_gridlines": grid})
    chart.set_legend({"position": "right"})
    place = {"x_scale": 1.5, "y_scale": 1.2, "description": table.title}
    sheet.insert_chart(TOP + len(table.lines) + 4, 0, chart, place)


def _write_restated(sheet: "Worksheet", edition: Edition, lines: Sequence[RestatedLine], formats: _Formats) -> None:
    headings = [_("Report"), _("Table"), _("Row"), _("Figure"), _("Was"), _("Is")]
    sheet.write_string(0, 0, _("Restated figures"), formats(bold=True, font_size=14))
    sheet.write_string(1, 0, edition.restated_intro, formats(font_color=palette()["ink-2"]))
    columns = [{"header": heading, "header_format": formats.header()} for heading in headings]
    options = {"name": "Restated", "style": None, "columns": columns}
    sheet.add_table(TOP, 0, TOP + len(lines), len(headings) - 1, options)
    for row, line in enumerate(lines, start=TOP + 1):
        for column, text in enumerate((line.quarter, line.table, line.row, line.column, line.was, line.now)):
            sheet.write_string(row, column, text)
    for column, width in enumerate((22, 8, 30, 30, 14, 14)):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(TOP + 1, 0)
    _set_print(sheet, edition, A4, landscape=True)
    sheet.repeat_rows(TOP)


def _set_print(sheet: "Worksheet", edition: Edition, paper: int, *, landscape: bool) -> None:
    if landscape:
        sheet.set_landscape()
    sheet.set_paper(paper)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5)
    title, scope = (text.replace("&", "&&") for text in (edition.title, edition.scope))
    sheet.set_header(f"&L&9{title}&R&9{scope}"[:HEADER])
    sheet.set_footer(f"&L&8SHA-256 {edition.hash[:16]}…&R&9&P / &N")
