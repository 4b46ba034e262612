import io
import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from temp_portal.core.tabular import importing
from temp_portal.core.tabular.errors import BadMapping, TooManyRows, UnknownMapping
from temp_portal.core.tabular.importing import ImportOptions, ImportSummary, find_mapping, import_table, rejected_rows
from temp_portal.core.tabular.mapping import ColumnMappings
from temp_portal.core.tabular.reading import Limits, open_table
from tests.core.tabular.companies import TABLE, Companies, stored
from tests.core.tabular.files import csv_bytes, xlsx_bytes

pytestmark = pytest.mark.django_db
HEADER = ["code", "name", "country", "founded", "capital", "status", "tags"]
ROWS = [
    ["007", "Alpha", "Kazakhstan", "2010-05", "5 万元", "Open", "a; b"],
    ["008", "Beta", "俄罗斯", "2011", "1 million USD", "closed", ""],
    ["009", "Gamma", "", "17.05.2010", "", "", "c"],
]


@pytest.fixture(autouse=True)
def company_table() -> None:
    with connection.cursor() as cursor:
        cursor.execute(TABLE)


def run(rows: Sequence[Sequence[Any]], header: Sequence[str] = HEADER, **options: Any) -> ImportSummary:
    with open_table(csv_bytes([header, *rows])) as table:
        kind = Companies()
        return import_table(table, kind, find_mapping(kind, table), ImportOptions(**options))


def counts(summary: ImportSummary) -> tuple[int, int, int, int]:
    assert summary.rows == summary.created + summary.updated + summary.unchanged + summary.rejected
    return summary.created, summary.updated, summary.unchanged, summary.rejected


def test_new_rows_are_created_with_every_kind_of_value() -> None:
    assert counts(run(ROWS)) == (3, 0, 0, 0)
    assert stored(
        "code",
        "name",
        "initial",
        "country",
        "founded",
        "founded_precision",
        "capital",
        "capital_currency",
        "status",
        "tags",
    ) == [
        ("007", "Alpha", "A", "KZ", date(2010, 5, 1), "month", Decimal(50000), "CNY", "open", ["a", "b"]),
        ("008", "Beta", "B", "RU", date(2011, 1, 1), "year", Decimal(1000000), "USD", "closed", None),
        ("009", "Gamma", "G", None, date(2010, 5, 17), "day", None, None, None, ["c"]),
    ]


def test_the_same_file_again_changes_nothing() -> None:
    run(ROWS)
    before = stored("id", "code", "name", "capital", "tags")
    summary = run(ROWS)
    assert counts(summary) == (0, 0, 3, 0)
    assert (summary.changes, stored("id", "code", "name", "capital", "tags")) == ([], before)


def test_a_changed_file_updates_by_key_and_shows_before_and_after() -> None:
    run(ROWS)
    changed = [ROWS[0], ["008", "Beta Ltd", "", "2011", "", "Closed", "x"], ["010", "Delta", "", "", "", "", ""]]
    summary = run(changed)
    assert counts(summary) == (1, 1, 1, 0)
    update, creation = summary.changes
    assert (update.row, update.action, update.title) == (3, "updated", "Beta Ltd")
    assert update.changes == {
        "name": ["Beta", "Beta Ltd"],
        "capital": [1000000, None],
        "capital_currency": ["USD", None],
        "tags": [None, ["x"]],
    }
    assert (creation.row, creation.action, creation.changes) == (4, "created", {})
    # A blank cell keeps what is stored, except where blank clears.
    assert stored("code", "name", "country", "capital")[1] == ("008", "Beta Ltd", "RU", None)


def test_amounts_are_rounded_as_they_are_stored_so_that_they_stay_unchanged() -> None:
    rows = [["1", "A", "0.125 USD"], ["2", "B", "1.005 million CNY"]]
    assert counts(run(rows, ["code", "name", "capital"])) == (2, 0, 0, 0)
    assert stored("capital") == [(Decimal("0.13"),), (Decimal("1005000.00"),)]
    assert counts(run(rows, ["code", "name", "capital"])) == (0, 0, 2, 0)


def test_columns_that_a_file_does_not_have_are_left_alone() -> None:
    run(ROWS)
    assert counts(run([["007", "Alpha Group"]], ["Code", "Name"])) == (0, 1, 0, 0)
    assert stored("code", "name", "country", "capital")[0] == ("007", "Alpha Group", "KZ", Decimal(50000))


def test_bad_rows_are_rejected_with_every_error_and_good_ones_go_in() -> None:
    rows = [
        ["001", "Good", "KZ", "2010", "5", "open", ""],
        ["", "No code", "Atlantis", "yesterday", "5 apples", "ajar", ""],
        ["1234567890123", "Long code", "", "", "", "", ""],
        ["9.11E+17", "Lost digits", "", "", "", "", ""],
        ["001", "Twice", "", "2031", "", "", ""],
        ["005", "Negative", "", "", "-5", "", ""],
    ]
    summary = run(rows)
    assert counts(summary) == (1, 0, 0, 5)
    assert [(error.row, error.column, error.value) for error in summary.errors] == [
        (3, "code", ""),
        (3, "country", "Atlantis"),
        (3, "founded", "yesterday"),
        (3, "capital", "5 apples"),
        (3, "status", "ajar"),
        (4, "code", "1234567890123"),
        (5, "code", "9.11E+17"),
        (6, "code", "001"),
        (6, "founded", "2031-01-01"),
        (7, "", ""),
    ]
    reasons = {(error.row, error.column): error.reason for error in summary.errors}
    assert reasons[3, "code"] == "Required, but blank."
    assert reasons[3, "status"].startswith("Not one of: open, closed")
    assert reasons[6, "code"] == "Row 2 has this code already."
    assert reasons[6, "founded"] == "Founded later than 2030."
    assert "company_capital_check" in reasons[7, ""]
    assert stored() == [("001", "Good")]


def test_rows_that_the_database_refuses_are_found_by_halving(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "_WRITTEN_AT_ONCE", 16)
    rows = [[f"{number:03}", f"Name {number % 90}"] for number in range(100)]
    summary = run(rows, ["code", "name"])
    assert counts(summary) == (90, 0, 0, 10)
    assert {error.row for error in summary.errors} == set(range(92, 102))
    assert len(stored()) == 90


def test_all_or_nothing() -> None:
    rows = [*ROWS, ["", "No code", "", "", "", "", ""]]
    summary = run(rows, all_or_nothing=True)
    assert (counts(summary), summary.applied, stored()) == ((3, 0, 0, 1), False, [])
    assert run(rows).applied
    assert len(stored()) == 3


def test_all_or_nothing_counts_what_the_database_refuses_too() -> None:
    summary = run([["001", "Good"], ["002", "good"]], ["code", "name"], all_or_nothing=True)
    assert (counts(summary), summary.applied, stored()) == ((1, 0, 0, 1), False, [])


def test_a_dry_run_finds_the_same_and_keeps_nothing() -> None:
    rows = [*ROWS, ["010", "gamma", "", "", "", "", ""]]
    dry = run(rows, dry_run=True)
    assert (dry.applied, stored()) == (False, [])
    real = run(rows)
    assert (counts(dry), dry.errors, dry.changes) == (counts(real), real.errors, real.changes)
    assert real.applied


def test_broken_rows_are_rejected_as_a_whole() -> None:
    with open_table(io.BytesIO(b"code,name\n001,A\n002,B, Ltd\n003,\0\n")) as table:
        summary = import_table(table, Companies(), find_mapping(Companies(), table))
    assert counts(summary) == (1, 0, 0, 2)
    assert [(error.row, error.column) for error in summary.errors] == [(3, ""), (4, "")]


def test_row_numbers_count_titles_above_the_header_in_a_workbook() -> None:
    file = xlsx_bytes(("s", [["Companies of the quarter"], [], ["code", "name"], ["001", "A"], [None, "B"]]))
    with open_table(file) as table:
        summary = import_table(table, Companies(), find_mapping(Companies(), table))
    assert [(error.row, error.column) for error in summary.errors] == [(5, "code")]
    assert stored() == [("001", "A")]


def test_progress_goes_from_reading_to_applying(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "_READ_AT_ONCE", 4)
    monkeypatch.setattr(importing, "_WRITTEN_AT_ONCE", 5)
    seen: list[tuple[str, int, int]] = []
    with open_table(csv_bytes([["code", "name"], *([f"{n}", f"N{n}"] for n in range(10))])) as table:
        mapping = find_mapping(Companies(), table)
        import_table(table, Companies(), mapping, progress=lambda *step: seen.append(step))
    assert seen == [
        ("reading", 4, 0),
        ("reading", 8, 0),
        ("reading", 10, 0),
        ("checking", 0, 10),
        ("checking", 10, 10),
        ("applying", 5, 10),
        ("applying", 10, 10),
    ]


def test_an_error_on_the_way_leaves_nothing_behind() -> None:
    file = csv_bytes([["code", "name"], *([f"{n}", f"N{n}"] for n in range(10))])
    with open_table(file, limits=Limits(rows=5)) as table, pytest.raises(TooManyRows):
        import_table(table, Companies(), find_mapping(Companies(), table))
    assert stored() == []


def test_two_imports_in_one_transaction() -> None:
    assert counts(run(ROWS[:1])) == (1, 0, 0, 0)
    assert counts(run(ROWS[1:])) == (2, 0, 0, 0)


def test_merged_repetitions_complete_the_first_row() -> None:
    class Merging(Companies):
        def check(self, stage: Any) -> None:
            stage.merge_repeated(["code"])

    rows = [["001", "A", "", "2010"], ["002", "B", "", ""], ["001", "A2", "KZ", "2011"], ["001", "A3", "RU", "2012"]]
    with open_table(csv_bytes([["code", "name", "country", "founded"], *rows])) as table:
        summary = import_table(table, Merging(), find_mapping(Merging(), table))
    assert counts(summary) == (2, 0, 2, 0)
    assert stored("code", "name", "country", "founded") == [
        ("001", "A", "KZ", date(2010, 1, 1)),
        ("002", "B", None, None),
    ]


def test_a_mapping_says_which_column_is_what() -> None:
    mapping = ColumnMappings.from_data(
        {
            "kind": "companies",
            "source": "list-7",
            "columns": {
                "code": {"from": ["new no", "old no"]},
                "name": "title",
                "country": {"value": "CN"},
                "capital": {
                    "from": ["sum", "unit"],
                    "combine": "join",
                    "units": {"CNY_10k": "万元"},
                    "blank": ["none"],
                },
                "status": {"from": "state", "choices": {"A": "open", "Z": "closed"}, "value": "open"},
                "tags": {"from": "title", "extract": r"\((.+)\)$", "split": "/"},
            },
        }
    )
    rows = [
        ["new no", "old no", "title", "sum", "unit", "state"],
        ["", "11", "One (x/y)", "5", "CNY_10k", "Z"],
        ["12", "1", "Two", "none", "CNY_10k", ""],
        ["13", "", "Three", "1", "m USD", "B"],
    ]
    with open_table(csv_bytes(rows)) as table:
        summary = import_table(table, Companies(), mapping)
    assert stored("code", "country", "capital", "capital_currency", "status", "tags", "source") == [
        ("11", "CN", Decimal(50000), "CNY", "closed", ["x", "y"], "list-7"),
        ("12", "CN", None, None, "open", None, "list-7"),
    ]
    assert [(error.row, error.column, error.value) for error in summary.errors] == [(4, "state", "B")]


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        ({"code": "code", "name": "name", "colour": "name"}, "no field “colour”"),
        ({"code": "code", "name": "nom"}, "no column “nom”"),
        ({"code": "code", "name": "name", "founded": {"from": "name", "converter": "boolean"}}, "no converter"),
        ({"code": "code", "name": {"from": "name", "splitt": ";"}}, "an option of “name”"),
        ({"code": "code", "name": "name", "status": {"from": "name", "choices": {"x": "ajar"}}}, "“ajar”"),
        ({"code": "code", "name": "name", "country": {"value": "Atlantis"}}, "Not a country"),
    ],
)
def test_a_mapping_that_does_not_fit(columns: dict[str, Any], reason: str) -> None:
    mapping = ColumnMappings.from_data({"kind": "companies", "columns": columns})
    with open_table(csv_bytes([["code", "name"], ["1", "A"]])) as table, pytest.raises(BadMapping, match=reason):
        import_table(table, Companies(), mapping)


def test_a_mapping_of_another_kind_is_refused() -> None:
    mapping = ColumnMappings.from_data({"kind": "projects", "columns": {"code": "code"}})
    with open_table(csv_bytes([["code"], ["1"]])) as table, pytest.raises(BadMapping, match="projects"):
        import_table(table, Companies(), mapping)


def test_required_fields_without_a_column() -> None:
    with open_table(csv_bytes([["code"], ["1"]])) as table, pytest.raises(UnknownMapping, match="Name"):
        find_mapping(Companies(), table)
    mapping = ColumnMappings.from_data({"kind": "companies", "columns": {"code": "code"}})
    with open_table(csv_bytes([["code"], ["1"]])) as table, pytest.raises(UnknownMapping, match="Name"):
        import_table(table, Companies(), mapping)


def test_headers_in_another_language_and_by_alias() -> None:
    with open_table(csv_bytes([["企业编号", "NAME"], ["1", "A"]])) as table:
        assert counts(import_table(table, Companies(), find_mapping(Companies(), table))) == (1, 0, 0, 0)


def test_the_history_knows_who_and_why() -> None:
    class Watching(Companies):
        def apply(self, stage: Any) -> None:
            super().apply(stage)
            ((seen,),) = stage.fetch("SELECT current_setting('pghistory.context_metadata', true)")
            contexts.append(json.loads(seen))

    contexts: list[dict[str, Any]] = []
    with open_table(csv_bytes([["code", "name"], ["1", "100%"]])) as table:
        options = ImportOptions(user_id=7, reason="Quarterly list")
        import_table(table, Watching(), find_mapping(Watching(), table), options)
    assert contexts == [{"user": 7, "import": "companies", "reason": "Quarterly list"}]
    assert stored() == [("1", "100%")]


def test_rejected_rows_can_be_downloaded_for_correction() -> None:
    file = csv_bytes([["code", "name", "country"], ["1", "A", ""], ["", "B", "Nowhere"]])
    with open_table(file) as table:
        summary = import_table(table, Companies(), find_mapping(Companies(), table))
        header, row = rejected_rows(table, summary.errors)
    assert header == ["Row", "Reason", "code", "name", "country"]
    assert row[0] == 3
    assert row[1].startswith("code: Required, but blank.; country: Not a country.")
    assert row[2:] == ["", "B", "Nowhere"]


def test_the_summary_as_data() -> None:
    data = run([["", "A"]], ["code", "name"]).to_data()
    assert data["errors"] == [{"row": 2, "column": "code", "value": "", "reason": "Required, but blank."}]
    assert (data["rows"], data["rejected"], data["created"]) == (1, 1, 0)
