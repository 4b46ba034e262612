"""SQL that turns a column of a query into what a CSV or XLSX cell holds. PostgreSQL does all the escaping.

Every expression takes a column that is named once in a subquery, so using it several times costs nothing.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Final, Literal

from psycopg2 import sql

from temp_portal.core.tabular.formulas import PATTERN, STARTS

Kind = Literal["text", "number", "date", "datetime", "boolean", "list"]

#: Control characters: XML holds none of them but tab and line breaks, and COPY would quote those.
_CONTROLS: Final = "\\x01-\\x1f\\x7f\ufffe\uffff"
_ILLEGAL: Final = "[\\x01-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f\ufffe\uffff]"
_MARKUP: Final = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"))
_BREAKS: Final = (("\t", "&#9;"), ("\n", "&#10;"), ("\r", "&#13;"))
#: A spreadsheet takes no longer text, in characters.
MAX_TEXT: Final = 32_767
#: Serial numbers of days count from here.
_EPOCH: Final = sql.SQL("date '1899-12-30'")
#: Styles in the workbook's style sheet.
HEADER_STYLE: Final = 1
DATE_STYLE: Final = 2
DATETIME_STYLE: Final = 3


def labelled(column: sql.Composable, cells: Mapping[str, str], otherwise: sql.Composable) -> sql.Composable:
    """The cell of a code, made beforehand of its label; the code's own where it has none."""
    return sql.SQL("coalesce({}::jsonb ->> {}::text, {})").format(sql.Literal(json.dumps(cells)), column, otherwise)


def csv_cell(column: sql.Composable, kind: Kind, zone: str) -> sql.Composable:
    """Value of a CSV cell; text that begins like a formula gets an apostrophe in front (see `formulas`)."""
    match kind:
        case "number" | "date":
            # psycopg2 keeps the session's date style at ISO.
            return column
        case "boolean":
            return sql.SQL("{}::text").format(column)
        case "datetime":
            return sql.SQL("date_trunc('second', {} AT TIME ZONE {})").format(column, sql.Literal(zone))
    # The first character settles nearly every cell, far cheaper than the pattern.
    return sql.SQL("CASE WHEN ascii({0}) = ANY({1}) AND {0} ~ {2} THEN '''' || {0} ELSE {0} END").format(
        _text(column, kind), sql.Literal([ord(sign) for sign in STARTS]), sql.Literal(PATTERN)
    )


def xlsx_cell(column: sql.Composable, kind: Kind, zone: str) -> sql.Composable:
    """A `<c>` element: typed for numbers, dates and booleans, a string for text, `<c/>` for NULL."""
    match kind:
        case "number":
            return _typed(column, column, "", works=sql.SQL("{} BETWEEN -1e300 AND 1e300").format(column))
        case "boolean":
            return _typed(column, sql.SQL("{}::int").format(column), ' t="b"', works=sql.SQL("true"))
        case "date":
            days = sql.SQL("{} - {}").format(column, _EPOCH)
            return _typed(column, days, f' s="{DATE_STYLE}"', works=_has_serial(column, "date"))
        case "datetime":
            local = sql.SQL("({} AT TIME ZONE {})").format(column, sql.Literal(zone))
            days = sql.SQL("date_part('epoch', {} - {}) / 86400").format(local, _EPOCH)
            return _typed(local, days, f' s="{DATETIME_STYLE}"', works=_has_serial(column, "timestamptz"))
    return _inline(_text(column, kind))


def _typed(column: sql.Composable, value: sql.Composable, style: str, *, works: sql.Composable) -> sql.Composable:
    """The value as a number; where a spreadsheet has no number for it (infinity, early dates) as text."""
    return sql.SQL(
        "CASE WHEN {column} IS NULL THEN '<c/>' WHEN {works} THEN {start} || ({value}) || '</v></c>' "
        "ELSE '<c t=\"str\"><v>' || {column} || '</v></c>' END"
    ).format(column=column, works=works, start=sql.Literal(f"<c{style}><v>"), value=value)


def _has_serial(column: sql.Composable, type_: str) -> sql.Composable:
    # Days before March 1900 are off by a leap day that never was; two more keep clear of every time zone.
    return sql.SQL("isfinite({0}) AND {0} >= {1} '1900-03-03'").format(column, sql.SQL(type_))


def _inline(text: sql.Composable) -> sql.Composable:
    """Most texts go out as they are, after one look, in the shortest form that there is for them (as of a formula's
    result). The others are escaped, in the form in which every program keeps white space and undoes `_x005F_`.
    """
    return sql.SQL(
        "CASE WHEN {text} IS NULL THEN '<c/>' "
        "WHEN {text} ~ {trouble} OR ascii({text}) = 32 OR strpos({text}, '_x') > 0 OR octet_length({text}) > {limit} "
        "THEN '<c t=\"inlineStr\"><is><t xml:space=\"preserve\">' || {escaped} || '</t></is></c>' "
        "ELSE '<c t=\"str\"><v>' || {text} || '</v></c>' END"
    ).format(
        text=text, trouble=sql.Literal(f"[&<>{_CONTROLS}]| $"), limit=sql.Literal(MAX_TEXT), escaped=_escaped(text)
    )


def _escaped(text: sql.Composable) -> sql.Composable:
    """Markup and line breaks as entities; rarely needed: no illegal characters, no more than a cell takes.

    An underscore is escaped where a spreadsheet would read `_x0041_` as the character of that number.
    """
    cleaned = sql.SQL(
        "regexp_replace(regexp_replace(left({}, {}), {}, '', 'g'), '_(?=x[0-9A-Fa-f]{{4}}_)', '_x005F_', 'g')"
    ).format(text, sql.Literal(MAX_TEXT), sql.Literal(_ILLEGAL))
    return sql.SQL(
        "CASE WHEN {text} ~ {rare} OR strpos({text}, '_x') > 0 OR octet_length({text}) > {limit} "
        "THEN {cleaned} ELSE {escaped} END"
    ).format(
        text=text,
        rare=sql.Literal(f"[{_CONTROLS}]"),
        limit=sql.Literal(MAX_TEXT),
        cleaned=_replaced(cleaned, (*_MARKUP, *_BREAKS)),
        escaped=_replaced(text, _MARKUP),
    )


def _replaced(text: sql.Composable, pairs: Iterable[tuple[str, str]]) -> sql.Composable:
    for sign, entity in pairs:
        text = sql.SQL("replace({}, {}, {})").format(text, sql.Literal(sign), sql.Literal(entity))
    return text


def _text(column: sql.Composable, kind: Kind) -> sql.Composable:
    return sql.SQL("array_to_string({}, '; ')" if kind == "list" else "{}::text").format(column)
