from contextlib import suppress
from decimal import Decimal
from itertools import chain

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from temp_portal.core.currencies import ACTIVE, HISTORIC, is_currency
from temp_portal.core.money import Amount, AmountError, millions, parse_amount, parse_decimal, round_half_up

numbers = st.decimals(min_value=-(10**15), max_value=10**15, places=2, allow_nan=False)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", "0"),
        ("1234", "1234"),
        ("1,234", "1234"),
        ("1,234.5", "1234.5"),
        ("1.234,5", "1234.5"),
        ("1.234.567", "1234567"),
        ("1 234,56", "1234.56"),
        ("1\xa0234\xa0567,8", "1234567.8"),
        ("1\u202f234", "1234"),
        ("1’234’567.25", "1234567.25"),
        ("12,34,567", "1234567"),
        ("1,5", "1.5"),
        ("0,123", "0.123"),
        ("1234,567", "1234.567"),
        ("1.234", "1.234"),
        (".5", "0.5"),
        ("-5", "-5"),
        ("−5,25", "-5.25"),
        ("+7", "7"),
        ("(500)", "-500"),
        ("１２３．５", "123.5"),
        ("1.2E+08", "120000000"),
        ("  42 ", "42"),
    ],
)
def test_numbers_as_written(text: str, value: str) -> None:
    assert parse_decimal(text) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "-",
        "abc",
        "1,23,4",
        "1 23",
        "12.34.5",
        "1,234,56",
        "1.2.3,4,5",
        "5%",
        "1e",
        "10-20",
        "1,2.3,4",
        "1E+99",
        "1e-99",
    ],
)
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(AmountError):
        parse_decimal(text)


def test_an_ambiguous_comma_says_how_to_write_it() -> None:
    with pytest.raises(AmountError, match="two ways"):
        parse_decimal("1,0000")


@given(numbers)
def test_english_and_russian_grouping_read_back(value: Decimal) -> None:
    english = f"{value:,.2f}"
    russian = english.replace(",", "\xa0").replace(".", ",")
    assert parse_decimal(english) == value
    assert parse_decimal(russian) == value


@given(st.text(max_size=12))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(AmountError):
        amount = parse_amount(text)
        assert amount.value.is_finite()
        assert amount.currency is None or is_currency(amount.currency)


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("50(万元人民币)", "500000", "CNY"),
        ("1,000(万元人民币)", "10000000", "CNY"),
        ("50(万)", "500000", None),
        ("50（万元）", "500000", "CNY"),
        ("50(万元(人民币))", "500000", "CNY"),
        ("2.5(万人民币元)", "25000", "CNY"),
        ("12(万美元)", "120000", "USD"),
        ("12(万元美元)", "120000", "USD"),
        ("12(万元(港币))", "120000", "HKD"),
        ("3(万元香港元)", "30000", "HKD"),
        ("1,234(万日元)", "12340000", "JPY"),
        ("50万人民币", "500000", "CNY"),
        ("9()", "9", None),
        ("3.2亿元", "320000000", "CNY"),
        ("2万亿", "2000000000000", None),
        ("１００万元", "1000000", "CNY"),
        ("USD 475 m", "475000000", "USD"),
        ("US$475 million", "475000000", "USD"),
        ("475 mln usd", "475000000", "USD"),
        ("€1.5bn", "1500000000", "EUR"),
        ("1,5 млрд руб.", "1500000000", "RUB"),
        ("250 тыс. долл. США", "250000", "USD"),
        ("12 млн тенге", "12000000", "KZT"),
        ("ROL 1 000 000", "1000000", "ROL"),
        ("-3 million CNY", "-3000000", "CNY"),
        ("(500) USD", "-500", "USD"),
        ("1.2E+08 CNY", "120000000", "CNY"),
        ("7 EUR", "7", "EUR"),
    ],
)
def test_amounts_as_written(text: str, value: str, currency: str | None) -> None:
    assert parse_amount(text) == Amount(Decimal(value), currency)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("N/A", "not one amount"),
        ("10-20 млн", "not one amount"),
        ("5 apples", "apples"),
        ("5 D", "“d”"),
        ("5 USD EUR", "more than one unit"),
        ("5 млн тыс", "more than one unit"),
    ],
)
def test_amounts_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(AmountError, match=reason):
        parse_amount(text)


def test_a_sources_own_units_are_rewritten() -> None:
    units = {"CNY_10k": "万元", "USD_m": "million USD"}
    assert parse_amount("115881900 CNY_10k", units=units) == Amount(Decimal(1158819000000), "CNY")
    assert parse_amount("43505 USD_m", units=units) == Amount(Decimal(43505000000), "USD")


@pytest.mark.parametrize("code", ["USD", "CNY", "KZT", "ROL", "GHC", "ZMK", "BGN", "XDR"])
def test_codes_in_use_and_withdrawn(code: str) -> None:
    assert is_currency(code)


@pytest.mark.parametrize("code", ["", "usd", " D", "XXX", "US", "RMB"])
def test_what_is_no_code(code: str) -> None:
    assert not is_currency(code)


def test_the_two_lists_do_not_meet_and_cover_the_locale_data() -> None:
    from babel.core import get_global

    uses = chain.from_iterable(get_global("territory_currencies").values())
    in_circulation = {code for code, __, end, tender in uses if tender and not end}
    assert not ACTIVE & HISTORIC
    assert {code for code in in_circulation if not is_currency(code)} == set()


@pytest.mark.parametrize(("language", "text"), [("en", "−1,234.57"), ("zh-hans", "−1,234.57"), ("ru", "−1\xa0234,57")])
def test_millions_for_each_language(language: str, text: str) -> None:
    with translation.override(language):
        assert millions(Decimal("-1234565000")) == text


def test_a_tiny_negative_is_shown_as_zero() -> None:
    assert millions(Decimal("-1")) == "0.00"


@given(numbers)
def test_rounding_moves_at_most_half_a_cent(value: Decimal) -> None:
    assert abs(round_half_up(value / 7) - value / 7) <= Decimal("0.005")
