"""Names of countries: for lists on a form, and from what people write to the ISO code."""

import json
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django_countries import countries
from django_countries.data import COUNTRIES as SHIPPED_NAMES

from temp_portal.core.countries import REGIONS
from temp_portal.core.search.chinese import readings
from temp_portal.core.search.folding import fold, words

LANGUAGES = ("en", "zh-hans", "ru")

_LEFT_OUT = {"the", "of"}
_LATIN_ACCENTS = re.compile("(?<=[a-z])[\u0300-\u036f]+")


def country_name(code: str, language: str | None = None) -> str:
    """Name of a country or region in the language (the active one without); "" for an unknown code."""
    if language is None:
        return str(countries.name(code))
    with override(language):
        return str(countries.name(code))


def is_region(code: str) -> bool:
    """Whether the code stands for a region of a country rather than a country."""
    return code in REGIONS


def country_choices() -> list[tuple[Promise | str, list[tuple[str, str]]]]:
    """Two groups for a select box, countries and regions, each in the alphabetical order of the active language.

    Chinese names are ordered by pinyin.
    """
    names = sorted(((country.code, str(country.name)) for country in countries), key=_collation)
    return [
        (_("Countries"), [pair for pair in names if not is_region(pair[0])]),
        (_("Regions"), [pair for pair in names if is_region(pair[0])]),
    ]


def _collation(pair: tuple[str, str]) -> str:
    name = pair[1]
    if spoken := readings(name):
        return " ".join(spoken[0])
    unaccented = _LATIN_ACCENTS.sub("", unicodedata.normalize("NFD", name.casefold()))
    return unicodedata.normalize("NFC", unaccented)


def find_country(text: str) -> str | None:
    """ISO alpha-2 code for a name or code as people write it, in English, Chinese or Russian; None when unknown.

    Alpha-2, alpha-3 and three-digit numeric codes count as names.
    """
    return _index().get(_key(text))


def _key(text: str) -> str:
    """Case, accents, spaces and punctuation do not matter, nor do an article, "&" for "and" and "St." for "Saint"."""
    spelled = (fold(word) for word in words(text.replace("&", " and ")))
    return "".join("saint" if word == "st" else word for word in spelled if word not in _LEFT_OUT)


@cache
def _index() -> dict[str, str]:
    """The first to claim a name keeps it, so the portal's own names go before variants and superseded ones."""
    index: dict[str, str] = {}
    for name, code in _claims():
        index.setdefault(_key(name), code)
    return index


def _claims() -> Iterator[tuple[str, str]]:
    for code in countries.countries:
        yield from ((code, code), (countries.alpha3(code), code), (str(countries.numeric(code, padded=True)), code))
    for language in LANGUAGES:
        with override(language):
            yield from [(str(country.name), country.code) for country in countries]
    for code, others in variants().items():
        yield from ((name, code) for name in others)
    for language in LANGUAGES:
        with override(language):
            yield from [(str(name), code) for code, name in SHIPPED_NAMES.items()]


def variants() -> dict[str, list[str]]:
    """Other names under which countries occur in registers, statistics and letters, by code."""
    file = Path(__file__).parent / "data" / "country_variants.json"
    names: dict[str, list[str]] = json.loads(file.read_text(encoding="utf-8"))
    return names
