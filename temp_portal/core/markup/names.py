"""Names in three languages: the reader's first, the original under it, a stand-in visibly marked."""

from collections.abc import Callable, Sequence
from html import escape
from typing import Any, Final, NamedTuple

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

#: Portal languages in order of fallback: (language code, suffix of translated fields, value of `lang`, short label).
LANGUAGES: Final = (
    ("en", "en", "en", "EN"),
    ("zh-hans", "zh_hans", "zh-Hans", "中文"),
    ("ru", "ru", "ru", "РУС"),
)
#: Endings of a translated field's columns.
SUFFIXES: Final = tuple(suffix for _code, suffix, _lang, _label in LANGUAGES)
_BY_CODE: Final = {code: (suffix, lang, label) for code, suffix, lang, label in LANGUAGES}


class Name(NamedTuple):
    """A name and the language code it is written in (empty: unknown)."""

    language: str
    text: str


def two_lines(shown: object, native: object = "", *, lang: str = "", native_lang: str = "") -> SafeString:
    """A name in the reader's language with the native name under it.

    lang, native_lang: values for the `lang` attributes ("ru", "zh-Hans"); they choose glyphs and a reader's voice.
    """
    first = format_html('<span lang="{}">{}</span>', lang, shown) if lang else format_html("{}", shown)
    if not native or native == shown:
        return first
    attribute = format_html(' lang="{}"', native_lang) if native_lang else ""
    return format_html('{}<span class="native"{}>{}</span>', first, attribute, native)


def name_tag(thing: Any, field: str = "name", *, native: str = "", url: str = "", lines: int = 2) -> SafeString:
    """The translated name of `thing` (fields `name_en`, `name_zh_hans`, `name_ru`) in one or two `lines`.

    native: field of the original name, whose language stands in `<native>_language` ("legal_name"); without one the
    second line is the name in the first other language that has it, Chinese first.
    A name missing in the reader's language is shown in another one, with that language's mark beside it. A thing that
    has a `remaining` is shown by the name of that: it was merged.
    """
    thing = getattr(thing, "remaining", thing)
    texts = {
        code: text for code, suffix, _lang, _label in LANGUAGES if (text := getattr(thing, f"{field}_{suffix}", ""))
    }
    original = _original(thing, native, texts)
    current = get_language() or "en"
    shown = Name(current, texts[current]) if current in texts else _stand_in(texts, original, thing)
    first = _first_line(shown, current, url)
    if lines == 1 or original is None or original.text == shown.text:
        return first
    return format_html(
        '{}<span class="native" lang="{}">{}</span>', first, lang_attribute(original.language), original.text
    )


class _Named(NamedTuple):
    """What `name_tag` reads of a thing, told by its values."""

    name_en: str
    name_zh_hans: str
    name_ru: str
    native: str
    native_language: str

    def __str__(self) -> str:
        return self.native


def name_of_texts() -> Callable[[Sequence[str], str, str, str], SafeString]:
    """What makes `name_tag` of the three forms, the original and its language, and an escaped address, for this reader.

    For lists: it takes a tenth of the time.
    """
    current = get_language() or "en"
    own = next((place for place, (code, *_rest) in enumerate(LANGUAGES) if code == current), 0)
    others = [(place, LANGUAGES[place][2]) for place in (1, 2, 0) if place != own]

    def tag(texts: Sequence[str], native: str, native_language: str, url: str) -> SafeString:
        shown = texts[own]
        if not shown:
            named = _Named(texts[0], texts[1], texts[2], native, native_language)
            return name_tag(named, native="native" if native else "", url=SafeString(url))
        first = f'<a href="{url}">{escape(shown)}</a>' if url else escape(shown)
        original, lang = native, lang_attribute(native_language)
        if not native:
            original, lang = next(((texts[place], lang) for place, lang in others if texts[place]), ("", ""))
        if not original or original == shown:
            return SafeString(first)
        return SafeString(f'{first}<span class="native" lang="{escape(lang)}">{escape(original)}</span>')

    return tag


def native_name(thing: Any, field: str = "name", *, native: str = "") -> SafeString:
    """The second line of `name_tag` alone; empty where it would repeat the first."""
    thing = getattr(thing, "remaining", thing)
    texts = {
        code: text for code, suffix, _lang, _label in LANGUAGES if (text := getattr(thing, f"{field}_{suffix}", ""))
    }
    original = _original(thing, native, texts)
    if original is None or (get_language() or "en") not in texts:
        return SafeString("")
    return format_html('<span class="native" lang="{}">{}</span>', lang_attribute(original.language), original.text)


def lang_attribute(language: str) -> str:
    """Value of `lang` for a language code of the portal; other codes stand for themselves."""
    return _BY_CODE[language][1] if language in _BY_CODE else language


def _original(thing: Any, native: str, texts: dict[str, str]) -> Name | None:
    """The name for the second line."""
    text = getattr(thing, native, "") if native else ""
    if text:
        return Name(getattr(thing, f"{native}_language", ""), text)
    current = get_language() or "en"
    return next(
        (Name(code, texts[code]) for code in ("zh-hans", "ru", "en") if code in texts and code != current), None
    )


def _stand_in(texts: dict[str, str], original: Name | None, thing: Any) -> Name:
    """What is shown when the reader's language has no name."""
    if original is not None:
        return original
    code = next(iter(texts), "")
    return Name(code, texts[code] if code else str(thing))


def _first_line(name: Name, current: str, url: str) -> SafeString:
    """Plain in the reader's language, else with `lang` and the mark of a missing translation."""
    if name.language in (current, ""):
        return _linked(format_html("{}", name.text), url)
    label = _BY_CODE[name.language][2] if name.language in _BY_CODE else name.language.upper()
    return format_html(
        '{} <span class="untranslated" title="{}"><span aria-hidden="true">{}</span>'
        '<span class="visually-hidden">{}</span></span>',
        _linked(format_html('<span lang="{}">{}</span>', lang_attribute(name.language), name.text), url),
        _("Not translated yet"),
        label,
        _("Not translated yet"),
    )


def _linked(text: SafeString, url: str) -> SafeString:
    return format_html('<a href="{}">{}</a>', url, text) if url else text
