"""A Cyrillic word in Latin letters and a Latin word in Cyrillic ones, each in the few spellings that people type."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from operator import itemgetter

import cyrtranslit

from temp_portal.core.search import palladius
from temp_portal.core.search.folding import fold
from temp_portal.core.search.tables import pairs

_VOWELS = "аеёиоуыэюяәіөүұ"
_NATIONAL_LETTERS = frozenset("әғқңөұүһіҳҷӣӯў")

# Letters beyond the Russian alphabet, as English texts write them.
_ANGLICISED = dict(zip("әғқңөұүһіҳҷӣӯўїєґ", "agknouuhihjiuuieg", strict=True))
_POPULAR = {
    **dict(zip("абвгдеёзийклмнопрстуфыэ", "abvgdeeziyklmnoprstufye", strict=True)),
    **pairs("ж zh  х kh  ц ts  ч ch  ш sh  щ shch  ю yu  я ya"),
    **dict.fromkeys("ъь", ""),
    **_ANGLICISED,
}
# Passports (ICAO Doc 9303).
_PASSPORT = _POPULAR | {"й": "i", "ю": "iu", "я": "ia", "ъ": "ie"}
# Kazakh, Kyrgyz, Tajik and Uzbek by their own rules of romanisation, then by the Latin alphabets in use or planned.
_ROMANISED = _POPULAR | {"ғ": "gh", "қ": "q", "ң": "ng", "ў": "o"}
_LATIN_ALPHABET = _ROMANISED | {"ғ": "g", "ж": "j", "х": "x", "ң": "n"}

_IOTATED_E = re.compile(f"(?:^|(?<=[{_VOWELS}ъь]))е")
_ADJECTIVE_ENDING = re.compile("[иы]й$")


@lru_cache(maxsize=65536)
def latin_spellings(word: str) -> tuple[str, ...]:
    """Folded Latin spellings of a lower-case Cyrillic word, the commonest first: uralkhim, uralhim; qazaqstan."""
    return tuple(dict.fromkeys(fold(spelling) for spelling in _romanise(word)))


def _romanise(word: str) -> Iterator[str]:
    yield _by_table(word, _POPULAR)
    yield _by_table(_IOTATED_E.sub("йе", word), _POPULAR)
    yield _by_table(_ADJECTIVE_ENDING.sub("ы", word), _POPULAR)
    yield _by_table(word, _PASSPORT)
    yield _by_table(word.replace("ж", "j"), _POPULAR)
    # GOST 7.79 system B; it knows Russian letters only.
    yield cyrtranslit.to_latin(_by_table(word, _ANGLICISED), "ru").replace("'", "")
    if _NATIONAL_LETTERS.intersection(word):
        yield _by_table(word, _ROMANISED)
        yield _by_table(word, _LATIN_ALPHABET)


def _by_table(word: str, table: Mapping[str, str]) -> str:
    return "".join(table.get(letter, letter) for letter in word)


_BY_SOUND = {
    **dict(zip("abdefghijklmnopqrstuvwz", "абдефгхижклмнопкрстуввз", strict=True)),
    **pairs(
        "c к  j дж  x кс  shch щ  sch ш  sh ш  tch ч  ch ч  zh ж  kh х  ts ц  tz ц  ph ф  th т  ck к  ce се  ci си"
    ),
    **pairs("ee и  oo у  ya я  ye е  yo е  yu ю"),
}
_SOUND = re.compile("|".join(sorted(_BY_SOUND, key=len, reverse=True)))
_VOWELLED_SYLLABLES = {syllable for syllable in palladius.SYLLABLES if re.search("[aeiouv]", syllable)}
_LONGEST_SYLLABLE = max(map(len, _VOWELLED_SYLLABLES))
_LONGEST_WORD = 40
_PINYIN_VOWELS = frozenset("aeo")


@lru_cache(maxsize=65536)
def cyrillic_spellings(word: str) -> tuple[str, ...]:
    """Folded Cyrillic spellings of a folded Latin word: by sound, and by Palladius where it reads as pinyin."""
    by_sound = _SOUND.sub(lambda match: _BY_SOUND[match[0]], word)
    # A y after a consonant may stand for either vowel: Almaty, energy.
    spellings = [by_sound.replace("y", "и"), re.sub(f"(?<![{_VOWELS}])y", "ы", by_sound).replace("y", "и")]
    if reading := pinyin_syllables(word):
        spellings.append(palladius.joined([palladius.syllable(part) for part in reading]))
    return tuple(dict.fromkeys(fold(spelling) for spelling in spellings))


def pinyin_syllables(word: str) -> list[str]:
    """The word cut into pinyin syllables; empty when it cannot be read so.

    Inside a word a syllable that begins with a vowel takes an apostrophe, so a cut before a vowel is the last resort
    (nangang is nan-gang); among equals the longer first syllable wins (xian).
    """
    if len(word) > _LONGEST_WORD:
        return []
    tails: dict[int, tuple[int, list[str]]] = {len(word): (0, [])}
    for start in reversed(range(len(word))):
        cuts = list(_cuts(word, start, tails))
        if cuts:
            tails[start] = min(cuts, key=itemgetter(0))
    return tails.get(0, (0, []))[1]


def _cuts(word: str, start: int, tails: Mapping[int, tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    for end in range(min(start + _LONGEST_SYLLABLE, len(word)), start, -1):
        if end in tails and word[start:end] in _VOWELLED_SYLLABLES:
            vowel_cuts, rest = tails[end]
            yield vowel_cuts + (word[end : end + 1] in _PINYIN_VOWELS), [word[start:end], *rest]
