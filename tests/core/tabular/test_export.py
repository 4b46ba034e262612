import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import DataError, connection
from django.db.models import Value
from django.db.models.functions import Concat, Length
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import load_workbook

from temp_portal.core.tabular import xlsx
from temp_portal.core.tabular.export import (
    ExportColumn,
    SqlColumn,
    csv_of_rows,
    csv_stream,
    export_queryset,
    xlsx_of_rows,
    xlsx_stream,
)
from temp_portal.core.tabular.reading import open_table

pytestmark = pytest.mark.django_db

TEXTS = [
    "plain",
    "Company & Sons <Ltd> \"quoted\" 'single'",
    "重庆渝新贸易有限公司",
    " outer spaces ",
    "two\nlines\tand a tab",
    "_x0041_ is not A",
    "=SUM(A1)",
    "+7 727 000",
    "-5",
    "@home",
    "\tTab first",
    "＝1+1",
    "'=quoted already",
    "'apostrophe",
    "comma, and; semicolon",
    "\\N and \\. and \\x",
    "end of line\r\nnext",
]
COLUMNS = [
    SqlColumn("Text & more"),
    SqlColumn("Number", "number"),
    SqlColumn("Day", "date"),
    SqlColumn("Moment", "datetime"),
    SqlColumn("Flag", "boolean"),
    SqlColumn("List", "list"),
    SqlColumn("State", labels={"a": "Active <1>", "b": "Blocked"}),
]
QUERY = """
    SELECT * FROM (VALUES
        (%s, -12.50, date '2024-02-29', timestamptz '2024-02-29 16:30:15+00', true, ARRAY['x', 'y'], 'a'),
        (NULL, NULL, NULL, NULL, NULL, NULL, NULL),
        ('100%%', 0, date '1899-01-01', timestamptz '1850-01-01 00:00+00', false, ARRAY[]::text[], 'zzz')
    ) AS rows
"""
text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)


def csv_rows(stream: Iterable[bytes]) -> list[list[str]]:
    content = b"".join(stream)
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def sheet(stream: Iterable[bytes], number: int = 0) -> openpyxl.worksheet.worksheet.Worksheet:
    return openpyxl.load_workbook(io.BytesIO(b"".join(stream))).worksheets[number]


def values(stream: Iterable[bytes]) -> list[tuple[Any, ...]]:
    return list(sheet(stream).iter_rows(values_only=True))


def test_csv_of_a_query() -> None:
    header, first, empty, last = csv_rows(csv_stream(QUERY, ["=1+1"], COLUMNS))
    assert header == ["Text & more", "Number", "Day", "Moment", "Flag", "List", "State"]
    assert first == ["'=1+1", "-12.50", "2024-02-29", "2024-03-01 00:30:15", "true", "x; y", "Active <1>"]
    assert empty == [""] * 7
    assert last == ["100%", "0", "1899-01-01", "1850-01-01 08:05:43", "false", "", "zzz"]


def test_xlsx_of_a_query_has_typed_cells() -> None:
    rows = values(xlsx_stream(QUERY, ["=1+1"], COLUMNS))
    assert rows[0] == ("Text & more", "Number", "Day", "Moment", "Flag", "List", "State")
    assert rows[1][:2] == ("=1+1", -12.5)
    assert [moment.isoformat(timespec="seconds") for moment in rows[1][2:4]] == [
        "2024-02-29T00:00:00",
        "2024-03-01T00:30:15",
    ]
    assert rows[1][4:] == (True, "x; y", "Active <1>")
    assert rows[2] == (None,) * 7
    # A spreadsheet has no numbers for such early days.
    assert rows[3][:5] == ("100%", 0, "1899-01-01", "1850-01-01 08:05:43", False)


def test_the_sheet_is_ready_to_use() -> None:
    page = sheet(xlsx_stream(QUERY, ["x"], COLUMNS, title="Список: [2024]/Q1"))
    assert page.title == "Список   2024  Q1"
    assert page.freeze_panes == "A2"
    assert page.auto_filter.ref == "A1:G4"
    assert page["A1"].font.bold
    assert not page["A2"].font.bold
    assert page["C2"].number_format == "yyyy\\-mm\\-dd"
    assert page.column_dimensions["D"].width == 18
    assert page["B2"].data_type == "n"
    assert page["A2"].data_type == "s"


@pytest.mark.parametrize("written", TEXTS)
def test_any_text_comes_back_from_both_formats(written: str) -> None:
    columns = [SqlColumn("first"), SqlColumn("second")]
    query, params = "SELECT %s::text, 'x'::text", [written]
    with open_table(io.BytesIO(b"".join(csv_stream(query, params, columns)))) as table:
        assert table.preview()[0].cells == [written, "x"]
    seen = values(xlsx_stream(query, params, columns))[1][0]
    assert unescaped(seen) == written.replace("\r\n", "\n") or unescaped(seen) == written


def unescaped(seen: str) -> str:
    """openpyxl leaves the spreadsheet's own escape for an underscore in place."""
    return seen.replace("_x005F_", "_")


@given(st.lists(text, min_size=1, max_size=4))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
def test_hostile_text_never_breaks_the_workbook(texts: list[str]) -> None:
    columns = [SqlColumn(f"c{number}") for number in range(len(texts))]
    query = "SELECT " + ", ".join(["%s::text"] * len(texts))
    content = b"".join(xlsx_stream(query, texts, columns))
    written = values([content])[1]
    expected = [clean_xml(item) for item in texts]
    assert [unescaped(seen or "") for seen in written] == expected
    rows = csv_rows(csv_stream(query, texts, columns))
    assert all(not cell or cell[0] not in "=+-@\t\r\n＝＋－＠" for cell in rows[1])
    assert [from_rows or "" for from_rows in values(xlsx_of_rows([texts], columns))[1]] == [
        seen or "" for seen in written
    ]


def clean_xml(item: str) -> str:
    kept = (c for c in item if c in "\t\n\r" or (ord(c) >= 32 and ord(c) != 127 and c not in "\ufffe\uffff"))
    return "".join(kept)


def test_python_rows_give_the_same_as_a_query() -> None:
    with connection.cursor() as cursor:
        cursor.execute(QUERY, ["=1+1"])
        rows = [list(row) for row in cursor.fetchall()]
    rows[0][-1], rows[0][3] = "Active <1>", timezone.localtime(rows[0][3])
    from_query, from_rows = values(xlsx_stream(QUERY, ["=1+1"], COLUMNS)), values(xlsx_of_rows(rows, COLUMNS))
    assert from_rows[:3] == from_query[:3]
    lines = csv_rows(csv_of_rows([[column.label for column in COLUMNS], *rows]))
    assert lines[1] == ["'=1+1", "-12.50", "2024-02-29", "2024-03-01 00:30:15", "true", "x; y", "Active <1>"]


def test_numbers_of_python_rows_stay_numbers() -> None:
    lines = csv_rows(csv_of_rows([["n"], [-5], [Decimal("-1.50")], ["-5"], [None], [datetime(2024, 1, 1, tzinfo=UTC)]]))
    assert [line[0] if line else "" for line in lines] == ["n", "-5", "-1.50", "'-5", "", "2024-01-01 08:00:00"]
    cells = values(xlsx_of_rows([[-5], [Decimal("-1.50")], ["-5"], [date(1899, 1, 1)]], [SqlColumn("n")]))
    assert [row[0] for row in cells[1:]] == [-5, -1.5, "-5", "1899-01-01"]


def test_overlong_text_is_cut_to_what_a_cell_takes() -> None:
    rows = values(xlsx_stream("SELECT repeat('项', 40000), 'x'", (), [SqlColumn("a"), SqlColumn("b")]))
    assert (len(rows[1][0]), rows[1][1]) == (32_767, "x")


def test_infinite_numbers_and_days_become_text() -> None:
    columns = [SqlColumn("a", "number"), SqlColumn("b", "number"), SqlColumn("c", "date")]
    rows = values(xlsx_stream("SELECT 'NaN'::numeric, '-Infinity'::float8, 'infinity'::date", (), columns))
    assert rows[1] == ("NaN", "-Infinity", "infinity")


def test_more_rows_than_a_sheet_holds_go_on_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "SHEET_ROWS", 41)
    columns = [SqlColumn("n", "number"), SqlColumn("note")]
    content = b"".join(
        xlsx_stream("SELECT g, repeat('x', 9000) FROM generate_series(1, 100) g", (), columns, title="List")
    )
    book = load_workbook(io.BytesIO(content))
    assert book.sheet_names == ["List", "List 2", "List 3"]
    numbers = [row[0] for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()[1:]]
    assert numbers == list(range(1, 101))
    assert openpyxl.load_workbook(io.BytesIO(content)).worksheets[2].auto_filter.ref == "A1:B21"


def test_an_empty_result_has_its_heading() -> None:
    columns = [SqlColumn("a"), SqlColumn("b")]
    assert values(xlsx_stream("SELECT 'x', 'y' LIMIT 0", (), columns)) == [("a", "b")]
    assert csv_rows(csv_stream("SELECT 'x', 'y' LIMIT 0", (), columns)) == [["a", "b"]]


def test_a_single_column() -> None:
    assert values(xlsx_stream("SELECT 'x & y'", (), [SqlColumn("a")])) == [("a",), ("x & y",)]


def test_the_archive_is_sound_and_recognised() -> None:
    content = b"".join(xlsx_stream(QUERY, ["x"], COLUMNS))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        assert archive.namelist()[0] == "_rels/.rels"
    with open_table(io.BytesIO(content)) as table:
        assert (table.format, table.headers[0]) == ("xlsx", "Text & more")


def test_the_heading_comes_before_the_query_is_run() -> None:
    stream = csv_stream("SELECT 1 / 0", (), [SqlColumn("a", "number")])
    assert next(stream).endswith(b"a\n")
    with pytest.raises(DataError):
        next(stream)


def test_an_abandoned_download_stops_the_query_and_frees_the_connection() -> None:
    endless = "SELECT a FROM generate_series(1, 100000) a, generate_series(1, 100000) b"
    stream = csv_stream(endless, (), [SqlColumn("a", "number")])
    next(stream)
    next(stream)
    stream.close()
    connection.needs_rollback = False
    connection.connection.rollback()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)


class TestQueryset:
    """A queryset compiles to one query; kinds and labels come from the fields."""

    columns: Sequence[ExportColumn] = [
        ExportColumn("email", "E-mail", "email"),
        ExportColumn("language", "Language", "language"),
        ExportColumn("staff", "Staff", "is_staff"),
        ExportColumn("created", "Created", "created_at"),
        ExportColumn("length", "Length", Length("email")),
        ExportColumn("greeting", "Greeting", Concat(Value("=%s "), "name")),
    ]

    @pytest.fixture(autouse=True)
    def users(self) -> None:
        users = get_user_model()
        for name, language in (("b", "ru"), ("a", "zh-hans")):
            users.objects.create(
                email=f"{name}@example.org",
                name=f"Name {name}",
                language=language,
                created_at=datetime(2024, 1, 1, tzinfo=UTC),
            )

    def test_csv(self) -> None:
        queryset = get_user_model().objects.filter(email__contains="@").order_by("email")
        response = export_queryset(queryset, self.columns, "csv", filename="users 名单")
        header, *rows = csv_rows(response)
        assert header == ["E-mail", "Language", "Staff", "Created", "Length", "Greeting"]
        assert rows == [
            ["a@example.org", "简体中文", "false", "2024-01-01 08:00:00", "13", "'=%s Name a"],
            ["b@example.org", "Русский", "false", "2024-01-01 08:00:00", "13", "'=%s Name b"],
        ]
        assert response["Content-Type"] == "text/csv; charset=utf-8"
        assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''users%20")
        assert response["Cache-Control"] == "private, no-store"

    def test_xlsx_keeps_order_and_limit(self) -> None:
        queryset = get_user_model().objects.order_by("-email")[:1]
        rows = values(export_queryset(queryset, self.columns, "xlsx", filename="users"))
        assert rows[1][:3] == ("b@example.org", "Русский", False)
        assert rows[1][3].isoformat(timespec="minutes") == "2024-01-01T08:00"
        assert rows[1][4] == 13

    def test_a_queryset_that_can_hold_nothing(self) -> None:
        nothing = get_user_model().objects.none()
        for fmt in ("csv", "xlsx"):
            assert b"".join(export_queryset(nothing, self.columns, fmt, filename="users"))

    def test_related_columns(self) -> None:
        model = ContentType.objects.get_for_model(get_user_model())
        columns = [ExportColumn("app", "App", "content_type__app_label"), ExportColumn("code", "Code", "codename")]
        permissions = model.permission_set.order_by("codename")
        rows = csv_rows(export_queryset(permissions, columns, "csv", filename="p"))
        assert rows[1] == [model.app_label, f"add_{model.model}"]
