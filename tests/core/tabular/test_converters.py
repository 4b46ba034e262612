from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from temp_portal.core.money import Amount
from temp_portal.core.tabular.cells import Cell, clean, column_letter, header_key, lost_digits, text_of
from temp_portal.core.tabular.converters import CONVERTERS, ConversionError, converter
from temp_portal.core.tabular.dates import PartialDate
from temp_portal.core.tabular.formulas import neutralise, restore

AGENCIES = {"State-Owned Company": "soe", "Government Agency": "government"}


@pytest.mark.parametrize(
    ("name", "options", "cell", "value"),
    [
        ("text", {}, "  two\n lines \xa0", "two lines"),
        ("text", {}, 12.0, "12"),
        ("text", {}, date(2020, 1, 2), "2020-01-02"),
        ("long_text", {}, " one\r\ntwo\u200b ", "one\ntwo"),
        ("identifier", {}, "020025789", "020025789"),
        ("identifier", {}, 20025789.0, "20025789"),
        ("identifier", {}, "９１５０", "9150"),
        ("integer", {}, "1,234", 1234),
        ("integer", {}, 7.0, 7),
        ("decimal", {}, "1 234,5", Decimal("1234.5")),
        ("decimal", {}, 0.1, Decimal("0.1")),
        ("decimal", {"minimum": 0, "maximum": 100}, "100", Decimal(100)),
        ("year", {}, "2010", 2010),
        ("year", {}, 2010.0, 2010),
        ("boolean", {}, "Да", True),
        ("boolean", {}, "否", False),
        ("boolean", {}, True, True),
        ("boolean", {}, 0.0, False),
        ("date", {}, "17.05.2010", date(2010, 5, 17)),
        ("date", {"order": "mdy"}, "1/2/2010", date(2010, 1, 2)),
        ("partial_date", {}, "2010-05", PartialDate(2010, 5)),
        ("country", {}, "Kazakhstan", "KZ"),
        ("country", {}, 4.0, "AF"),
        ("country", {"provinces": True}, "浙江省", "CN"),
        ("countries", {"skip": ["Africa, regional"]}, "KEN; Africa, regional; TZA; KEN;", ["KE", "TZ"]),
        ("currency", {}, "usd", "USD"),
        ("currency", {}, "ROL", "ROL"),
        ("amount", {}, "50(万元人民币)", Amount(Decimal(500000), "CNY")),
        ("amount", {"currency": "CNY"}, "50(万)", Amount(Decimal(500000), "CNY")),
        ("amount", {"currency": "CNY"}, 1250.5, Amount(Decimal("1250.5"), "CNY")),
        ("amount", {"units": {"USD_m": "million USD"}}, "2 USD_m", Amount(Decimal(2000000), "USD")),
        ("choice", {"choices": {"Completion": "S9"}}, " COMPLETION", "S9"),
        ("list", {}, "a;  b ;; a", ["a", "b"]),
        ("list", {"split": ",", "skip": ["None"]}, "x, none, y", ["x", "y"]),
        (
            "tagged_list",
            {"tags": AGENCIES},
            "Bank of Trade, Government Agency; Huaxin Co., Ltd.; Kama, state-owned company; Government Agency",
            [
                {"name": "Bank of Trade", "tag": "government"},
                {"name": "Huaxin Co., Ltd.", "tag": None},
                {"name": "Kama", "tag": "soe"},
                {"name": "Government Agency", "tag": None},
            ],
        ),
    ],
)
def test_values(name: str, options: Mapping[str, Any], cell: Cell, value: object) -> None:
    assert CONVERTERS[name](**options)(cell) == value


@pytest.mark.parametrize(
    ("name", "options", "cell", "reason"),
    [
        ("text", {"max_length": 3}, "long", "Longer than 3"),
        ("identifier", {}, "9.11E+17", "dropped digits"),
        ("identifier", {}, 9.11000007109250320e17, "dropped digits"),
        ("integer", {}, "1.5", "whole number"),
        ("integer", {}, "many", "Not a number"),
        ("decimal", {"minimum": 0}, "-1", "Less than 0"),
        ("decimal", {"maximum": 100}, "101", "More than 100"),
        ("year", {}, "2010-05", "year"),
        ("boolean", {}, "perhaps", "Neither yes nor no"),
        ("date", {}, "2010-05", "day is missing"),
        ("date", {}, "1/2/2010", "told apart"),
        ("date", {}, 40315.0, "Not a date"),
        ("country", {}, "浙江省", "Not a country"),
        ("countries", {}, "KEN; Atlantis", "Not a country"),
        ("currency", {}, "\xa0D", "ISO 4217"),
        ("amount", {}, "5 apples", "apples"),
        ("choice", {"choices": {"yes": "y"}}, "no", "Not one of: yes"),
    ],
)
def test_refusals(name: str, options: Mapping[str, Any], cell: Cell, reason: str) -> None:
    with pytest.raises(ConversionError, match=reason):
        CONVERTERS[name](**options)(cell)


def test_a_name_is_taken_once() -> None:
    with pytest.raises(ValueError, match="text"):
        converter("text")(lambda: text_of)


@given(st.text(max_size=20))
def test_made_harmless_and_back(text: str) -> None:
    harmless = neutralise(text)
    assert restore(harmless) == text
    assert harmless[:1] not in {*"=+-@\t\r\n＝＋－＠"} - {""}


@given(st.text(max_size=20))
def test_clean_text_is_settled_and_storable(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert "\0" not in once
    assert "\xa0" not in once


@pytest.mark.parametrize(
    ("cell", "lost"),
    [
        ("911000007109250320", False),
        ("9.11E+17", True),
        ("9,11e17", True),
        (9.11e17, True),
        (999_999_999_999_999, False),
        (10**15, True),
        (True, False),
        (None, False),
    ],
)
def test_lost_digits(cell: Cell, lost: bool) -> None:
    assert lost_digits(cell) is lost


@pytest.mark.parametrize(("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_column_letters(index: int, letters: str) -> None:
    assert column_letter(index) == letters


def test_headers_are_compared_without_case_width_and_space() -> None:
    assert header_key(" Ｃode\n  No ") == header_key("CODE no")
