"""Chinese syllables in Cyrillic by the Palladius system, the standard of Russian-language texts.

The inventory of syllables is listed; their spelling follows from initial and final, with the system's few exceptions.
"""

from collections.abc import Sequence

from temp_portal.core.search.tables import pairs

_INITIALS = pairs("""
    b б  p п  m м  f ф  d д  t т  n н  l л  g г  k к  h х  j цз  q ц  x с  zh чж  ch ч  sh ш  r ж  z цз  c ц  s с
""")

_FINALS = pairs("""
    a а  ai ай  an ань  ang ан  ao ао  e э  ei эй  en энь  eng эн
    i и  ia я  ian янь  iang ян  iao яо  ie е  in инь  ing ин  iong юн  iu ю
    o о  ong ун  ou оу  u у  ua уа  uai уай  uan уань  uang уан  ui уй  un унь  uo о
    v юй  van юань  ve юэ  vn юнь
""")

# Which finals each initial takes in Mandarin, rare readings included; ü is written v, and u after j q x.
_INVENTORY = {
    "b": "a ai an ang ao ei en eng i ian iang iao ie in ing o ong u",
    "p": "a ai an ang ao ei en eng i ian iao ie in ing o ou u",
    "m": "a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u",
    "f": "a an ang ei en eng iao o ou u",
    "d": "a ai an ang ao e ei en eng i ia ian iao ie in ing iu ong ou u uan ui un uo",
    "t": "a ai an ang ao e ei eng i ian iao ie ing ong ou u uan ui un uo",
    "n": "a ai an ang ao e ei en eng i ia ian iang iao ie in ing iu ong ou u uan un uo v ve",
    "l": "a ai an ang ao e ei en eng i ia ian iang iao ie in ing iu o ong ou u uan un uo v van ve vn",
    "g": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "k": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "h": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "j": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "q": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "x": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "zh": "a ai an ang ao e ei en eng i ong ou u ua uai uan uang ui un uo",
    "ch": "a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo",
    "sh": "a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo",
    "r": "an ang ao e en eng i ong ou u ua uan ui un uo",
    "z": "a ai an ang ao e ei en eng i ong ou u uan ui un uo",
    "c": "a ai an ang ao e ei en eng i ong ou u uan ui un uo",
    "s": "a ai an ang ao e en eng i ong ou u uan ui un uo",
}

# Syllables without an initial, those that the rules get wrong, and the nasal interjections.
_WHOLE = pairs("""
    a а  ai ай  an ань  ang ан  ao ао  e э  ei эй  en энь  eng эн  o о  ou оу  ê э  er эр  hui хуэй
    ya я  yai яй  yan янь  yang ян  yao яо  ye е  yi и  yin инь  ying ин  yo йо  yong юн  you ю
    yu юй  yuan юань  yue юэ  yun юнь  wa ва  wai вай  wan вань  wang ван  wei вэй  wen вэнь
    weng вэн  wo во  wong вун  wu у  m м  n нь  ng н  hm хм  hng хн
""")

_VOWELS = frozenset("аеийоуэюя")


def _spell(initial: str, final: str) -> str:
    if initial in {"j", "q", "x"} and final.startswith("u"):
        final = "v" + final[1:]
    if initial in {"z", "c", "s"} and final == "i":
        return _INITIALS[initial] + "ы"
    return _INITIALS[initial] + _FINALS[final]


SYLLABLES: dict[str, str] = {
    **{initial + final: _spell(initial, final) for initial, finals in _INVENTORY.items() for final in finals.split()},
    **_WHOLE,
}
"""Pinyin syllable without tone (ü written v) → Cyrillic."""


def syllable(pinyin: str) -> str:
    """One toneless pinyin syllable in Cyrillic; ü may be written ü or v, a final r marks erhua (huar → хуар).

    Raises KeyError for what is not a Mandarin syllable.
    """
    spelled = pinyin.replace("ü", "v")
    if spelled in SYLLABLES:
        return SYLLABLES[spelled]
    if spelled.endswith("r") and len(spelled) > 1:
        return SYLLABLES[spelled[:-1]] + "р"
    raise KeyError(pinyin)


def joined(syllables: Sequence[str]) -> str:
    """Cyrillic syllables as one word: a hard sign keeps a final н apart from a vowel that follows (чан + ань)."""
    word = ""
    for part in syllables:
        separator = "ъ" if word.endswith("н") and part[:1] in _VOWELS else ""
        word += separator + part
    return word
