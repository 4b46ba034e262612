"""Reducing text to what decides whether two spellings are the same: case, width, diacritics, look-alike letters.

The stored key and the query go through the same functions, so a fold may be coarse: it costs precision, never a hit.
"""

import re
import unicodedata
from functools import lru_cache

HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
KANA_AND_HANGUL = "\u3040-\u30ff\u31f0-\u31ff\uac00-\ud7af"
CJK = HAN + KANA_AND_HANGUL

_CJK_CHARACTER = re.compile(f"[{CJK}]")
_GAP_INSIDE_CJK = re.compile(f"(?<=[{CJK}]) +(?=[{CJK}])")
# Accents of Latin and Cyrillic letters, Arabic vowel signs. Vowel signs of Indic scripts carry meaning and stay.
_DISPENSABLE_MARKS = re.compile("[\u0300-\u036f\u064b-\u065f\u0670]")

# Written or left out at will: apostrophes (Xi'an, Oʻzbekiston), joiners, the Arabic stretch, direction marks.
_IGNORED = "'’‘ʼʻˈ`´′\u00ad\u0640\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_IGNORED_CHARACTERS = re.compile(f"[{_IGNORED}]")

_SAME_LETTER = str.maketrans(
    {
        # Letters that a Russian keyboard lacks, as people type them on it.
        **dict(zip("әғқңөұүіҳҷһ", "агкноууихчх", strict=True)),
        **dict(zip("ҡҙҫґєӘҝҗҥ", "кзсгеакжн", strict=True)),
        # Э and е, й and и are confused in transliterated names; the signs are dropped by hurried typists.
        "э": "е",
        "ъ": "",
        "ь": "",
        # Latin letters without a decomposition.
        **dict(zip("øđðłıəŋħ", "oddlienh", strict=True)),
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        # One letter, two code points: Arabic and Persian.
        **dict(zip("يىكة", "ییکه", strict=True)),
    }
)


class _SeparatorsToSpaces(dict[int, str]):
    """A translation table that learns each character once: letters, digits and marks stay, all else parts words."""

    def __missing__(self, codepoint: int) -> str:
        character = chr(codepoint)
        kept = unicodedata.category(character)[0] in "LNM"
        self[codepoint] = character if kept else " "
        return self[codepoint]


class _CjkTwice(dict[int, str]):
    """Likewise for doubling."""

    def __missing__(self, codepoint: int) -> str:
        character = chr(codepoint)
        self[codepoint] = 2 * character if _CJK_CHARACTER.match(character) else character
        return self[codepoint]


_SEPARATORS = _SeparatorsToSpaces()
_TWICE = _CjkTwice()


def words(text: str) -> list[str]:
    """The words of a name, lower-cased, letters unchanged: brackets, dots and dashes part them.

    Between two CJK characters a bracket, dot or space parts nothing: 华诺俄翔(北京)贸易 is one word however typed.
    """
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    spaced = _IGNORED_CHARACTERS.sub("", plain).translate(_SEPARATORS)
    return _GAP_INSIDE_CJK.sub("", spaced).split()


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """A word from `words` without diacritics and with look-alike letters made equal (ё = е, қ = к, ł = l, ي = ی)."""
    bare = _DISPENSABLE_MARKS.sub("", unicodedata.normalize("NFD", word))
    return unicodedata.normalize("NFC", bare).translate(_SAME_LETTER)


def double_cjk(text: str) -> str:
    """Every CJK character written twice, so that a two-character word makes trigrams (design §8)."""
    return text.translate(_TWICE)
