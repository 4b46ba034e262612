"""T4, the rules of composition (domain brief §8): every rule of every committee at the end of the quarter.

A rule is judged on the last day of each quarter of the window by what was known at the cut-off: its version, the state
of the committee, its members with their owners and offices. Rules that did not apply have no row.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.composition.measures import is_count
from committees.composition.roster import rosters
from committees.composition.verdicts import NOT_MET, WORDS, Result, Verdict, judge_all, rules_of
from committees.enums import RuleBase, RuleCode, RuleOperator
from committees.models import Appointment, Committee, CompositionRule, SeatPeriod
from committees.report_sections import queries
from members.models import Ownership
from temp_portal.audit.models import Transition
from temp_portal.core.periods import Quarter
from temp_portal.reports.basis import Basis
from temp_portal.reports.figures import Cell, Missing, Ratio, Reason
from temp_portal.reports.queries import dictionaries
from temp_portal.reports.sections import Column, Kind, RowSpec, Section, Table

#: A report over more committees than these leaves the table to the reports of the single committees.
COMMITTEES_AT_MOST: Final = 200
#: Figures are frozen as codes, which are never given another meaning.
VERDICT_CODES: Final = {
    Verdict.MET: 1,
    Verdict.INFO: 2,
    Verdict.WARN: 3,
    Verdict.FAIL: 4,
    Verdict.UNKNOWN: 5,
}
OPERATOR_CODES: Final = {operator: number for number, operator in enumerate(RuleOperator, start=1)}
BASE_CODES: Final = {base: number for number, base in enumerate(RuleBase, start=1)}

Results = Mapping[tuple[int, str], Result]


@dataclass(frozen=True, slots=True)
class Moment:
    """The end of a quarter: its last day, and the state of each committee then."""

    day: date
    states: Mapping[int, str]


def rules_table(basis: Basis) -> Table:
    """T4: a row for each rule that applied at the end of the quarter."""
    moments = _moments(basis)
    if len(moments[-1].states) > COMMITTEES_AT_MOST:
        return {}
    course = [_results(basis, moment) for moment in moments]
    return {f"{committee}.{code}": _row(course, (committee, code)) for committee, code in course[-1]}


def _moments(basis: Basis) -> list[Moment]:
    """The ends of the window's quarters; the bound before the window closes no quarter of it."""
    states: list[dict[int, str]] = [{} for _bound in basis.bounds]
    for row in dictionaries(queries.STATES_OF_COMMITTEES, basis.parameters):
        states[row["bound"]][row["committee_id"]] = row["state"]
    days = [*(bound - date.resolution for bound in basis.bounds[1:-1]), basis.last_day]
    return [Moment(day, found) for day, found in zip(days, states[1:], strict=True)]


def _results(basis: Basis, moment: Moment) -> Results:
    committees = list(moment.states)
    rules = rules_of(committees, moment.day, known_at=basis.cut_off)
    held = rosters(committees, moment.day, known_at=basis.cut_off)
    return {
        (committee, result.rule.code): result
        for committee, state in moment.states.items()
        for result in judge_all(rules[committee], held[committee], state)
    }


def _row(course: list[Results], key: tuple[int, str]) -> dict[str, Cell]:
    now, before = course[-1][key], course[-2].get(key)
    return {
        "base": BASE_CODES[RuleBase(now.rule.base)],
        "numerator": now.measured.numerator if now.measured.known else Missing(Reason.NO_DATA),
        "denominator": _whole(now),
        "share": _share(now),
        "operator": OPERATOR_CODES[RuleOperator(now.rule.operator)],
        "threshold": _threshold(now, now.rule.threshold),
        "upper": _threshold(now, now.rule.upper_threshold),
        "result": VERDICT_CODES[now.verdict],
        "previous": VERDICT_CODES[before.verdict] if before else Missing(Reason.NOT_COUNTED),
        "failing": _failing([results.get(key) for results in course]),
    }


def _whole(result: Result) -> Cell:
    whole = result.measured.denominator
    return Missing(Reason.NOT_COUNTED) if whole is None else whole


def _share(result: Result) -> Cell:
    measured = result.measured
    if measured.counted or not measured.known or measured.denominator is None:
        return Missing(Reason.NOT_COUNTED)
    return Ratio.of(measured.numerator, measured.denominator, Reason.NOTHING_TO_MEASURE)


def _threshold(result: Result, threshold: Fraction | None) -> Cell:
    """A number of members as such, a share as a ratio."""
    if threshold is None:
        return Missing(Reason.NOT_COUNTED)
    if is_count(result.rule.code):
        return threshold.numerator
    return Ratio.of(threshold.numerator, threshold.denominator, Reason.NOTHING_TO_MEASURE)


def _failing(course: list[Result | None]) -> Cell:
    """For how many quarter ends running the rule has not been met, of the window's five."""
    running = 0
    for result in reversed(course):
        if result is None or result.verdict not in NOT_MET:
            break
        running += 1
    return running


def rule_rows(keys: Iterable[str]) -> list[RowSpec]:
    """Rows by committee in the reader's language, then by rule."""
    pairs = [(int(committee), RuleCode(code)) for committee, code in (key.split(".") for key in keys)]
    names = {pk: str(committee) for pk, committee in Committee.objects.in_bulk({pk for pk, _code in pairs}).items()}
    order = list(RuleCode)
    pairs.sort(key=lambda pair: (names.get(pair[0], ""), pair[0], order.index(pair[1])))
    return [RowSpec(f"{pk}.{code}", _label(names.get(pk, str(pk)), code)) for pk, code in pairs]


def _label(committee: str, code: RuleCode) -> str:
    return _("%(committee)s · %(code)s %(rule)s") % {"committee": committee, "code": code.value, "rule": code.label}


def _result_label(quarter: Quarter) -> str:
    return str(_("Result, %(quarter)s") % {"quarter": quarter.previous.label()})


_VERDICTS: Final[dict[int, Any]] = {code: WORDS[verdict][1] for verdict, code in VERDICT_CODES.items()}

RULES: Final = Section(
    key="T4",
    title=gettext_lazy("Composition rules"),
    intro=gettext_lazy("How each committee stands to its rules on the last day of the quarter."),
    head=gettext_lazy("Committee and rule"),
    columns=(
        Column("base", gettext_lazy("Base"), words={code: base.label for base, code in BASE_CODES.items()}),
        Column("numerator", gettext_lazy("Numerator")),
        Column("denominator", gettext_lazy("Denominator")),
        Column("share", gettext_lazy("Share %"), Kind.SHARE),
        Column(
            "operator",
            gettext_lazy("Comparison"),
            words={code: operator.label for operator, code in OPERATOR_CODES.items()},
        ),
        Column("threshold", gettext_lazy("Threshold"), Kind.SHARE),
        Column("upper", gettext_lazy("to"), Kind.SHARE),
        Column("result", gettext_lazy("Result"), words=_VERDICTS),
        Column("previous", _result_label, words=_VERDICTS),
        Column("failing", gettext_lazy("Not met, quarters running")),
    ),
    rows=rule_rows,
    compute=rules_table,
    facts=(SeatPeriod, Ownership, Appointment, CompositionRule, Transition),
    notes=(
        gettext_lazy("A threshold of a share is a percentage, one of a number of members a number."),
        gettext_lazy("Quarters running are counted over the last five."),
    ),
    since=2,
)
