from collections import Counter
from datetime import date, timedelta

import pytest
from django_countries import countries
from hypothesis import given
from hypothesis import strategies as st

from members.enums import CountryStanding
from members.reference import STANDINGS, countries_with, standing_on

MEMBER, PARTNER = CountryStanding.MEMBER, CountryStanding.PARTNER
OBSERVER, DIALOGUE_PARTNER = CountryStanding.OBSERVER, CountryStanding.DIALOGUE_PARTNER


@pytest.mark.parametrize(
    ("day", "members", "partners", "observers", "dialogue_partners"),
    [
        (date(2001, 6, 14), 0, 0, 0, 0),
        (date(2001, 6, 15), 6, 0, 0, 0),
        (date(2015, 7, 10), 6, 0, 6, 6),
        (date(2017, 6, 8), 6, 0, 6, 6),
        (date(2017, 6, 9), 8, 0, 4, 6),
        (date(2022, 9, 16), 8, 0, 4, 14),
        (date(2023, 7, 4), 9, 0, 3, 14),
        (date(2024, 7, 4), 10, 0, 2, 14),
        (date(2025, 8, 31), 10, 0, 2, 14),
        (date(2025, 9, 1), 10, 17, 0, 0),
        (date(2026, 6, 30), 10, 17, 0, 0),
    ],
)
def test_how_many_countries_had_which_standing(day, members, partners, observers, dialogue_partners):
    assert len(countries_with(MEMBER, day)) == members
    assert len(countries_with(PARTNER, day)) == partners
    assert len(countries_with(OBSERVER, day)) == observers
    assert len(countries_with(DIALOGUE_PARTNER, day)) == dialogue_partners


def test_the_ten_members_and_seventeen_partners():
    day = date(2026, 1, 1)

    assert countries_with(MEMBER, day) == ["CN", "KZ", "KG", "RU", "TJ", "UZ", "IN", "PK", "IR", "BY"]
    assert set(countries_with(PARTNER, day)) == {
        *("AF", "MN", "AZ", "AM", "BH", "EG", "KH", "QA", "KW"),
        *("MV", "MM", "NP", "AE", "SA", "TR", "LK", "LA"),
    }


@pytest.mark.parametrize(
    ("country", "day", "standing"),
    [
        ("BY", date(2009, 6, 15), None),
        ("BY", date(2009, 6, 16), DIALOGUE_PARTNER),
        ("BY", date(2015, 7, 10), OBSERVER),
        ("BY", date(2024, 7, 3), OBSERVER),
        ("BY", date(2024, 7, 4), MEMBER),
        ("LA", date(2025, 8, 31), None),
        ("LA", date(2025, 9, 1), PARTNER),
        ("MN", date(2025, 8, 31), OBSERVER),
        ("RS", date(2026, 1, 1), None),
        ("TM", date(2026, 1, 1), None),
    ],
)
def test_standing_on_a_day(country, day, standing):
    assert standing_on(country, day) == standing


@given(st.dates(date(2000, 1, 1), date(2040, 1, 1)))
def test_no_country_has_two_standings_on_one_day(day):
    holders = Counter(one.country for one in STANDINGS if one.holds_on(day))

    assert all(count == 1 for count in holders.values())


def test_periods_join_without_gap_and_name_their_source():
    for one in STANDINGS:
        assert one.source
        assert countries.alpha3(one.country)
        assert one.valid_to is None or one.valid_to > one.valid_from
        if one.valid_to:
            assert standing_on(one.country, one.valid_to) not in {None, one.standing}
            assert standing_on(one.country, one.valid_to - timedelta(days=1)) == one.standing
