"""Where the column names stand when some of them are known: under titles and notes, in one line or in two."""

import pytest

from temp_portal.core.tabular.errors import DuplicateHeaders, NoHeader
from temp_portal.core.tabular.headers import read_header
from temp_portal.core.tabular.reading import open_table
from tests.core.tabular.files import csv_bytes, xlsx_bytes

KNOWN = frozenset({"单位名称", "职务", "入会时间", "姓名", "name", "position"})
DATA = ["1", "甲公司", "民营", "王明", "138", "2024-01-01"]


def header(*lines: list[str], known=KNOWN) -> tuple[int, list[str]]:
    return read_header([(number, line) for number, line in enumerate(lines, start=1)], known)


def test_groups_above_name_the_columns_below():
    upper = ["序号", "单位名称", "企业性质", "代表", "", "入会时间"]
    lower = ["", "", "", "姓名", "电话", ""]
    names = ["序号", "单位名称", "企业性质", "代表 / 姓名", "代表 / 电话", "入会时间"]
    assert header(["铝业工委会名册"], upper, lower, DATA) == (2, names)


def test_data_below_are_not_taken_for_a_second_line():
    upper = ["序号", "单位名称", "企业性质", "代表", "", "入会时间"]
    assert header(upper, DATA) == (0, upper)
    assert header(upper, ["", "", "", "王明", "138", ""]) == (0, upper)
    assert header(upper) == (0, upper)


def test_a_column_without_any_name_stays_without():
    upper = ["", "单位名称", "职务"]
    assert header(upper, ["x", "", ""], ["y", "甲", "理事"]) == (0, upper)


def test_two_groups_side_by_side():
    upper = ["单位名称", "代表", "", "联系人", ""]
    lower = ["", "姓名", "职务", "姓名", "职务"]
    names = ["单位名称", "代表 / 姓名", "代表 / 职务", "联系人 / 姓名", "联系人 / 职务"]
    assert header(upper, lower, ["甲", "a", "b", "c", "d"]) == (1, names)


def test_a_title_over_all_columns_is_no_group():
    assert header(["会员名册", ""], ["单位名称", "职务"], ["甲公司", "理事"]) == (1, ["单位名称", "职务"])


def test_known_names_win_over_full_rows():
    notes = ["编制：秘书处", "日期：2024年1月", "共35家", "第1页"]
    assert header(notes, ["Name", "Position", "", ""], ["甲", "理事", "x", "y"])[0] == 1


def test_one_known_name_below_a_title():
    assert header(["会员名册"], ["单位名称"], ["甲公司"]) == (1, ["单位名称"])


def test_without_known_names_the_shape_decides():
    assert header(["会员名册", ""], ["甲", "乙"], ["1", "2"]) == (1, ["甲", "乙"])
    with pytest.raises(NoHeader):
        header(["1", "2"], ["3", "4"])


def test_the_rows_of_a_table_begin_under_the_second_line():
    lines = [["名册"], ["单位名称", "代表", ""], [None, "姓名", "电话"], ["甲公司", "王明", "138"]]
    with open_table(xlsx_bytes(("会员", lines)), known=KNOWN) as table:
        assert (table.header_row, table.headers) == (3, ("单位名称", "代表 / 姓名", "代表 / 电话"))
        assert [row.number for row in table.rows()] == [4]


def test_repeated_names_are_refused():
    with (
        pytest.raises(DuplicateHeaders),
        open_table(csv_bytes([["单位名称", "职务", "职务"], ["甲", "a", "b"]]), known=KNOWN),
    ):
        pass
