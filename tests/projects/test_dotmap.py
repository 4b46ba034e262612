"""The dot map: every dot on the picture, in its place, with its number; names only where there is room."""

import pytest
from django_countries import countries
from hypothesis import given
from hypothesis import strategies as st

from projects.centroids import CENTROIDS
from projects.dotmap import HEIGHT, MOST_LINES, WIDTH, dot_map

CODES = st.dictionaries(st.sampled_from(sorted(CENTROIDS)), st.integers(1, 5000), min_size=1, max_size=60)


def name_of(code):
    return str(countries.name(code))


@given(CODES)
def test_every_dot_lies_on_the_picture_with_its_number(counts):
    drawn = dot_map(counts, name_of)
    assert {dot.country: dot.count for dot in drawn.dots} == counts
    for dot in drawn.dots:
        assert dot.radius <= dot.x <= WIDTH - dot.radius
        assert dot.radius <= dot.y <= HEIGHT - dot.radius


@given(CODES)
def test_names_stand_free_of_each_other_and_inside(counts):
    drawn = dot_map(counts, name_of)
    places = [dot.place for dot in drawn.dots if dot.place]
    assert all(place.is_on_map for place in places)
    assert not any(one.meets(other) for number, one in enumerate(places) for other in places[:number])


@given(CODES)
def test_the_graticule_has_few_round_lines(counts):
    drawn = dot_map(counts, name_of)
    assert 1 <= len(drawn.meridians) <= MOST_LINES
    assert 1 <= len(drawn.parallels) <= MOST_LINES
    assert all(0 <= line.at <= WIDTH for line in drawn.meridians)
    assert all(0 <= line.at <= HEIGHT for line in drawn.parallels)


def test_north_is_up_east_is_right_and_more_is_larger():
    drawn = {dot.country: dot for dot in dot_map({"KZ": 14, "PK": 1, "BY": 4}, name_of).dots}
    assert drawn["KZ"].y < drawn["PK"].y
    assert drawn["BY"].x < drawn["KZ"].x
    assert drawn["KZ"].radius > drawn["BY"].radius > drawn["PK"].radius


@pytest.mark.parametrize("counts", [{}, {"XX": 3}])
def test_without_a_known_country_nothing_is_drawn(counts):
    assert dot_map(counts, name_of).dots == []


def test_a_country_without_a_place_stands_in_the_table_only():
    assert [dot.country for dot in dot_map({"KZ": 1, "XK": 2}, name_of).dots] == ["KZ"]


def test_every_place_is_a_country_on_the_globe():
    known = dict(countries)
    for code, (latitude, longitude) in CENTROIDS.items():
        assert code in known
        assert -90 < latitude < 90
        assert -180 <= longitude <= 180
