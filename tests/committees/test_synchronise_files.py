"""A roster as clerks send it, in every format: titles, two-line headers, sections, totals; and what is no roster."""

from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from committees.models import Committee, Position
from committees.synchronisation.plan import Group
from committees.synchronisation.reading import look_into
from members.enums import OwnershipType
from members.models import Identifier
from temp_portal.accounts.models import User
from temp_portal.core.tabular.errors import TableError
from tests.committees.synchronising import cells, compared, counts, csv_lines, entries
from tests.core.tabular.files import bomb_bytes, lying_bomb_bytes, ods_bytes, xlsx_bytes, zip_bytes
from tests.factories import OrganisationFactory, admit, committee_with_secretary, own

pytestmark = pytest.mark.django_db

XLS = Path(__file__).parent / "data" / "roster.xls"
OCTOBER = date(2026, 10, 31)
JANUARY = date(2024, 1, 10)
MB = 1024 * 1024

#: What the .xls holds as well: merged cells are blank but for the first.
LINES: list[list[object]] = [
    ["铜业工作委员会会员名册", "", "", "", "", "", "", ""],
    ["（截至2026年10月31日，共3家）", "", "", "", "", "", "", ""],
    ["序号", "单位名称", "统一社会信用代码", "企业性质", "代表信息", "", "职务", "入会时间"],
    ["", "", "", "", "姓名", "电话", "", ""],
    ["一、会长单位", "", "", "", "", "", "", ""],
    ["1", "渝岭矿业有限公司", "91110108551385082Q", "央企", "王明", "023-1", "会长单位", "2024-01-10"],
    ["二、会员单位", "", "", "", "", "", "", ""],
    ["2", "远屿贸易有限公司", "914403001922038216", "民营", "李华", "023-2", "会员", "2024-01-10"],
    ["3", "北辰铜业有限公司", "911000007109250320", "民营", "赵云", "023-3", "会员", "2026-10-01"],
    ["合计", "3", "", "", "", "", "", ""],
]
BOM = b"\xef\xbb\xbf"


@pytest.fixture
def keeper() -> tuple[Committee, User]:
    """Two members as in the file, one of them under an old name; the third firm is known by its number alone."""
    committee, secretary = committee_with_secretary(name_zh_hans="铜业工作委员会")
    chair = Position.objects.create(committee=committee, code="chair", title_en="President", rank=1, holders_max=1)
    assert chair
    for name, number, kind in [
        ("渝岭矿业有限公司", "91110108551385082Q", OwnershipType.CENTRAL_SOE),
        ("远屿商贸有限公司", "914403001922038216", OwnershipType.PRIVATE),
        ("北辰铜业股份公司", "911000007109250320", OwnershipType.PRIVATE),
    ]:
        firm = OrganisationFactory.create(legal_name=name, name_en="")
        Identifier.objects.create(organisation=firm, scheme="CN-USCC", value=number)
        own(firm, kind)
        if "北辰" not in name:
            admit(committee, firm, by=secretary, on=JANUARY)
    return committee, secretary


def typed(line: list[object]) -> list[object]:
    """The line with its day as a date, as workbooks keep it."""
    *rest, day = line
    return [*rest, date.fromisoformat(str(day)) if str(day).startswith("20") else day]


FILES = {
    "roster.xls": XLS.read_bytes(),
    "roster.xlsx": xlsx_bytes(("会员名册", [typed(line) for line in LINES])).getvalue(),
    "roster.ods": ods_bytes("会员名册", [[str(cell) for cell in line] for line in LINES]).getvalue(),
    "gb18030.csv": csv_lines(LINES, encoding="gb18030"),
    "utf8.csv": BOM + csv_lines(LINES),
    "utf16.csv": csv_lines(LINES, encoding="utf-16"),
}


@pytest.mark.parametrize("name", FILES)
def test_the_same_roster_in_every_format(keeper, name):
    committee, secretary = keeper
    made = compared(committee, FILES[name], by=secretary, on=OCTOBER, name=name)
    assert made.headers[4:6] == ["代表信息 / 姓名", "代表信息 / 电话"]
    assert {field: entry["from"] for field, entry in made.mapping["columns"].items()} == {
        "organisation": ["单位名称"],
        "number": ["统一社会信用代码"],
        "ownership": ["企业性质"],
        "representative": ["代表信息 / 姓名"],
        "position": ["职务"],
        "since": ["入会时间"],
    }
    assert counts(made) == {"changed": 1, "unchanged": 1, "joined": 1}
    (changed,) = entries(made, Group.CHANGED)
    assert (changed.row.number, cells(changed)) == (6, {"position": ("–", "President")})
    (joined,) = entries(made, Group.JOINED)
    assert joined.organisation.legal_name == "北辰铜业股份公司"
    assert joined.row.by_number
    assert cells(joined) == {"since": ("–", "2026-10-01")}
    shown = {cell.field for group in Group for entry in entries(made, group) for cell in entry.cells if cell.note}
    assert shown == {"representative"}


def test_headers_of_two_languages_one_under_the_other(keeper):
    committee, secretary = keeper
    lines = [["单位名称", "职务"], ["Organisation", "Position"], ["渝岭矿业有限公司", "会员"]]
    made = compared(committee, csv_lines([*lines, *lines[:2], ["远屿商贸有限公司", ""]]), by=secretary, on=OCTOBER)
    assert counts(made) == {"unchanged": 2}


def test_russian_headers_with_a_title_that_names_the_committee(keeper):
    committee, secretary = keeper
    committee.name_ru = "Рабочий комитет по меди"
    committee.save()
    lines = [
        ["Реестр членов", "на 31.10.2026", ""],
        ["Наименование организации", "Должность в комитете", "Дата вступления"],
        ["Рабочий комитет по меди", "", ""],
        ["渝岭矿业有限公司", "Председатель", "10.01.2024"],
        ["Итого:", "1", ""],
    ]
    made = compared(committee, csv_lines(lines), by=secretary, on=OCTOBER)
    assert counts(made) == {"changed": 1, "left": 1}


def test_a_cell_with_two_names_is_known_by_either(keeper):
    committee, secretary = keeper
    content = csv_lines([["单位名称"], ["Yuanyu Trading\n远屿商贸有限公司"], ["渝岭矿业（有限公司）"]])
    made = compared(committee, content, by=secretary, on=OCTOBER)
    assert counts(made) == {"unchanged": 2}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "empty"),
        (b"PK\x03\x04" + b"x" * 64, "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "damaged"),
        (bomb_bytes(600 * MB).getvalue(), "unpacks to far more"),
        (lying_bomb_bytes(100 * MB, 1000).getvalue(), "unpacks to far more"),
        (zip_bytes({"a.txt": "x"}).getvalue(), "an archive"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(32)) * 8, "PNG"),
        (b"<html><table><tr><td>x</td></tr></table></html>", "web page"),
        (b"1,2\n3,4\n", "No row with column names"),
        ("单位名称,单位名称\n甲,乙\n".encode(), "More than one column"),
        (csv_lines([["单位名称"]]), "no row under them"),
        (b"name,position\n\xe9t\xe9,\xfa\x81 \x81\n", "cannot be read"),
    ],
)
def test_what_is_no_roster_says_so(content, message):
    with pytest.raises(TableError, match=message):
        look_into(SimpleUploadedFile("roster.xlsx", content))
