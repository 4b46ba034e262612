"""The name a file comes with: kept for people, never believed."""

import re
import unicodedata
from typing import Final

from temp_portal.documents.checks.formats import SUFFIXES, Format
from temp_portal.documents.checks.refusals import Refused

LONGEST: Final = 150
#: Endings which some system would run or show as a page, were the last ending hidden.
_PROGRAM: Final = re.compile(
    r"\.(?:apk|app|bat|cmd|cpl|dll|dmg|exe|gadget|hta|html?|iso|jar|jse?|lnk|mht|mhtml|ms[cip]|php|phtml|pif|ps1|psm1|py"
    r"|reg|scr|sh|shtml|svg|swf|vb[es]?|ws[fh]|xhtml|xml|do[ct]m|xl[st]m|xlsb|p[op]tm|ppsm|ppam|xlam)"
)
_ENDING: Final = re.compile(r"\.[A-Za-z0-9]{1,8}$")
#: Characters that file systems or mail programs take for something else.
_AWKWARD: Final = re.compile(r'[<>:"|?*]')


def clean_name(name: str, found: Format) -> str:
    """The name with the ending of what was found. Raises Refused for one that misleads."""
    plain = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1].strip()
    if any(unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") for character in plain):
        raise Refused("name")
    stem = _stem(plain)
    # Windows drops dots and blanks at the end of a name.
    stem = _AWKWARD.sub("_", stem).strip(". ")[:LONGEST] or found.label
    return f"{stem}{found.suffix}"


def _stem(plain: str) -> str:
    """The name without its ending. Every ending in a row is looked at, so `invoice.exe.pdf` is seen for what it is."""
    rest, endings = plain.rstrip(". "), []
    while ending := _ENDING.search(rest):
        endings.append(ending[0].lower())
        rest = rest[: ending.start()].rstrip(". ")
    if any(map(_PROGRAM.fullmatch, endings)):
        raise Refused("program_name")
    last = endings[0] if endings else ""
    return plain.rstrip(". ")[: -len(last)] if last in SUFFIXES else plain
