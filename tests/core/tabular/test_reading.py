import io
import tracemalloc
from contextlib import suppress
from datetime import date
from pathlib import Path
from random import Random

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from temp_portal.core.tabular import errors
from temp_portal.core.tabular.archives import ArchiveLimits
from temp_portal.core.tabular.cells import is_blank_row, lost_digits
from temp_portal.core.tabular.reading import Limits, open_table
from tests.core.tabular.files import bomb_bytes, csv_bytes, lying_bomb_bytes, ods_bytes, xlsx_bytes, zip_bytes

DATA = Path(__file__).parent / "data"
CHINESE = [["企业名称", "所在省份"], ["重庆渝新贸易有限公司", "重庆"], ["宣化天力科贸有限责任公司", "河北"]]
RUSSIAN = [["Наименование", "Область"], ["ООО «Восток»", "Алматы"], ["Завод имени Кирова", "Минск"]]
MB = 1024 * 1024

cells = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=8)
tables = st.integers(1, 5).flatmap(
    lambda width: st.lists(st.lists(cells, min_size=width, max_size=width), min_size=1, max_size=8)
)


def refusal(file: io.BytesIO, **options: object) -> errors.TableError:
    with pytest.raises(errors.TableError) as caught, open_table(file, **options) as table:
        list(table.rows())
    return caught.value


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("gb18030", "gb18030"),
    ],
)
@pytest.mark.parametrize("rows", [CHINESE, RUSSIAN])
def test_recognised_encodings(encoding: str, found: str, rows: list[list[str]]) -> None:
    with open_table(csv_bytes(rows, encoding=encoding)) as table:
        assert table.encoding == found
        assert list(table.headers) == rows[0]
        assert [row.cells for row in table.rows()] == rows[1:]


def test_a_marked_big_endian_file() -> None:
    with open_table(io.BytesIO(b"\xfe\xff" + "a,b\n1,值\n".encode("utf-16-be"))) as table:
        assert [row.cells for row in table.rows()] == [["1", "值"]]


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1251", "Общество с ограниченной ответственностью"),
        ("koi8-r", "Общество с ограниченной ответственностью"),
        ("cp866", "Общество с ограниченной ответственностью"),
        ("latin-1", "Société générale de l'Île, Müller José"),
        ("shift_jis", "株式会社トヨタ自動車の工場"),
        ("euc-jp", "カタカナとひらがなだけのかいしゃ"),
        ("big5", "重慶貿易有限公司與國際經濟發展"),
        ("utf-32", "国际贸易"),
    ],
)
def test_other_encodings_are_refused_with_the_line(encoding: str, text: str) -> None:
    found = refusal(csv_bytes([["id", "name"], ["1", "plain"], ["2", text]], encoding=encoding))
    assert isinstance(found, errors.UnknownEncoding)
    assert "CSV UTF-8" in str(found)
    assert found.details["line"] == (1 if encoding == "utf-32" else 3)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separators(separator: str) -> None:
    rows = [["name", "amount", "places"], ["A", "1,5", "x; y; z"], ["B", "2,5", "x; y"], ["C", "3,5", "x"]]
    with open_table(csv_bytes(rows, separator=separator)) as table:
        assert (table.separator, table.format) == (separator, "csv")
        assert [row.cells for row in table.rows()] == rows[1:]


def test_a_list_in_every_row_does_not_hide_the_comma() -> None:
    rows = [["id", "places"], *([str(number), "a;b;c;d"] for number in range(9))]
    with open_table(csv_bytes(rows)) as table:
        assert table.separator == ","


def test_decimal_commas_and_a_title_with_a_comma_do_not_hide_the_semicolon() -> None:
    lines = ["Отчёт, 2026 год", "id;сумма;доля", *(f"{number};2,5;10" for number in range(9))]
    with open_table(io.BytesIO("\n".join(lines).encode())) as table:
        assert (table.separator, table.header_row, table.headers) == (";", 2, ("id", "сумма", "доля"))


def test_the_separator_hint_is_obeyed_and_not_counted() -> None:
    with open_table(io.BytesIO(b"sep=;\r\nname;note\r\nA;b,c,d\r\n")) as table:
        assert (table.separator, table.header_row, table.headers) == (";", 1, ("name", "note"))
        assert [row.number for row in table.rows()] == [2]


def test_one_column() -> None:
    with open_table(io.BytesIO(b"name\nA\nB\n")) as table:
        assert (table.headers, [row.cells for row in table.rows()]) == (("name",), [["A"], ["B"]])


@given(tables, st.sampled_from([",", ";", "\t"]), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_whatever_a_csv_writer_wrote_is_read_back(rows: list[list[str]], separator: str, encoding: str) -> None:
    header = [f"column {number}" for number in range(len(rows[0]))]
    data = [row for row in rows if not is_blank_row(row)]
    file = csv_bytes([header, *rows, ["end"] * len(header)], separator=separator, encoding=encoding)
    with open_table(file) as table:
        if len(header) > 1:
            assert table.separator == separator
            read = [list(row.cells) for row in table.rows()]
            assert read[:-1] == [[cell.removeprefix("'") if is_escaped(cell) else cell for cell in row] for row in data]


def is_escaped(cell: str) -> bool:
    return cell.startswith("'") and cell.lstrip("'")[:1] in {*"=+-@＝＋－＠"} - {""}


def test_numbers_count_titles_blank_lines_and_lines_within_a_cell_as_spreadsheets_do() -> None:
    text = b'Companies,,\n,,\nname,note,n\nA,"two\nlines",1\n\nB,x,2\n , \xc2\xa0,\nC,y,3\n'
    with open_table(io.BytesIO(text)) as table:
        assert (table.header_row, table.headers) == (3, ("name", "note", "n"))
        assert [(row.number, row.cells[0]) for row in table.rows()] == [(4, "A"), (6, "B"), (8, "C")]
        assert next(table.rows()).cells[1] == "two\nlines"


def test_group_headings_above_the_header_are_passed_over() -> None:
    rows = [
        ["Company", "", "", "Money", ""],
        ["name", "code", "region", "amount", "currency"],
        ["A", "1", "r", "5", "USD"],
    ]
    with open_table(csv_bytes(rows)) as table:
        assert table.headers == ("name", "code", "region", "amount", "currency")


def test_unnamed_columns_are_called_by_their_letter_and_trailing_ones_dropped() -> None:
    with open_table(io.BytesIO(b"name,,code,\nA,x,1,\nB,y,2,\n")) as table:
        assert table.headers == ("name", "[B]", "code")
        assert [row.problem for row in table.rows()] == [None, None]


def test_years_may_head_columns() -> None:
    with open_table(io.BytesIO(b"country,unit,2019,2020\nKZ,t,1,2\n")) as table:
        assert table.headers == ("country", "unit", "2019", "2020")


def test_broken_rows_carry_their_problem_and_the_others_go_on() -> None:
    with open_table(io.BytesIO(b"name,code\nA,1\nB,Ltd,2\nC\nD,\0\nE,5\n")) as table:
        problems = {row.number: type(row.problem) for row in table.rows()}
        assert problems == {2: type(None), 3: errors.RaggedRow, 4: type(None), 5: errors.NulCharacter, 6: type(None)}
        ragged = next(row for row in table.rows() if row.number == 3)
        assert "3 values, the table has 2 columns" in str(ragged.problem)
        assert next(row for row in table.rows() if row.number == 4).cells == ["C", None]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", errors.EmptyFile),
        (b"\xef\xbb\xbf", errors.EmptyFile),
        (b"\n\n , ,\n", errors.EmptyFile),
        (b"name,code\n", errors.HeaderOnly),
        (b"name,code\n,\n", errors.HeaderOnly),
        (b"1,2,3\n4,5,6\n", errors.NoHeader),
        (b"2019-01-01,5.5\n2019-01-02,5.6\n", errors.NoHeader),
        (b"%PDF-1.7\n1 0 obj\n", errors.NotATable),
        (b"<!DOCTYPE html><html><table><tr><td>a</td></tr></table></html>", errors.NotATable),
        (b'<?xml version="1.0"?><Workbook/>', errors.NotATable),
        (b'{"rows": []}', errors.NotATable),
        (b"{\\rtf1 text}", errors.NotATable),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\0\0\0\0\0", errors.NotATable),
        (bytes(range(256)) * 20, errors.NotATable),
        (b"PK\x03\x04 and nothing more", errors.DamagedFile),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), errors.DamagedFile),
    ],
)
def test_what_is_no_table(content: bytes, kind: type[errors.TableError]) -> None:
    found = refusal(io.BytesIO(content))
    assert type(found) is kind
    assert len(str(found)) > 30


@pytest.mark.parametrize(("content", "name"), [(b"%PDF-1.7\n", "PDF"), (b"\x89PNG\r\n\x1a\n\0\0\0\r", "PNG")])
def test_the_refusal_names_what_the_file_is(content: bytes, name: str) -> None:
    assert name in str(refusal(io.BytesIO(content)))


def test_duplicate_headers_are_named_with_their_places() -> None:
    found = refusal(io.BytesIO("Имя,Code,ИМЯ, code\nA,1,B,2\n".encode()))
    assert isinstance(found, errors.DuplicateHeaders)
    assert "“Имя” (A)" in str(found)
    assert "“code” (D)" in str(found)


def test_limits() -> None:
    file = csv_bytes([["name", "code"], *([str(n), "x"] for n in range(50))])
    assert isinstance(refusal(file, limits=Limits(rows=49)), errors.TooManyRows)
    assert isinstance(refusal(file, limits=Limits(columns=1)), errors.TooManyColumns)
    assert isinstance(refusal(file, limits=Limits(file_size=100)), errors.FileTooLarge)
    with open_table(file, limits=Limits(rows=50, columns=2)) as table:
        assert len(list(table.rows())) == 50


def test_a_missing_quotation_mark_is_found() -> None:
    text = 'name,note\nA,"never closed\n' + "x,y\n" * 100_000
    found = refusal(io.BytesIO(text.encode()))
    assert isinstance(found, errors.OverlongCell)
    assert found.details["row"] == 2


def test_workbook_with_title_types_and_hidden_sheet() -> None:
    rows = [
        ["Registered enterprises"],
        [],
        ["name", "tax id", "since", "capital"],
        ["A", "020025789", date(2019, 5, 17), 12.5],
        [None, None, None, None],
        ["B", 911000007109250320, date(2020, 1, 2), 3],
    ]
    with open_table(xlsx_bytes(("secret", [["x"], ["y"]]), ("data", rows), hidden=["secret"])) as table:
        assert (table.format, table.sheet, table.sheets, table.header_row) == ("xlsx", "data", ("data",), 3)
        first, second = table.rows()
        assert (first.number, first.cells) == (4, ["A", "020025789", date(2019, 5, 17), 12.5])
        assert second.number == 6
        assert [lost_digits(row.cells[1]) for row in (first, second)] == [False, True]


def test_a_sheet_is_chosen_by_name_or_the_first_that_is_filled() -> None:
    file = xlsx_bytes(("empty", []), ("one", [["a"], ["1st"]]), ("two", [["b"], ["2nd"]]))
    with open_table(file) as table:
        assert (table.sheet, table.sheets) == ("one", ("empty", "one", "two"))
    with open_table(file, sheet="two") as table:
        assert table.preview() == [(2, ["2nd"], None)]
    assert "empty, one, two" in str(refusal(file, sheet="three"))
    assert isinstance(refusal(xlsx_bytes(("empty", []))), errors.EmptyFile)


def test_opendocument_and_old_excel() -> None:
    with open_table(ods_bytes("Лист", [["name", "id"], ["A", "007"]])) as table:
        assert (table.format, table.sheet) == ("ods", "Лист")
        assert table.preview()[0].cells == ["A", "007"]
    with open_table(DATA / "registry.xls") as table:
        assert (table.format, table.header_row) == ("xls", 3)
        assert table.headers == ("Наименование", "统一社会信用代码", "Registered", "Capital")
        assert [row.cells[2] for row in table.rows()] == [date(2019, 5, 17), date(2020, 1, 2)]


def test_the_name_of_a_file_is_not_believed() -> None:
    upload = SimpleUploadedFile("table.csv", xlsx_bytes(("s", [["name"], ["A"]])).getvalue(), "text/csv")
    with open_table(upload) as table:
        assert table.format == "xlsx"


def test_streams_that_cannot_be_rewound_are_read_too() -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    with open_table(Pipe(b"name\nA\n")) as table:
        assert [row.cells for row in table.rows()] == [["A"]]


def test_zip_bombs_are_not_opened() -> None:
    limits = Limits(archive=ArchiveLimits(total=8 * MB, ratio=100, ratio_from=MB))
    for file in (bomb_bytes(9 * MB), bomb_bytes(5 * MB), lying_bomb_bytes(5 * MB, 1000)):
        found = refusal(file, limits=limits)
        assert isinstance(found, errors.UnsafeArchive)
        assert "harmful" in str(found)
    many = zip_bytes({f"{number}.xml": b"" for number in range(30)})
    assert isinstance(refusal(many, limits=Limits(archive=ArchiveLimits(entries=29))), errors.UnsafeArchive)


def test_the_usual_limits_stop_a_large_bomb_before_it_is_unpacked() -> None:
    tracemalloc.start()
    found = refusal(bomb_bytes(100 * MB))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(found, errors.UnsafeArchive)
    assert peak < 120 * MB


@pytest.mark.parametrize("entries", [{"readme.txt": "hello"}, {"word/document.xml": "<w/>"}])
def test_other_archives(entries: dict[str, str | bytes]) -> None:
    found = refusal(zip_bytes(entries))
    assert isinstance(found, errors.NotATable)
    assert "unpack" in str(found)


def test_a_cell_far_outside_the_table_costs_no_memory_here() -> None:
    far = [[None] * 16_383 + ["x"]]
    file = xlsx_bytes(("s", [["name"], ["A"], *[[]] * 1_048_573, *far]))
    found = refusal(file)
    assert isinstance(found, errors.SheetTooLarge)
    assert "outside the table" in str(found)


@pytest.mark.parametrize("seed", range(12))
def test_a_file_with_broken_bytes_is_read_or_refused(seed: int) -> None:
    """Some of these make the reading library panic; others it repairs."""
    random = Random(seed)
    data = bytearray((DATA / "registry.xls").read_bytes())
    for __ in range(20):
        data[random.randrange(512, len(data))] = random.randrange(256)
    with suppress(errors.TableError), open_table(io.BytesIO(bytes(data))) as table:
        assert table.headers


def test_a_workbook_that_lost_its_sheet_is_damaged() -> None:
    assert isinstance(refusal(zip_bytes({"xl/workbook.xml": "<workbook"})), errors.DamagedFile)


def test_encrypted_entries_ask_for_a_copy_without_password() -> None:
    data = bytearray(zip_bytes({"xl/workbook.xml": "<workbook/>"}).getvalue())
    central = data.index(b"PK\x01\x02")
    data[6] |= 1
    data[central + 8] |= 1
    assert isinstance(refusal(io.BytesIO(bytes(data))), errors.PasswordProtected)


def test_a_long_text_file_is_read_in_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    with path.open("w") as file:
        file.write("name,note\n")
        file.writelines(f"Company {number},{'x' * 500}\n" for number in range(40_000))
    tracemalloc.start()
    with open_table(path) as table:
        count = sum(1 for __ in table.rows())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (count, peak < 8 * MB) == (40_000, True)
