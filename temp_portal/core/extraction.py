"""Keeps the message catalogues complete without system tools: finds the strings in code and templates, files them in
`locale/*/LC_MESSAGES/django.po`, and tells what is missing, fuzzy, left over or broken.

Babel reads Python; Django turns templates into something that reads like Python.
"""

import io
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import polib
from django.conf import settings
from django.utils.translation import to_locale
from django.utils.translation.template import templatize

KEYWORDS: Final = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLURALS: Final = {
    "en": "nplurals=2; plural=(n != 1);",
    "zh-hans": "nplurals=1; plural=0;",
    "ru": ("nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"),
}
SOURCE_LANGUAGE: Final = "en"
SOURCES: Final = ("temp_portal", "members", "committees", "projects", "templates")
PLACEHOLDER: Final = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}|%[sd]")


class Message(NamedTuple):
    """What identifies an entry: context, singular, plural (empty where there is none)."""

    context: str
    text: str
    plural: str


def find_messages(root: Path = settings.BASE_DIR) -> dict[Message, list[tuple[str, int]]]:
    """Every translatable string of the sources with the places (file, line) where it stands."""
    found: dict[Message, list[tuple[str, int]]] = defaultdict(list)
    for path in _files(root):
        place = path.relative_to(root).as_posix()
        for line, message in _read(path):
            found[message].append((place, line))
    return dict(found)


def catalogue_path(language: str) -> Path:
    """Where a language's catalogue lies."""
    return Path(settings.LOCALE_PATHS[0]) / to_locale(language) / "LC_MESSAGES" / "django.po"


def update_catalogue(language: str) -> polib.POFile:
    """Add new strings and drop those that no source holds; translations of the others stay. Writes the file."""
    found = find_messages()
    old = {_key(entry): entry for entry in _load(language) if not entry.obsolete}
    catalogue = polib.POFile(wrapwidth=110)
    catalogue.metadata = {
        "Language": to_locale(language),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[language],
    }
    for message in sorted(found, key=lambda m: (m.text.casefold(), m.text, m.context, m.plural)):
        entry = old.get(message) or _new_entry(language, message)
        # Lines are left out: they change with every edit and tell a translator nothing.
        entry.occurrences = sorted({(place, "") for place, _line in found[message]})
        catalogue.append(entry)
    path = catalogue_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(path))
    return catalogue


def problems(language: str) -> list[str]:
    """What is wrong with a language's catalogue, one sentence each; empty when it is complete."""
    found = find_messages()
    entries = {_key(entry): entry for entry in _load(language) if not entry.obsolete}
    missing = [f"not in the catalogue: {m.text!r} ({found[m][0][0]})" for m in found if m not in entries]
    left_over = [f"in no source any more: {m.text!r}" for m in entries if m not in found]
    return [*missing, *left_over, *(p for entry in entries.values() for p in _entry_problems(language, entry))]


def _files(root: Path) -> Iterator[Path]:
    for source in SOURCES:
        for path in sorted((root / source).rglob("*")):
            if path.suffix in {".py", ".html", ".txt"} and "migrations" not in path.parts:
                yield path


def _read(path: Path) -> Iterator[tuple[int, Message]]:
    from babel.messages.extract import extract

    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # Indentation means nothing in a template, but Babel's reader of Python would stumble over it.
        text = "\n".join(line.lstrip() for line in templatize(text, origin=str(path)).splitlines())
    source = io.BytesIO(text.encode("utf-8"))
    for line, words, _comments, context in extract("python", source, keywords=KEYWORDS, options={"encoding": "utf-8"}):
        singular, plural = words if isinstance(words, tuple) else (words, "")
        if singular:
            yield line, Message(context or "", singular, plural)


def _load(language: str) -> polib.POFile:
    path = catalogue_path(language)
    return polib.pofile(str(path), wrapwidth=110) if path.exists() else polib.POFile()


def _key(entry: polib.POEntry) -> Message:
    return Message(entry.msgctxt or "", entry.msgid, entry.msgid_plural)


def _new_entry(language: str, message: Message) -> polib.POEntry:
    entry = polib.POEntry(msgctxt=message.context or None, msgid=message.text, msgid_plural=message.plural)
    if PLACEHOLDER.search(message.text) and "%" in message.text:
        entry.flags = ["python-format"]
    if language == SOURCE_LANGUAGE and message.plural:
        entry.msgstr_plural = {0: message.text, 1: message.plural}
    elif language == SOURCE_LANGUAGE:
        entry.msgstr = message.text
    elif message.plural:
        entry.msgstr_plural = dict.fromkeys(range(_plural_count(language)), "")
    return entry


def _plural_count(language: str) -> int:
    return int(PLURALS[language].split("nplurals=")[1][0])


def _entry_problems(language: str, entry: polib.POEntry) -> Iterator[str]:
    forms = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    if entry.fuzzy:
        yield f"fuzzy: {entry.msgid!r}"
    if not all(forms):
        yield f"not translated: {entry.msgid!r}"
        return
    if entry.msgid_plural and len(forms) != _plural_count(language):
        yield f"wrong number of plural forms: {entry.msgid!r}"
    allowed = _placeholders(entry.msgid) | _placeholders(entry.msgid_plural)
    for form in forms:
        if not _placeholders(form) <= allowed or (not entry.msgid_plural and _placeholders(form) != allowed):
            yield f"placeholders differ: {entry.msgid!r} → {form!r}"


def _placeholders(text: str) -> set[str]:
    return {match.group() for match in PLACEHOLDER.finditer(text or "")}
