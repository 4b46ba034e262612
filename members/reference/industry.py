"""Industry classifications down to the division: GB/T 4754-2017 and ISIC Rev.4 (domain brief §5).

A code means something only within its scheme and version; codes are strings, "01" is not 1.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from django.utils.functional import Promise

from temp_portal.core.titles import Titles

_FOLDER = Path(__file__).parent / "data"
_FILES = ("gbt4754_2017.json", "isic_4.json")
_CODE = re.compile(r"([A-Z]?)(\d{2,4})|[A-Z]")


@dataclass(frozen=True, slots=True)
class IndustryCode:
    """A section ("C") or division ("32") with its title; `parent` is the section of a division, "" for a section."""

    scheme: str
    version: str
    code: str
    title: Titles
    parent: str

    @property
    def is_section(self) -> bool:
        return not self.parent

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


@dataclass(frozen=True)
class Classification:
    """One version of a classification. Groups and classes (3 and 4 digits) are accepted but have no titles here."""

    scheme: str
    version: str
    entries: tuple[IndustryCode, ...]

    @cached_property
    def _by_code(self) -> dict[str, IndustryCode]:
        return {entry.code: entry for entry in self.entries}

    @property
    def sections(self) -> tuple[IndustryCode, ...]:
        return tuple(entry for entry in self.entries if entry.is_section)

    def divisions(self, section: str = "") -> tuple[IndustryCode, ...]:
        """Divisions in order, of one section or of all."""
        return tuple(entry for entry in self.entries if entry.parent and section in {"", entry.parent})

    def find(self, code: str) -> IndustryCode | None:
        """The section or division with exactly this code."""
        return self._by_code.get(code)

    def normalise(self, code: str) -> str | None:
        """The code as stored: capitals, no spaces, without the section's letter before digits ("c 3216" → "3216").

        None when it is not a code of this classification: no such division, or under another section's letter.
        """
        match = _CODE.fullmatch("".join(code.split()).upper())
        if not match:
            return None
        letter, digits = match.group(1), match.group(2)
        if not digits:
            return match[0] if match[0] in self._by_code else None
        division = self.find(digits[:2])
        return digits if division and letter in {"", division.parent} else None

    def is_valid(self, code: str) -> bool:
        """Whether the code, already in its stored form, belongs to this classification."""
        return self.normalise(code) == code

    def division_of(self, code: str) -> IndustryCode | None:
        """The division of a division, group or class; None for sections and unknown codes."""
        normal = self.normalise(code)
        return self.find(normal[:2]) if normal and normal.isdigit() else None

    def section_of(self, code: str) -> IndustryCode | None:
        """The section that a code of any level belongs to; None when the code is unknown."""
        normal = self.normalise(code)
        if normal is None:
            return None
        nearest = self._by_code[normal[:2]]
        return self.find(nearest.parent) if nearest.parent else nearest

    def choices(self) -> list[tuple[str | Promise, list[tuple[str, str | Promise]]]]:
        """Divisions grouped by section for a select box, titles in the language of whoever looks."""
        return [(_lazy_label(section), self._division_choices(section.code)) for section in self.sections]

    def _division_choices(self, section: str) -> list[tuple[str, str | Promise]]:
        return [(division.code, _lazy_label(division)) for division in self.divisions(section)]


def _lazy_label(entry: IndustryCode) -> str | Promise:
    return Titles(*(f"{entry.code} {title}" for title in entry.title.all())).lazy()


@cache
def classifications() -> dict[tuple[str, str], Classification]:
    """The classifications known here by (scheme, version): ("GB/T 4754", "2017") and ("ISIC", "4")."""
    loaded = [_read(name) for name in _FILES]
    return {(one.scheme, one.version): one for one in loaded}


def classification(scheme: str, version: str) -> Classification:
    """Raises KeyError for a classification that is not known here."""
    return classifications()[scheme, version]


def find_code(scheme: str, version: str, code: str) -> IndustryCode | None:
    """The nearest titled entry for a stored code: the section or division itself, or the division of a group or class.

    None for an unknown scheme, version or code, so that stored rows of other editions can still be shown bare.
    """
    found = classifications().get((scheme, version))
    if found is None:
        return None
    return found.find(code) or found.division_of(code)


def _read(name: str) -> Classification:
    content = json.loads((_FOLDER / name).read_text(encoding="utf-8"))
    scheme, version = content["scheme"], content["version"]
    return Classification(scheme, version, tuple(_entries(scheme, version, content["codes"])))


def _entries(scheme: str, version: str, rows: list[dict[str, str]]) -> Iterator[IndustryCode]:
    """Divisions follow their section in the file."""
    section = ""
    for row in rows:
        code = row["code"]
        titles = Titles(row["en"], row["zh_hans"], row["ru"])
        if code.isalpha():
            section = code
        yield IndustryCode(scheme, version, code, titles, parent="" if code.isalpha() else section)
