"""Figures in words: the same values in three languages, never rounded before they are shown."""

from decimal import Decimal

import pytest
from django.utils import translation

from temp_portal.core.periods import Quarter
from temp_portal.reports import sections
from temp_portal.reports.figures import (
    Document,
    Missing,
    Ratio,
    Reason,
    compared_flow,
    compared_stock,
    missing_block,
)
from temp_portal.reports.presentation import check_line, part_label, restated_label, tables, text
from temp_portal.reports.sections import Check, Kind, Style


@pytest.mark.parametrize(
    ("value", "kind", "signed", "shown"),
    [
        (1284, Kind.COUNT, False, "1,284"),
        (-3, Kind.COUNT, True, "−3"),
        (3, Kind.COUNT, True, "+3"),
        (0, Kind.COUNT, True, "0"),
        (Decimal("12500000"), Kind.MONEY, False, "12.50"),
        (Decimal("-4999"), Kind.MONEY, True, "0.00"),
        (Decimal("-1250000"), Kind.MONEY, True, "−1.25"),
        (Decimal("12.5"), Kind.DAYS, False, "12.5"),
        (Decimal(12), Kind.DAYS, False, "12.0"),
        (Ratio(1, 8), Kind.COUNT, False, "+12.5%"),
        (Ratio(-1, 3), Kind.COUNT, False, "−33.3%"),
        (Ratio(0, 3), Kind.COUNT, False, "0.0%"),
        (Ratio(9, 42), Kind.SHARE, False, "21.4"),
        (Ratio(1, 16), Kind.SHARE, False, "6.3"),
        (Missing(Reason.GROWTH_FROM_ZERO), Kind.COUNT, False, "n/a"),
        (Missing(Reason.NO_DATA), Kind.MONEY, False, "no data"),
        (Missing(Reason.NOT_COUNTED), Kind.SHARE, False, "–"),
    ],
)
def test_a_value_as_it_is_shown(value, kind, signed, shown):
    assert text(value, kind, signed=signed) == shown


def test_numbers_follow_the_language():
    with translation.override("ru"):
        assert text(1284, Kind.COUNT) == "1\u00a0284"
        assert text(Ratio(1, 8), Kind.COUNT).startswith("+12,5")


def test_headings_of_a_block():
    assert [
        part_label(part, Quarter(2026, 3)) for part in ("q", "previous", "change", "growth", "ytd", "last_year")
    ] == [
        "Q3",
        "Q2",
        "Δ",
        "Δ%",
        "YTD",
        "Q3 2025",
    ]
    assert part_label("previous", Quarter(2026, 1)) == "Q4 2025"


@pytest.fixture
def document():
    quarter = Quarter(2026, 3)
    row = {
        "opening": 41,
        "admitted": compared_flow(quarter, [6, 1, 4, 4, 6]),
        "left": 2,
        "expelled": 1,
        "recl_in": 1,
        "recl_out": 1,
        "closing": compared_stock(quarter, [33, 34, 35, 39, 41, 44]),
        "share": Ratio(9, 42),
        "share_previous": Missing(Reason.NOTHING_TO_MEASURE),
    }
    memo = row | {"admitted": missing_block(Reason.NOT_COUNTED)}
    rows = {"all": row, "central": row, "suspended": memo}
    return Document(quarter, "Asia/Shanghai", None, {"T3": rows})


def test_a_table_is_laid_out_by_its_declaration_whatever_the_stored_order(document):
    (table,) = tables(document)
    assert (table.caption, table.unit_head, table.has_blocks) == ("T3. Roster by ownership", "", True)
    assert [line.spec.key for line in table.lines] == ["central", "all", "suspended"]
    assert [(group.label, group.span) for group in table.groups] == [
        ("Opening", 1),
        ("Admitted", 6),
        ("Left", 1),
        ("Expelled", 1),
        ("Recl. in", 1),
        ("Recl. out", 1),
        ("Closing", 6),
        ("Share %", 1),
        ("Share %, Q2 2026", 1),
    ]
    ruled = [head.full_label for head in table.heads if head.ruled]
    assert ruled == ["Admitted, Q3", "Left", "Closing, Q3", "Share %"]


def test_cells_carry_text_and_number(document):
    (table,) = tables(document)
    cells = {(cell.head.column, cell.head.part): cell for cell in table.lines[0].cells}
    closing_ytd, admitted_ytd = cells["closing", "ytd"], cells["admitted", "ytd"]
    assert (closing_ytd.text, closing_ytd.number, closing_ytd.format) == ("+9", 9, "+#,##0;−#,##0;#,##0")
    assert (admitted_ytd.text, admitted_ytd.format) == ("14", "#,##0;−#,##0")
    share = cells["share", ""]
    assert (share.text, share.format, round(share.number, 4)) == ("21.4", "0.0%", 0.2143)
    assert (cells["share_previous", ""].number, cells["share_previous", ""].is_zero) == (None, True)
    assert cells["closing", "q"].is_current
    assert not cells["opening", ""].is_current


def test_the_check_line_proves_the_table(document):
    (table,) = tables(document)
    assert check_line(table.check) == "41 + 6 − 2 − 1 + 1 − 1 = 44"
    assert table.check.adds_up
    assert not Check([(1, 41), (1, 6)], 46).adds_up


def test_a_column_that_a_frozen_report_lacks_is_a_dash(document):
    row = {name: cell for name, cell in document.tables["T3"]["all"].items() if name != "share"}
    (table,) = tables(Document(document.quarter, document.time_zone, None, {"T3": {"all": row}}))
    assert next(cell.text for cell in table.lines[0].cells if cell.head.column == "share") == "–"


def test_restated_figures_are_named_by_labels_and_otherwise_by_keys(document):
    (table,) = tables(document)
    assert restated_label(table, "central", "closing", "ytd") == ("Central SOE", "Closing, YTD")
    assert restated_label(table, "gone", "nothing", "") == ("gone", "nothing")


def test_every_table_declares_rows_and_columns_once():
    for section in sections.every():
        keys = [column.key for column in section.columns]
        assert len(keys) == len(set(keys))
        assert section.facts or section.key == "T1"
    assert [section.key for section in sections.every()] == ["T1", "T3", "T3a", "T4", "T6"]
    assert sections.fact_tables() == sorted(sections.fact_tables())
    assert {"committees_seatperiod", "members_ownership", "audit_transition"} <= set(sections.fact_tables())


def test_a_later_generation_of_tables_is_left_out_of_earlier_reports():
    assert sections.every(schema=0) == []
    assert {style.value for style in Style} == {"plain", "sub", "total", "outside", "memo"}
