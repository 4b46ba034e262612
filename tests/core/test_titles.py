import pytest
from django.utils.translation import override

from temp_portal.core.titles import Titles

TITLES = Titles("Mining", "采矿业", "Добыча")


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "Mining"),
        ("en-gb", "Mining"),
        ("zh-hans", "采矿业"),
        ("zh-Hans", "采矿业"),
        ("ru", "Добыча"),
        ("fr", "Mining"),
        (None, "Mining"),
    ],
)
def test_a_language_picks_its_title(language, title):
    assert TITLES.in_language(language) == title


def test_text_follows_the_active_language():
    lazy = TITLES.lazy()

    for language, title in [("ru", "Добыча"), ("zh-hans", "采矿业"), ("en", "Mining")]:
        with override(language):
            assert str(TITLES) == title
            assert str(lazy) == title
    with override(None):
        assert str(TITLES) == "Mining"
