"""What each rule measures (domain brief §2): exact numbers over a roster, and what is to be said beside them.

A measure is a pure function (rule, roster) → Measured. What the portal does not know is said, never guessed.
"""

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Final

from committees.composition.roster import Member, Roster
from committees.enums import CountBy, PositionCode, RuleCode
from committees.models import CompositionRule
from members.enums import COUNTED_GROUPS, CountryStanding, OwnershipGroup
from members.reference.standings import countries_with

CHINA: Final = "CN"
LEADERS: Final = (PositionCode.CHAIR, PositionCode.EXECUTIVE_VICE_CHAIR)
VICE_CHAIRS: Final = (PositionCode.EXECUTIVE_VICE_CHAIR, PositionCode.VICE_CHAIR)
MONTHS_A_YEAR: Final = 12


class Note(StrEnum):
    """What is to be said beside a figure; worded in `verdicts`."""

    ABSENT = "absent"
    NO_LEADER = "no_leader"
    NOT_LARGEST = "not_largest"
    UNKNOWN_CONTROLLER = "unknown_controller"
    UNVERIFIED = "unverified"
    EVIDENCE_UNDATED = "evidence_undated"
    EVIDENCE_OLD = "evidence_old"
    ONE_TYPE = "one_type"
    SAME_ORGANISATION = "same_organisation"
    GROUP_UNKNOWN = "group_unknown"


@dataclass(frozen=True, slots=True)
class Measured:
    """`numerator` of `denominator` (None: a bare number); `counted` compares the numerator itself.

    known: False where the portal has nothing to judge by. refuted: not met whatever the threshold says.
    notes: what to say beside it, with a number or the value of a group.
    """

    numerator: int
    denominator: int | None = None
    counted: bool = False
    known: bool = True
    refuted: bool = False
    notes: tuple[tuple[Note, int | str], ...] = ()

    @property
    def value(self) -> Fraction | None:
        """What is compared with the threshold; None when it is not known."""
        if not self.known or not (self.counted or self.denominator):
            return None
        return Fraction(self.numerator, 1 if self.counted else self.denominator)


def measure(rule: CompositionRule, roster: Roster) -> Measured:
    """What the rule measures on the roster."""
    return _MEASURES[RuleCode(rule.code)](rule, roster)


def is_count(code: str) -> bool:
    """Whether the rule's threshold is a number of members rather than a share."""
    return code in _COUNTS


def _group(rule: CompositionRule, member: Member) -> OwnershipGroup:
    """Under which the rule counts the member. The group of a controller abroad's parent is not recorded anywhere."""
    if rule.count_by == CountBy.CONTROLLER and member.is_chinese_abroad:
        return OwnershipGroup.UNVERIFIED
    return member.group


def _groups(rule: CompositionRule, members: Collection[Member]) -> Counter[OwnershipGroup]:
    """Members of the four groups; what stands outside the percentages is left out."""
    counts = Counter(_group(rule, member) for member in members)
    return Counter({group: counts[group] for group in COUNTED_GROUPS})


def _left_out(rule: CompositionRule, members: Collection[Member]) -> tuple[tuple[Note, int | str], ...]:
    unknown = sum(member.is_chinese_abroad for member in members) if rule.count_by == CountBy.CONTROLLER else 0
    return ((Note.GROUP_UNKNOWN, unknown),) if unknown else ()


def _all_groups(rule: CompositionRule, roster: Roster) -> Measured:
    members = roster.among(rule.base)
    counts = _groups(rule, members)
    absent = [(Note.ABSENT, group.value) for group in COUNTED_GROUPS if not counts[group]]
    return Measured(len(counts) - len(absent), len(counts), notes=(*absent, *_left_out(rule, members)))


def _led(rule: CompositionRule, roster: Roster) -> Measured:
    leaders = roster.holding(*LEADERS)
    if not leaders:
        return Measured(0, 0, counted=True, known=False, notes=((Note.NO_LEADER, 0),))
    leading = sum(
        member.group == OwnershipGroup.CENTRAL or member.organisation == rule.substitute_id for member in leaders
    )
    return Measured(leading, len(leaders), counted=True)


def _share_of(group: OwnershipGroup) -> Callable[[CompositionRule, Roster], Measured]:
    def share(rule: CompositionRule, roster: Roster) -> Measured:
        members = roster.among(rule.base)
        counts = _groups(rule, members)
        return Measured(counts[group], counts.total(), notes=_left_out(rule, members))

    return share


def _spearheaded(rule: CompositionRule, roster: Roster) -> Measured:
    members = roster.among(rule.base)
    counts = _groups(rule, members)
    own = counts.pop(OwnershipGroup.PRIVATE)
    rivals = [(Note.NOT_LARGEST, group.value) for group, number in counts.items() if number >= own]
    return Measured(own, own + counts.total(), refuted=bool(rivals), notes=(*rivals, *_left_out(rule, members)))


def _from_the_sco(rule: CompositionRule, roster: Roster) -> Measured:
    """By controller, firms abroad that are controlled from China do not count; unverified firms count by their seat."""
    countries = set(countries_with(CountryStanding.MEMBER, roster.day)) - {CHINA}
    members = roster.among(rule.base)
    left_out = rule.count_by == CountBy.CONTROLLER
    counting = [each for each in members if each.country in countries and not (left_out and each.is_chinese_abroad)]
    return Measured(len(counting), len(members), counted=True)


def _largest_controller(rule: CompositionRule, roster: Roster) -> Measured:
    members = roster.among(rule.base)
    controllers = [_controller(member) for member in members]
    unknown = controllers.count("")
    sizes = Counter(name for name in controllers if name)
    notes = ((Note.UNKNOWN_CONTROLLER, unknown),) if unknown else ()
    return Measured(max(sizes.values(), default=0), len(members), known=bool(sizes), notes=notes)


def _controller(member: Member) -> str:
    """The ultimate controller in a form that is the same however it was typed; empty if it is not known."""
    return " ".join(member.owned.controller.casefold().split()) if member.owned else ""


def _enough(rule: CompositionRule, roster: Roster) -> Measured:
    return Measured(len(roster.among(rule.base)), counted=True)


def _spread(_rule: CompositionRule, roster: Roster) -> Measured:
    """Of the two conditions those that can be judged: two vice-chairs at least, chair and secretary-general known."""
    met, judged, notes = 0, 0, []
    vice_chairs = roster.holding(*VICE_CHAIRS)
    types = {member.owned.type for member in vice_chairs if member.owned}
    if len(vice_chairs) > 1:
        judged += 1
        met += len(types) > 1
        notes += [] if len(types) > 1 else [(Note.ONE_TYPE, 0)]
    chairs = {member.organisation for member in roster.holding(PositionCode.CHAIR)}
    secretaries = {member.organisation for member in roster.holding(PositionCode.SECRETARY_GENERAL)}
    if chairs and secretaries:
        judged += 1
        met += not chairs & secretaries
        notes += [(Note.SAME_ORGANISATION, 0)] if chairs & secretaries else []
    return Measured(met, judged, known=judged > 0, notes=tuple(notes))


def _evidenced(rule: CompositionRule, roster: Roster) -> Measured:
    members = roster.among(rule.base)
    oldest = months_before(roster.day, rule.evidence_months) if rule.evidence_months else date.min
    verified = [member.owned for member in members if member.owned]
    undated = sum(owned.evidence_on is None for owned in verified)
    fresh = sum(owned.evidence_on is not None and owned.evidence_on >= oldest for owned in verified)
    counts = (
        (Note.UNVERIFIED, len(members) - len(verified)),
        (Note.EVIDENCE_UNDATED, undated),
        (Note.EVIDENCE_OLD, len(verified) - undated - fresh),
    )
    return Measured(fresh, len(members), notes=tuple((note, number) for note, number in counts if number))


def months_before(day: date, months: int) -> date:
    """The day as many months earlier, the last of a shorter month."""
    year, month = divmod(day.year * MONTHS_A_YEAR + day.month - 1 - months, MONTHS_A_YEAR)
    first = date(year, month + 1, 1)
    following = date(year + (month + 1) // MONTHS_A_YEAR, (month + 1) % MONTHS_A_YEAR + 1, 1)
    return first.replace(day=min(day.day, (following - first).days))


_COUNTS: Final = (RuleCode.R2, RuleCode.R6, RuleCode.R8)
_MEASURES: Final[dict[RuleCode, Callable[[CompositionRule, Roster], Measured]]] = {
    RuleCode.R1: _all_groups,
    RuleCode.R2: _led,
    RuleCode.R3: _share_of(OwnershipGroup.LOCAL),
    RuleCode.R4: _spearheaded,
    RuleCode.R5: _share_of(OwnershipGroup.FOREIGN),
    RuleCode.R6: _from_the_sco,
    RuleCode.R7: _largest_controller,
    RuleCode.R8: _enough,
    RuleCode.R9: _spread,
    RuleCode.R10: _evidenced,
}
