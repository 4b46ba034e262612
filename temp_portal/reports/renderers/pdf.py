"""PDF by Typst: the layout stands in `report.typ`, the content goes in as JSON and is never made into markup."""

from collections.abc import Iterator, Sequence
from datetime import UTC
from pathlib import Path
from typing import Any, Final

import fontpkg_noto_sans
import orjson
import pylopdf_fonts_zh_cn
import typst
from django.utils.translation import gettext as _

from temp_portal.reports.edition import Edition
from temp_portal.reports.figures import Part
from temp_portal.reports.presentation import Group, Head, Line, ShownTable, check_line, groups_of
from temp_portal.reports.renderers.palette import palette

TEMPLATE: Final = Path(__file__).parent / "report.typ"
FONTS: Final = [str(Path(fontpkg_noto_sans.ROOT)), str(pylopdf_fonts_zh_cn.sans_path().parent)]
#: Columns of figures that a page holds; a wider table goes on in a second part.
PAGE_COLUMNS: Final = 20
#: Language and region for hyphenation, punctuation and the reader's voice.
LANGUAGES: Final = {"en": ("en", "gb"), "zh-hans": ("zh", "cn"), "ru": ("ru", "ru")}


def render_pdf(edition: Edition) -> bytes:
    """The report as PDF/A-2b with all fonts inside; the same edition gives the same bytes."""
    return compile_pdf(content(edition), timestamp=int(edition.cut_off.astimezone(UTC).timestamp()))


def compile_pdf(data: dict[str, Any], *, timestamp: int) -> bytes:
    """Lay `data` out by the template."""
    made: bytes = typst.compile(
        str(TEMPLATE),
        root=str(TEMPLATE.parent),
        font_paths=FONTS,
        ignore_system_fonts=True,
        sys_inputs={"data": orjson.dumps(data).decode()},
        pdf_standards=["a-2b"],
        timestamp=timestamp,
    )
    return made


def content(edition: Edition) -> dict[str, Any]:
    """What the template lays out: only texts in the active language, numbers for the chart, and colours."""
    lang, region = LANGUAGES[edition.language]
    restated = edition.restated
    return {
        "lang": lang,
        "region": region,
        "platform": _("SCO TEMP"),
        "platform_name": _("Trade and Economic Multifunctional Platform for SCO Countries"),
        "title": edition.title,
        "scope": edition.scope,
        "facts": edition.facts,
        "page": _("Page"),
        "hash": edition.hash,
        "tables": [panel for table in edition.tables for panel in _panels(table)],
        "restated": {
            "title": _("Restated figures"),
            "intro": edition.restated_intro,
            "head": [_("Report"), _("Table"), _("Row"), _("Figure"), _("Was"), _("Is")],
            "rows": [[line.quarter, line.table, line.row, line.column, line.was, line.now] for line in restated],
        },
        "colours": palette(),
    }


def _panels(table: ShownTable) -> Iterator[dict[str, Any]]:
    parts = list(_parts(table.heads))
    for number, heads in enumerate(parts, start=1):
        is_last = number == len(parts)
        part = _("part %(number)s of %(total)s") % {"number": number, "total": len(parts)}
        yield {
            "caption": table.caption if len(parts) == 1 else f"{table.caption} ({part})",
            "intro": table.intro if number == 1 else "",
            "head": table.head,
            "unit_head": table.unit_head,
            "groups": [_group(group) for group in groups_of(heads)],
            "heads": [_head(head) for head in heads],
            "rows": [_row(line, heads) for line in table.lines],
            "notes": list(table.notes) if is_last else [],
            "check": check_line(table.check) if table.check and is_last else "",
            "course": _course(table) if table.is_course else None,
        }


def _parts(heads: Sequence[Head]) -> Iterator[list[Head]]:
    """The columns in portions that fit a page; a comparison block is never torn apart."""
    portion: list[Head] = []
    for block in _blocks(heads):
        if portion and len(portion) + len(block) > PAGE_COLUMNS:
            yield portion
            portion = []
        portion = portion + block
    yield portion


def _blocks(heads: Sequence[Head]) -> list[list[Head]]:
    blocks: list[list[Head]] = []
    for head in heads:
        if head.part not in ("", Part.CURRENT):
            blocks[-1].append(head)
        else:
            blocks.append([head])
    return blocks


def _head(head: Head) -> dict[str, Any]:
    """`share` is the column's part of the width: percentages and columns outside of blocks need more."""
    wide = head.part in ("", Part.GROWTH)
    return {"label": head.label, "grouped": bool(head.group), "share": 1.4 if wide else 1}


def _group(group: Group) -> dict[str, Any]:
    return {"label": group.label, "span": group.span, "block": group.is_block}


def _row(line: Line, heads: Sequence[Head]) -> dict[str, Any]:
    places = set(heads)
    return {
        "label": line.label,
        "unit": line.unit,
        "style": line.spec.style.value,
        "mark": line.spec.mark,
        "cells": [
            {
                "text": cell.text,
                "zero": cell.is_zero,
                "current": cell.is_current,
                "ruled": cell.head.ruled,
            }
            for cell in line.cells
            if cell.head in places
        ],
    }


def _course(table: ShownTable) -> dict[str, Any]:
    """A stacked bar for every point in time: what each group of ownership has of the whole."""
    return {
        "title": table.title,
        "bars": [
            {
                "label": head.label,
                "values": [{"mark": line.spec.mark, "value": line.cells[index].number} for line in table.series],
            }
            for index, head in enumerate(table.heads)
        ],
        "key": [{"mark": line.spec.mark, "label": line.label} for line in table.series],
    }
