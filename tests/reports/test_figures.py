"""Exact values, their one form in JSON, and the hash."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from temp_portal.core.periods import Quarter
from temp_portal.reports.figures import (
    Document,
    Missing,
    Ratio,
    Reason,
    canonical,
    compared_flow,
    compared_stock,
    compared_values,
    decode,
    digest,
    encode,
)
from temp_portal.reports.figures.values import plain

amounts = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15, places=6)
numbers = st.integers(-(10**12), 10**12) | amounts
ratios = st.builds(Ratio, numbers, numbers.filter(bool))
values = numbers | ratios | st.sampled_from(Reason).map(Missing)


@given(values)
def test_a_value_survives_json(value):
    assert decode(encode(value)) == value


@given(st.dictionaries(st.sampled_from(["q", "previous", "ytd"]), values, min_size=1))
def test_a_block_survives_json(block):
    assert decode(encode(block)) == block


@pytest.mark.parametrize(
    ("amount", "text"),
    [("1.500", "1.5"), ("100", "100"), ("1E+2", "100"), ("-0.00", "0"), ("0", "0"), ("-2.50", "-2.5"), ("0.10", "0.1")],
)
def test_one_amount_has_one_form(amount, text):
    assert plain(Decimal(amount)) == text


@pytest.mark.parametrize("written", [1.5, True, None, ["1", "2", "3"], {"none": "no idea"}, [1.5, 2], [["1"], 2]])
def test_what_is_not_exact_is_refused(written):
    with pytest.raises(ValueError, match=r"not an exact value|not a valid Reason|not a number"):
        decode(written)


def document(**tables):
    return Document(Quarter(2026, 3), "Asia/Shanghai", (2, 1), tables)


def test_the_hash_knows_neither_order_nor_scale():
    one = document(T3={"all": {"closing": {"q": 1, "ytd": Decimal("2.50")}}, "other": {"closing": 3}})
    other = document(T3={"other": {"closing": 3}, "all": {"closing": {"ytd": Decimal("2.5"), "q": 1}}})
    assert digest(one.as_json()) == digest(other.as_json())
    assert canonical(one.as_json()).startswith(b'{"end":"2026-10-01","quarter":"2026-Q3","schema":2,"scope":[1,2]')


@pytest.mark.parametrize(
    "change", [{"quarter": Quarter(2026, 2)}, {"time_zone": "UTC"}, {"scope": None}, {"scope": (1,)}, {"schema": 1}]
)
def test_the_hash_knows_what_was_counted(change):
    given = {"quarter": Quarter(2026, 3), "time_zone": "Asia/Shanghai", "scope": (1, 2), "tables": {}}
    assert digest(Document(**(given | change)).as_json()) != digest(Document(**given).as_json())


def test_a_document_survives_json():
    was = document(T3={"all": {"closing": {"q": 1, "growth": Ratio(1, 3)}, "share": Missing(Reason.NOT_COUNTED)}})
    now = Document.from_json(was.as_json())
    assert (now.tables, now.quarter, now.scope) == (was.tables, was.quarter, (1, 2))
    assert digest(now.as_json()) == digest(was.as_json())


def test_a_flow_adds_up_since_january_and_a_stock_changes():
    flow = compared_flow(Quarter(2026, 3), [1, 2, 3, 4, 6])
    assert flow == {"q": 6, "previous": 4, "change": 2, "growth": Ratio(2, 4), "ytd": 13, "last_year": 1}
    stock = compared_stock(Quarter(2026, 3), [10, 11, 13, 16, 20, 18])
    assert stock == {"q": 18, "previous": 20, "change": -2, "growth": Ratio(-2, 20), "ytd": 5, "last_year": 11}
    assert compared_stock(Quarter(2026, 1), [0, 0, 0, 0, 5, 9])["ytd"] == 4
    assert compared_flow(Quarter(2026, 1), [0, 0, 0, 5, 9])["ytd"] == 9


def test_growth_from_zero_and_from_nothing():
    assert compared_values(3, 0, 3, 0)["growth"] == Missing(Reason.GROWTH_FROM_ZERO)
    assert compared_values(0, 0, 0, 0)["growth"] == Missing(Reason.GROWTH_FROM_ZERO)
    missing = Missing(Reason.NO_DATA)
    assert compared_values(3, missing, 3, 0)["change"] == missing
    assert compared_values(missing, 3, 3, 0)["growth"] == missing


@given(st.integers(0, 10**9), st.integers(1, 10**9))
def test_growth_is_exact(now, before):
    assert compared_values(now, before, 0, 0)["growth"].fraction == Fraction(now, before) - 1
