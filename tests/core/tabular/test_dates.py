from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from temp_portal.core.tabular.dates import DateError, PartialDate, date_of_cell, parse_date

days = st.dates(date(1000, 1, 1), date(2999, 12, 31))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2010-05-17", PartialDate(2010, 5, 17)),
        ("2010/5/17", PartialDate(2010, 5, 17)),
        ("2010.05.17", PartialDate(2010, 5, 17)),
        ("20100517", PartialDate(2010, 5, 17)),
        ("2010年5月17日", PartialDate(2010, 5, 17)),
        ("2010 年 5 月 17 日", PartialDate(2010, 5, 17)),
        ("２０１０－０５－１７", PartialDate(2010, 5, 17)),
        ("2010-05-17T00:00:00", PartialDate(2010, 5, 17)),
        ("2010-05-17 13:45", PartialDate(2010, 5, 17)),
        ("17.05.2010", PartialDate(2010, 5, 17)),
        ("17.05.2010г.", PartialDate(2010, 5, 17)),
        ("1.2.2010", PartialDate(2010, 2, 1)),
        ("17/05/2010", PartialDate(2010, 5, 17)),
        ("05/17/2010", PartialDate(2010, 5, 17)),
        ("5/5/2010", PartialDate(2010, 5, 5)),
        ("2010-05", PartialDate(2010, 5)),
        ("2010年5月", PartialDate(2010, 5)),
        ("05.2010", PartialDate(2010, 5)),
        ("2010", PartialDate(2010)),
        ("2010年", PartialDate(2010)),
    ],
)
def test_forms(text: str, expected: PartialDate) -> None:
    assert parse_date(text) == expected


@pytest.mark.parametrize(("order", "expected"), [("dmy", PartialDate(2010, 2, 1)), ("mdy", PartialDate(2010, 1, 2))])
def test_a_known_order_settles_what_is_ambiguous(order: str, expected: PartialDate) -> None:
    assert parse_date("1/2/2010", order) == expected
    with pytest.raises(DateError, match="told apart"):
        parse_date("1/2/2010")


@pytest.mark.parametrize(
    "text", ["", "yesterday", "2010-13", "2010-02-30", "31.04.2010", "2010-00-10", "0010", "201005", "5"]
)
def test_what_is_no_date(text: str) -> None:
    with pytest.raises(DateError):
        parse_date(text)


@given(days)
def test_every_day_is_read_back_in_each_form(day: date) -> None:
    for form in ("%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%d.%m.%Y", "%Y年%m月%d日"):
        read = parse_date(day.strftime(form.replace("%Y", f"{day.year:04d}")))
        assert (read.first_day, read.precision) == (day, "day")


@given(st.text(max_size=12))
def test_any_text_is_a_date_or_refused(text: str) -> None:
    try:
        found = parse_date(text)
    except DateError:
        return
    assert 1000 <= found.first_day.year <= 2999


def test_typed_cells() -> None:
    assert date_of_cell(date(2010, 5, 17)) == PartialDate(2010, 5, 17)
    assert date_of_cell(datetime(2010, 5, 17, 8, tzinfo=UTC)) == PartialDate(2010, 5, 17)
    assert date_of_cell(2010.0) == PartialDate(2010)
    assert date_of_cell(20100517) == PartialDate(2010, 5, 17)
    for number in (40_315.0, 40_315.5):
        with pytest.raises(DateError):
            date_of_cell(number)


def test_precision_and_first_day() -> None:
    assert [(found.precision, found.first_day) for found in map(parse_date, ("2010", "2010-05", "2010-05-17"))] == [
        ("year", date(2010, 1, 1)),
        ("month", date(2010, 5, 1)),
        ("day", date(2010, 5, 17)),
    ]
