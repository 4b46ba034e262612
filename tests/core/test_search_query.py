import pytest
from django.db.models import Q
from hypothesis import given
from hypothesis import strategies as st

from temp_portal.core.search import SearchQuery, TooShort, matches, search_terms
from temp_portal.core.search.query import MAX_TERMS


def fragments(query: str) -> list[str]:
    return [term.fragment for term in search_terms(query)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("特变", ["特特变变"]),
        ("特", [" 特特"]),
        ("Тэбянь", ["тебян"]),
        ("te bian", [" te", "bian"]),
        ("AB 特变 ab", [" ab", "特特变变"]),
        ("50% _off_", [" 50", "off"]),
        ("«Газ»", ["газ"]),
        ("ь", []),
    ],
)
def test_terms(query, expected):
    assert fragments(query) == expected


def test_blank_matches_all_and_punctuation_alone_nothing():
    assert matches("search_key", "  ") == Q()
    assert matches("search_key", "…?!") == Q(pk__in=[])


def test_every_term_must_occur():
    assert matches("organisation__search_key", "特变 gong") == (
        Q(organisation__search_key__contains="特特变变") & Q(organisation__search_key__contains="gong")
    )


@pytest.mark.parametrize("query", ["特", "特变", "abc", "тэбянь", ""])
def test_no_hint_where_the_search_is_complete(query):
    assert SearchQuery(query).too_short is None


def test_one_or_two_letters_call_for_a_hint():
    hint = SearchQuery("Ал ab металл").too_short

    assert hint == TooShort(("ал", "ab"))
    assert "“ал”, “ab” are short" in hint.message
    assert "“ab” is short" in TooShort(("ab",)).message


def test_letters_that_folding_drops_do_not_count():
    assert SearchQuery("ель").too_short == TooShort(("ель",))


@given(st.text(max_size=400))
def test_terms_are_few_distinct_and_free_of_wildcards(query):
    terms = search_terms(query)

    assert len(terms) <= MAX_TERMS
    assert len({term.text for term in terms}) == len(terms)
    assert not any(wildcard in term.text for term in terms for wildcard in "%_\\ ")
