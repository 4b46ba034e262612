"""Bringing a number as typed, pasted or read from a sheet into the one form in which it is stored and compared."""

import re
import unicodedata

# Capitals that look alike; a Cyrillic keyboard layout leaves them in codes made of Latin letters.
_LATIN_LOOK_ALIKES = str.maketrans("АВЕКМНОРСТУХІЅЈ", "ABEKMHOPCTYXISJ")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_PUNCTUATION = re.compile(r"[\W_]+")
_SPACES = re.compile(r"\s+")
_SPREADSHEET_FRACTION = re.compile(r"(?<=\d)\.0+$")
_LABEL_END = r"(?:[\s:.#-]|NO\b|№)*"


def plain(value: str) -> str:
    """Capitals, half-width, digits of any script as 0–9, without invisible characters and outer space."""
    visible = _INVISIBLE.sub("", unicodedata.normalize("NFKC", value)).strip().upper()
    if visible.isascii():
        return visible
    return "".join(str(unicodedata.decimal(one)) if one.isdecimal() else one for one in visible)


def without_label(value: str, labels: tuple[str, ...]) -> str:
    """Drop the number's own name in front of it, as copied from a letterhead ("ИНН 7707083893")."""
    if not labels:
        return value
    return re.sub(f"^(?:{'|'.join(map(re.escape, labels))}){_LABEL_END}", "", value)


def bare_digits(value: str) -> str:
    """Without spaces and punctuation; a whole number that a spreadsheet wrote with ".0" loses the fraction first."""
    return _PUNCTUATION.sub("", _SPREADSHEET_FRACTION.sub("", value))


def bare_code(value: str) -> str:
    """Without spaces and punctuation, look-alike Cyrillic letters made Latin."""
    return _PUNCTUATION.sub("", value).translate(_LATIN_LOOK_ALIKES)


def unspaced(value: str) -> str:
    """Without spaces only: what dashes and slashes mean in a foreign register is not known."""
    return _SPACES.sub("", value)
