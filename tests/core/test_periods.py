from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from temp_portal.core.periods import Quarter

quarters = st.builds(Quarter, st.integers(1900, 2200), st.integers(1, 4))
days = st.dates(date(1900, 1, 1), date(2200, 12, 31))


@pytest.mark.parametrize("text", ["2026-Q3", "2026Q3", "2026 q3", " 2026-q3 "])
def test_parse_forms(text: str) -> None:
    assert Quarter.parse(text) == Quarter(2026, 3)


@pytest.mark.parametrize("text", ["", "2026", "2026-Q5", "2026-Q0", "26-Q1", "Q3 2026", "2026-Q33", "２０２６-Q1"])
def test_parse_refuses_with_the_text_and_an_example(text: str) -> None:
    with pytest.raises(ValueError, match="2026-Q3") as caught:
        Quarter.parse(text)
    assert f"“{text}”" in str(caught.value)


@pytest.mark.parametrize("number", [0, 5, -1])
def test_number_out_of_range(number: int) -> None:
    with pytest.raises(ValueError, match="from 1 to 4"):
        Quarter(2026, number)


@pytest.mark.parametrize("year", [0, 1, 9999, 12026])
def test_year_out_of_range(year: int) -> None:
    with pytest.raises(ValueError, match=str(year)):
        Quarter(year, 1)


@given(quarters)
def test_text_round_trip(quarter: Quarter) -> None:
    assert Quarter.parse(str(quarter)) == quarter


@given(days)
def test_every_day_lies_in_exactly_its_quarter(day: date) -> None:
    quarter = Quarter.containing(day)
    assert quarter.start <= day < quarter.end
    assert day in quarter
    assert day not in quarter.next
    assert day not in quarter.previous


@given(quarters)
def test_quarters_join_without_gap(quarter: Quarter) -> None:
    assert quarter.end == quarter.next.start
    assert quarter.next.previous == quarter
    assert quarter.same_quarter_last_year == Quarter(quarter.year - 1, quarter.number)
    assert 90 <= (quarter.end - quarter.start).days <= 92


@given(quarters, st.integers(-40, 40))
def test_shifting_keeps_order_and_returns(quarter: Quarter, steps: int) -> None:
    shifted = quarter.shifted(steps)
    assert shifted.shifted(-steps) == quarter
    assert (shifted > quarter) == (steps > 0)


@given(quarters, st.integers(0, 12))
def test_range_holds_both_ends(first: Quarter, steps: int) -> None:
    found = list(Quarter.range(first, first.shifted(steps)))
    assert (found[0], found[-1], len(found)) == (first, first.shifted(steps), steps + 1)


def test_range_backwards_is_empty() -> None:
    assert list(Quarter.range(Quarter(2026, 2), Quarter(2026, 1))) == []


def test_bounds_are_midnights_of_the_portal() -> None:
    start, end = Quarter(2026, 3).bounds()
    assert start == datetime(2026, 6, 30, 16, tzinfo=UTC)
    assert end == datetime(2026, 9, 30, 16, tzinfo=UTC)


def test_bounds_in_another_zone_follow_its_clock_changes() -> None:
    start, end = Quarter(2026, 1).bounds(ZoneInfo("Europe/Berlin"))
    assert (start.utcoffset(), end.utcoffset()) == (timedelta(hours=1), timedelta(hours=2))


def test_a_moment_counts_by_the_portals_day() -> None:
    last_evening_in_london = datetime(2026, 6, 30, 17, tzinfo=UTC)
    assert Quarter.containing(last_evening_in_london) == Quarter(2026, 3)


def test_year_start_label_and_hash() -> None:
    quarter = Quarter(2026, 3)
    assert quarter.year_start == date(2026, 1, 1)
    assert quarter.label() == "Q3 2026"
    assert {quarter, Quarter.parse("2026Q3")} == {quarter}
