"""The table itself, as joined strings: a template loop over 100 × 8 cells costs ten times as much."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from temp_portal.core.lists.columns import Cell, Column
from temp_portal.core.lists.sheet import Sheet
from temp_portal.core.lists.state import ListState
from temp_portal.core.markup.icons import icon

_EMPTY_CELL = '<span class="zero">\u2013</span>'


def render_table(
    rows: Sequence[Any],
    state: ListState,
    *,
    caption: object,
    selectable: bool = False,
    row_label: str = "",
    sheet: Sheet | None = None,
    cells: Sequence[Cell] | None = None,
) -> SafeString:
    """`<table>` with caption, sortable heads and one row for each of `rows`.

    selectable: a labelled checkbox (`name="pick"`, value: the primary key) opens each row.
    row_label: attribute that names a row for the checkbox's label; `str(row)` if empty.
    sheet: the cells of columns with `edit` are edited in place.
    cells: what makes the cells of these rows, for each column; the column's own if None.
    """
    return format_html(
        '<table class="t roster{}"{}><caption class="visually-hidden">{}</caption>'
        "<thead><tr>{}{}</tr></thead><tbody>{}</tbody></table>",
        " compact" if state.compact else "",
        SafeString(" data-sheet") if sheet else "",
        caption,
        _pick_head(len(rows)) if selectable else "",
        format_html_join("", "{}", ((_head(column, state),) for column in state.shown)),
        render_rows(rows, state.shown, selectable=selectable, row_label=row_label, sheet=sheet, cells=cells),
    )


def render_rows(
    rows: Iterable[Any],
    columns: Sequence[Column],
    *,
    selectable: bool,
    row_label: str = "",
    sheet: Sheet | None = None,
    cells: Sequence[Cell] | None = None,
) -> SafeString:
    """The rows of the table by themselves; arguments as of `render_table`."""
    made = cells or [column.cell for column in columns]
    return SafeString("".join(_rows(rows, columns, made, selectable=selectable, row_label=row_label, sheet=sheet)))


def _head(column: Column, state: ListState) -> SafeString:
    classes = _classes(column)
    if not column.sort:
        return format_html('<th scope="col"{}>{}</th>', classes, column.label)
    direction = state.sort_direction(column)
    arrow = icon("up" if direction == "ascending" else "down") if direction else ""
    aria = format_html(' aria-sort="{}"', direction) if direction else ""
    return format_html(
        '<th scope="col"{}{}><a class="sort" href="{}">{}{}</a></th>',
        classes,
        aria,
        state.sort_url(column),
        column.label,
        arrow,
    )


def _pick_head(count: int) -> SafeString:
    label = _("Select the %(count)s on this page") % {"count": count}
    return format_html(
        '<th scope="col" class="pick">'
        '<input class="form-check-input" type="checkbox" data-pick-all aria-label="{}"></th>',
        label,
    )


def _classes(column: Column) -> SafeString:
    names = " ".join(filter(None, ("n" if column.numeric else "", column.width)))
    return format_html(' class="{}"', names) if names else SafeString("")


def _rows(
    rows: Iterable[Any],
    columns: Sequence[Column],
    cells: Sequence[Cell],
    *,
    selectable: bool,
    row_label: str,
    sheet: Sheet | None,
) -> Iterable[str]:
    """Rows as text. Tags are built once per column, so that a cell costs one call and one escape."""
    plan = []
    for cell, column in zip(cells, columns, strict=True):
        edit = column.edit if sheet else None
        opening, inner, closing = _tags(column)
        plan.append((cell, edit, opening if edit else opening + inner, inner, closing))
    select = _("Select %(name)s")
    for row in rows:
        parts = [f"<tr{sheet.attributes(row)}>" if sheet else "<tr>"]
        if selectable:
            parts.append(_pick_cell(row, select % {"name": getattr(row, row_label) if row_label else row}))
        for cell, edit, opening, inner, closing in plan:
            value = cell(row)
            parts.append(opening + edit.attributes(row) + inner if edit else opening)
            parts.append(value if type(value) is SafeString else _text(value))
            parts.append(closing)
        parts.append("</tr>")
        yield "".join(parts)


def _text(value: Any) -> str:
    """What a cell gives as HTML; `escape` of the standard library, for Django's is wrapped for lazy text."""
    if type(value) is str:
        return escape(value) if value else _EMPTY_CELL
    if value is None or value == "":
        return _EMPTY_CELL
    return str(value.__html__()) if hasattr(value, "__html__") else escape(str(value))


def _tags(column: Column) -> tuple[str, str, str]:
    """A column's cells up to their attributes, from there to the content, and behind it.

    The inner box keeps label and value apart on a card.
    """
    if column.row_header:
        return f'<th scope="row"{_classes(column)}', ">", "</th>"
    return format_html('<td{} data-l="{}"', _classes(column), column.label), "><div>", "</div></td>"


def _pick_cell(row: Any, label: str) -> str:
    return (
        f'<td class="pick"><input class="form-check-input" type="checkbox" name="pick" value="{escape(str(row.pk))}"'
        f' form="bulk" data-pick aria-label="{escape(label)}"></td>'
    )
