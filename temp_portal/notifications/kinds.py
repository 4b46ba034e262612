"""What the portal tells people about. Every app names its kinds in its `notices.py`, which is found at start-up.

register(Kind(
    "application_approved",
    label=_("Application approved"),
    subject=_("%(committee)s has approved your application"),
    body=_("%(organisation)s is a member of %(committee)s from %(effective_on)s."),
    context=lambda application: {"committee": translations(application.committee, "name"), …},
))
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import get_language, override

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Context = dict[str, Any]


def _no_context(_subject: Any) -> Context:
    return {}


def _own_page(subject: Any) -> str:
    return str(subject.get_absolute_url()) if hasattr(subject, "get_absolute_url") else ""


@dataclass(frozen=True)
class Kind:
    """One kind of notice. Texts are lazy translations with `%(name)s` placeholders, filled from the context.

    `context` is called once, when the notice is written: what the notice says is what was true then. A value is a
    text, a number, or the three languages of one text (`translations`). `details` are (label, context key) pairs shown
    under the body where the value is not empty. `link` gives the path of the page that the notice opens. A kind that is
    not `switchable` is always sent by mail as well.
    """

    name: str
    label: "StrOrPromise"
    subject: "StrOrPromise"
    body: "StrOrPromise"
    details: "tuple[tuple[StrOrPromise, str], ...]" = ()
    context: Callable[[Any], Context] = _no_context
    link: Callable[[Any], str] = _own_page
    switchable: bool = True


_kinds: Final[dict[str, Kind]] = {}


def register(*kinds: Kind) -> None:
    """Make kinds known. Raises ImproperlyConfigured when two apps use one name."""
    for kind in kinds:
        if kind.name in _kinds:
            raise ImproperlyConfigured(f"The kind of notice “{kind.name}” is registered twice.")
        _kinds[kind.name] = kind


def get(name: str) -> Kind:
    """The kind of that name. Raises ImproperlyConfigured when no app has registered it."""
    try:
        return _kinds[name]
    except KeyError:
        raise ImproperlyConfigured(f"No app's notices.py registers the kind of notice “{name}”.") from None


def known(name: str) -> Kind:
    """The kind of that name; for an old notice whose kind is gone, one that says only its name."""
    return _kinds.get(name) or Kind(name, label=name, subject=name, body="")


def every() -> Iterable[Kind]:
    """All kinds, in the order of registration."""
    return tuple(_kinds.values())


def translations(instance: Any, field: str) -> dict[str, str]:
    """A translated field in all its languages, for a context: `{"en": "…", "zh-hans": "…"}`, empty ones left out."""
    texts = {code: getattr(instance, f"{field}_{code.replace('-', '_')}") for code, _name in settings.LANGUAGES}
    return {code: text for code, text in texts.items() if text}


def every_language(text: "StrOrPromise") -> dict[str, str]:
    """A lazily translated text in all languages, for a context."""
    found = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            found[code] = str(text)
    return found


def in_language(value: object) -> object:
    """A context value as the active language shows it, falling back as translated content does everywhere."""
    if not isinstance(value, Mapping):
        return value
    active = get_language() or settings.LANGUAGE_CODE
    fallbacks = settings.MODELTRANSLATION_FALLBACK_LANGUAGES
    order = (active, *fallbacks.get(active, ()), *fallbacks["default"])
    return next((value[code] for code in (*order, *value) if code in value), "")
