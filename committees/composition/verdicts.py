"""How a committee stands to its rules on a day: pass, warn or fail, with the figures and the words for them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from committees.composition.measures import Measured, Note, is_count, measure
from committees.composition.roster import Roster, roster_of
from committees.enums import PREPARING_STATES, RuleCode, RuleOperator, RuleSeverity
from committees.models import Committee, CompositionRule
from committees.querysets import state_on
from members.enums import OwnershipGroup
from temp_portal.core.markup import number, percent
from temp_portal.core.markup.figures import NOTHING

_HUNDRED: Final = 100
#: Rules over what the public page shows anyway: owners by group, offices, countries. Controllers and evidence are not.
PUBLIC_RULES: Final = frozenset(RuleCode) - {RuleCode.R7, RuleCode.R10}


class Verdict(StrEnum):
    MET = "pass"
    INFO = "info"
    WARN = "warn"
    FAIL = "fail"
    UNKNOWN = "unknown"


#: Tone of the status tag and its word.
WORDS: Final[dict[Verdict, tuple[str, str | Promise]]] = {
    Verdict.MET: ("ok", pgettext_lazy("rule", "pass")),
    Verdict.INFO: ("info", pgettext_lazy("rule", "for information")),
    Verdict.WARN: ("warn", pgettext_lazy("rule", "warning")),
    Verdict.FAIL: ("bad", pgettext_lazy("rule", "obstacle")),
    Verdict.UNKNOWN: ("", pgettext_lazy("rule", "not known")),
}
NOT_MET: Final = (Verdict.INFO, Verdict.WARN, Verdict.FAIL)


@dataclass(frozen=True, slots=True)
class Result:
    """One rule on one day."""

    rule: CompositionRule
    measured: Measured
    verdict: Verdict

    @property
    def tone(self) -> str:
        return WORDS[self.verdict][0]

    @property
    def word(self) -> str | Promise:
        return WORDS[self.verdict][1]

    @property
    def is_met(self) -> bool:
        return self.verdict == Verdict.MET

    @property
    def figure(self) -> str:
        """As in “4 of 15 = 26.7%”, “1 of 3” or a bare number."""
        return figure_text(self.measured)

    @property
    def threshold(self) -> str:
        """As in “at least 10%”."""
        return threshold_text(self.rule)

    @property
    def notes(self) -> list[str]:
        """What is to be said beside the figure."""
        return [note_text(note, value) for note, value in self.measured.notes]


def judge(rule: CompositionRule, roster: Roster, state: str) -> Result:
    """The result of a rule for a committee in `state`. While it is being prepared a warning is information."""
    measured = measure(rule, roster)
    if measured.value is None:
        return Result(rule, measured, Verdict.UNKNOWN)
    if holds(rule, measured.value) and not measured.refuted:
        return Result(rule, measured, Verdict.MET)
    if rule.severity == RuleSeverity.BLOCK:
        return Result(rule, measured, Verdict.FAIL)
    is_warning = rule.severity == RuleSeverity.WARN and state not in PREPARING_STATES
    return Result(rule, measured, Verdict.WARN if is_warning else Verdict.INFO)


def judge_all(rules: Iterable[CompositionRule], roster: Roster, state: str) -> list[Result]:
    """The results of those rules that apply in `state`."""
    return [judge(rule, roster, state) for rule in rules if state in rule.states]


def holds(rule: CompositionRule, value: Fraction) -> bool:
    """Whether the value stands to the threshold as the rule asks, compared as exact fractions."""
    lower, upper = rule.threshold, rule.upper_threshold
    return {
        RuleOperator.AT_LEAST: value >= lower,
        RuleOperator.MORE_THAN: value > lower,
        RuleOperator.AT_MOST: value <= lower,
        RuleOperator.LESS_THAN: value < lower,
        RuleOperator.BETWEEN: lower <= value and (upper is None or value <= upper),
    }[RuleOperator(rule.operator)]


def rules_of(
    committees: Collection[int], day: date, *, known_at: datetime | None = None
) -> dict[int, list[CompositionRule]]:
    """The rules of each committee on `day`, in their order. One query."""
    rows = CompositionRule.objects.known_at(known_at).on(day).filter(committee__in=committees)
    order = list(RuleCode)
    found: dict[int, list[CompositionRule]] = {pk: [] for pk in committees}
    for rule in sorted(rows, key=lambda rule: order.index(RuleCode(rule.code))):
        found[rule.committee_id].append(rule)
    return found


def results_of(committee: Committee, day: date) -> list[Result]:
    """How the committee stands to its rules on `day`, by present knowledge."""
    rules = rules_of([committee.pk], day)[committee.pk]
    state = state_on(committee, day) if rules else ""
    applying = [rule for rule in rules if state in rule.states]
    return judge_all(applying, roster_of(committee.pk, day), state) if applying else []


def public(results: Iterable[Result]) -> list[Result]:
    """Results over figures that everybody can see anyway."""
    return [result for result in results if result.rule.code in PUBLIC_RULES]


def figure_text(measured: Measured) -> str:
    """The exact count, and the share that it makes; a dash where nothing is known to count."""
    if not measured.known:
        return NOTHING
    part = number(measured.numerator)
    if measured.denominator is None:
        return part
    names = {"part": part, "whole": number(measured.denominator)}
    if measured.counted or measured.value is None:
        return _("%(part)s of %(whole)s") % names
    return _("%(part)s of %(whole)s = %(share)s") % (names | {"share": percent(measured.value)})


def threshold_text(rule: CompositionRule) -> str:
    """The threshold in words: "at least 10%", "more than 1/3", "10% to 33%"."""
    lower = amount_text(rule.code, rule.threshold)
    if rule.operator == RuleOperator.BETWEEN and rule.upper_threshold is not None:
        return _("%(lower)s to %(upper)s") % {"lower": lower, "upper": amount_text(rule.code, rule.upper_threshold)}
    return _BOUNDS[RuleOperator(rule.operator)] % {"threshold": lower}


def amount_text(code: str, amount: Fraction) -> str:
    """A threshold: a number of members, a percentage if that is exact, else a fraction."""
    if is_count(code):
        return number(amount.numerator)
    hundredths = amount * _HUNDRED
    if hundredths.denominator == 1:
        return percent(amount, 0)
    return f"{amount.numerator}/{amount.denominator}"


def note_text(note: Note, value: int | str) -> str:
    """A note in the reader's language; `value` is a number of members, or a group."""
    if note in _GROUP_NOTES:
        return _GROUP_NOTES[note] % {"group": OwnershipGroup(str(value)).label}
    if note in _PLAIN_NOTES:
        return str(_PLAIN_NOTES[note])
    return _counted_note(note, int(value)) % {"count": number(int(value))}


def _counted_note(note: Note, count: int) -> str:
    if note == Note.UNKNOWN_CONTROLLER:
        return ngettext("controller not known of %(count)s", "controllers not known of %(count)s", count)
    if note == Note.UNVERIFIED:
        return ngettext("%(count)s to verify", "%(count)s to verify", count)
    if note == Note.EVIDENCE_UNDATED:
        return ngettext("%(count)s with undated evidence", "%(count)s with undated evidence", count)
    if note == Note.EVIDENCE_OLD:
        return ngettext("%(count)s with old evidence", "%(count)s with old evidence", count)
    return ngettext(
        "%(count)s controlled from China: its group is not known",
        "%(count)s controlled from China: their groups are not known",
        count,
    )


_BOUNDS: Final[dict[str, Promise]] = {
    RuleOperator.AT_LEAST: gettext_lazy("at least %(threshold)s"),
    RuleOperator.MORE_THAN: gettext_lazy("more than %(threshold)s"),
    RuleOperator.AT_MOST: gettext_lazy("at most %(threshold)s"),
    RuleOperator.LESS_THAN: gettext_lazy("less than %(threshold)s"),
    RuleOperator.BETWEEN: gettext_lazy("at least %(threshold)s"),
}
_GROUP_NOTES: Final = {
    Note.ABSENT: gettext_lazy("missing: %(group)s"),
    Note.NOT_LARGEST: gettext_lazy("as large or larger: %(group)s"),
}
_PLAIN_NOTES: Final = {
    Note.NO_LEADER: gettext_lazy("nobody is on record as chair"),
    Note.ONE_TYPE: gettext_lazy("all vice-chairs are of one ownership type"),
    Note.SAME_ORGANISATION: gettext_lazy("chair and secretary-general are from one organisation"),
}
