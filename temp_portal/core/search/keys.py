"""The stored key: every name in its own letters, and each of its words once more in Latin and in Cyrillic."""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import islice, product

from temp_portal.core.search import chinese, palladius, scripts
from temp_portal.core.search.folding import CJK, HAN, double_cjk, fold, words

_RUNS = re.compile(f"[{HAN}]+|[a-z\u00df-\u024f\u1e00-\u1eff]+|[\u0400-\u052f]+|.", re.DOTALL)
_HAN = re.compile(f"[{HAN}]")
_CYRILLIC = re.compile("[\u0400-\u052f]")
_CJK = re.compile(f"[{CJK}]")

MAX_SPELLINGS = 12
"""How many spellings of one word are kept per script; only words that mix scripts come near it."""


def name_forms(*names: str) -> str:
    """All searchable forms of the names as distinct words, single-spaced: original, pinyin, Cyrillic, folded Latin.

    A Chinese name gives each reading joined (tebian, тебян), and its characters and syllables once more apart (特 变 te
    bian): one character or a short syllable, too little for a trigram by itself, is found as the start of a word.
    Empty names are passed over; no names give "".
    """
    return " ".join(dict.fromkeys(form for name in names if name for form in _forms(name)))


def search_key(*names: str) -> str:
    """What is stored for a row: `name_forms` with CJK characters doubled and a space before every word ("" if none)."""
    forms = name_forms(*names)
    return f" {double_cjk(forms)}" if forms else ""


def _forms(name: str) -> Iterator[str]:
    for word in words(name):
        yield from _word_forms(word)
    yield from _compounds(name)


def _compounds(name: str) -> Iterator[str]:
    """Words tied by a dash or dot also as one (coca-cola → cocacola); CJK words are not parted in the first place."""
    for chunk in name.split():
        parts = words(chunk)
        if len(parts) > 1 and not _CJK.search(chunk):
            yield fold("".join(parts))


@lru_cache(maxsize=16384)
def _word_forms(word: str) -> tuple[str, ...]:
    runs: list[str] = _RUNS.findall(word)
    latin = _spell_out(_latin(run) for run in runs)
    cyrillic = _spell_out(_cyrillic(run) for run in runs)
    syllables = (part for run in runs if _HAN.match(run) for part in _syllables(run))
    folded = fold(word)
    return tuple(dict.fromkeys(filter(None, (folded, *latin, *cyrillic, *_CJK.findall(folded), *syllables))))


def _spell_out(runs: Iterable[Iterable[str]]) -> Iterator[str]:
    return ("".join(parts) for parts in islice(product(*runs), MAX_SPELLINGS))


def _latin(run: str) -> Iterable[str]:
    if _HAN.match(run):
        return [spelling for reading in chinese.readings(run) for spelling in chinese.latin_words(reading)] or [run]
    return scripts.latin_spellings(run) if _CYRILLIC.match(run) else [fold(run)]


def _cyrillic(run: str) -> Iterable[str]:
    if _HAN.match(run):
        return [fold(chinese.cyrillic_word(reading)) for reading in chinese.readings(run)] or [run]
    return [fold(run)] if _CYRILLIC.match(run) else scripts.cyrillic_spellings(fold(run))


def _syllables(run: str) -> Iterator[str]:
    for part in dict.fromkeys(part for reading in chinese.readings(run) for part in reading):
        yield from _syllable_forms(part)


@cache
def _syllable_forms(syllable: str) -> tuple[str, ...]:
    return (*chinese.latin_words((syllable,)), fold(palladius.syllable(syllable)))
