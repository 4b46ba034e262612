"""A number while it is being typed: how far it is, what is wrong with it already, or that it is right."""

from dataclasses import dataclass
from enum import Enum

from django.utils.text import get_text_list
from django.utils.translation import gettext, ngettext

from members.identifiers import text
from members.identifiers.persons import of_a_person
from members.identifiers.reasons import Objection, Text
from members.identifiers.registry import get_scheme, schemes_for
from members.identifiers.scheme import CheckResult, Scheme
from members.identifiers.worldwide import LEI


class Progress(Enum):
    EMPTY = "empty"
    UNFINISHED = "unfinished"
    WRONG = "wrong"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Reading:
    """`scheme` is the kind that the number is, as far as that can be told; `normalised` how it would be stored."""

    progress: Progress
    says: Text = ""
    warnings: tuple[Text, ...] = ()
    scheme: Scheme | None = None
    normalised: str = ""


def read(country: str, scheme: str, value: str) -> Reading:
    """Judge what stands in the field so far. country: ISO alpha-2; scheme: code, or empty for any of the country's.

    A number is only called wrong when going on typing could not make it right. Raises KeyError for an unknown scheme.
    """
    if not text.plain(value):
        return Reading(Progress.EMPTY)
    possible = (get_scheme(scheme),) if scheme else _likely(country, value)
    results = [(each, each.check(value)) for each in possible]
    personal = of_a_person(country, value)
    if not personal:
        for verdict in (True, None):
            for each, result in results:
                if result.format_ok is verdict and result.shape_ok:
                    return Reading(Progress.RIGHT, "", result.warnings, each, result.normalised)
    meant, result = next((pair for pair in results if pair[1].shape_ok), _nearest(results))
    reason = personal or f"{meant.label}: {result.reason}"
    unfinished = [each for each, part in results if _goes_on(each, part)]
    if not unfinished:
        return Reading(Progress.WRONG, reason, (), meant, result.normalised)
    so_far = _so_far(unfinished, value)
    says = f"{reason} {so_far}" if personal or result.shape_ok else so_far or reason
    return Reading(Progress.UNFINISHED, says)


def _likely(country: str, value: str) -> tuple[Scheme, ...]:
    """The country's own kinds; the worldwide one joins when the number is too long for these and looks like it."""
    schemes = schemes_for(country)
    own = tuple(scheme for scheme in schemes if scheme.country)
    longest = max((length for scheme in own for length in scheme.lengths), default=0)
    typed = text.bare_code(text.plain(value))
    outgrown = len(typed) > longest > 0 and not typed.isdecimal()
    return schemes if outgrown or len(typed) in LEI.lengths or not own else own


def _goes_on(scheme: Scheme, result: CheckResult) -> bool:
    """Whether more characters could make it a number of this kind."""
    if not scheme.lengths:
        return True
    if len(result.normalised) >= max(scheme.lengths) or not result.normalised:
        return False
    try:
        for rule in scheme.alphabets:
            rule(result.normalised)
    except Objection:
        return False
    return True


def _so_far(schemes: list[Scheme], value: str) -> str:
    """How long it is and will be; "" where no length is known."""
    typed = min(len(scheme.normalise(value)) for scheme in schemes)
    lengths = sorted({length for scheme in schemes for length in scheme.lengths if length > typed})
    if not lengths:
        return ""
    wanted = get_text_list([str(length) for length in lengths], gettext("or"))
    message = ngettext(
        "%(typed)d character so far; the whole number has %(wanted)s.",
        "%(typed)d characters so far; the whole number has %(wanted)s.",
        typed,
    )
    return message % {"typed": typed, "wanted": wanted}


def _nearest(results: list[tuple[Scheme, CheckResult]]) -> tuple[Scheme, CheckResult]:
    """The kind whose length the number has, else the country's usual one."""
    fitting = (pair for pair in results if len(pair[1].normalised) in pair[0].lengths)
    return next(fitting, results[0])
