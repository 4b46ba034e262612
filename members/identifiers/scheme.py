"""What a scheme of numbers is, and the rules from which schemes are put together."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from members.identifiers import reasons, text
from members.identifiers.reasons import Objection, Text

Rule = Callable[[str], None]
"""Looks at a normalised number; raises `Objection` when it breaks the rule."""

_ROUNDED_BY_SPREADSHEET = re.compile(r"\d(\.\d+)?E\+?\d+")


@dataclass(frozen=True, slots=True)
class CheckResult:
    """`format_ok`: True when the check characters agree, False with a `reason`, None when no check is known.

    `shape_ok` tells whether length and kinds of characters fit, even where a check character does not. `warnings` are
    oddities that speak against no number by themselves.
    """

    normalised: str
    format_ok: bool | None
    shape_ok: bool = True
    reason: Text = ""
    warnings: tuple[Text, ...] = ()

    @property
    def accepted(self) -> bool:
        """Whether the number can be stored as it is."""
        return self.format_ok is not False


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """One kind of number.

    `code` is stable and stored; `country` is ISO 3166-1 alpha-2, "" for worldwide; `org_id_prefix` is the list code of
    org-id.guide where there is one; `checked` says whether a check character exists; `labels` are the names under
    which the number is printed, dropped when pasted along.
    """

    code: str
    country: str
    label: Text
    hint: Text
    example: str
    shape: tuple[Rule, ...]
    check_characters: Rule | None = None
    org_id_prefix: str | None = None
    labels: tuple[str, ...] = ()
    bare: Callable[[str], str] = text.bare_digits
    oddities: Callable[[str], tuple[Text, ...]] = lambda _number: ()

    @property
    def checked(self) -> bool:
        return self.check_characters is not None

    @property
    def lengths(self) -> tuple[int, ...]:
        """How many characters the whole number has; empty where that is not known."""
        return next((rule.lengths for rule in self.shape if isinstance(rule, Length)), ())

    @property
    def alphabets(self) -> tuple[Rule, ...]:
        """The rules that hold for a beginning as well as for the whole number."""
        return tuple(rule for rule in self.shape if isinstance(rule, Alphabet))

    def normalise(self, value: str) -> str:
        """The one form in which the number is stored and compared."""
        return self.bare(text.without_label(text.plain(value), self.labels))

    def check(self, value: str) -> CheckResult:
        number = self.normalise(value)
        try:
            _present(text.plain(value), number)
            for rule in self.shape:
                rule(number)
        except Objection as objection:
            return CheckResult(number, format_ok=False, shape_ok=False, reason=objection.reason)
        if self.check_characters is None:
            return CheckResult(number, format_ok=None, warnings=self.oddities(number))
        try:
            self.check_characters(number)
        except Objection as objection:
            return CheckResult(number, format_ok=False, reason=objection.reason)
        return CheckResult(number, format_ok=True, warnings=self.oddities(number))


def _present(typed: str, number: str) -> None:
    if not number:
        raise Objection(reasons.EMPTY)
    if _ROUNDED_BY_SPREADSHEET.fullmatch(typed):
        raise Objection(reasons.ROUNDED)


@dataclass(frozen=True, slots=True)
class Length:
    """The number has one of these lengths."""

    lengths: tuple[int, ...]
    zeros_get_lost: bool = False

    def __call__(self, number: str) -> None:
        if len(number) not in self.lengths:
            raise Objection(reasons.wrong_length(self.lengths, len(number), zeros_get_lost=self.zeros_get_lost))


def of_length(*lengths: int, zeros_get_lost: bool = False) -> Rule:
    return Length(lengths, zeros_get_lost)


@dataclass(frozen=True, slots=True)
class Alphabet:
    """Every character belongs to the alphabet; `meant` maps intruders to what they are likely mistaken for."""

    allowed: frozenset[str]
    meant: dict[str, str] = field(default_factory=dict)

    def __call__(self, number: str) -> None:
        for character in number:
            if character not in self.allowed:
                raise Objection(reasons.foreign_character(character, self.meant.get(character)))


def made_of(alphabet: str, meant: dict[str, str] | None = None) -> Rule:
    return Alphabet(frozenset(alphabet), meant or {})


def not_zeros(number: str) -> None:
    if not number.strip("0"):
        raise Objection(reasons.ZEROS)


DIGITS = "0123456789"
CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def digits(*lengths: int) -> tuple[Rule, ...]:
    """Digits only, of one of the lengths, not all zero."""
    return (made_of(DIGITS), of_length(*lengths, zeros_get_lost=True), not_zeros)


def pattern(expression: str, reason: Text) -> Rule:
    """The whole number matches; `reason` says in words what it looks like."""
    compiled = re.compile(expression)

    def rule(number: str) -> None:
        if not compiled.fullmatch(number):
            raise Objection(reason)

    return rule


def last_character(compute: Callable[[str], str | None]) -> Rule:
    """The last character is the one computed from the whole number; None means that no number begins so."""

    def rule(number: str) -> None:
        expected = compute(number)
        if expected is None:
            raise Objection(reasons.NEVER_ISSUED)
        if number[-1] != expected:
            raise Objection(reasons.wrong_last(expected))

    return rule


def consistent(holds: Callable[[str], bool]) -> Rule:
    """A check that cannot name the wrong character."""

    def rule(number: str) -> None:
        if not holds(number):
            raise Objection(reasons.INCONSISTENT)

    return rule
