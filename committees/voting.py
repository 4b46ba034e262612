"""Quorum and majority in exact fractions (domain brief §1): 以上 includes the number (≥), 过半数 excludes it (>).

Pure arithmetic over counted ballots; who may vote, and on what, is decided elsewhere.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor


class Base(StrEnum):
    """Of whom a share is taken."""

    ELIGIBLE = "eligible"
    PRESENT = "present"
    DECIDED = "decided"


class Choice(StrEnum):
    """What a ballot says."""

    YES = "yes"
    NO = "no"
    ABSTAIN = "abstain"


class Outcome(StrEnum):
    """What the ballots make."""

    CARRIED = "carried"
    LOST = "lost"
    NO_QUORUM = "no_quorum"


@dataclass(frozen=True, slots=True)
class Threshold:
    """A share to be reached (`strict`: exceeded) by a part of a whole."""

    share: Fraction
    strict: bool = False

    def met(self, part: int, whole: int) -> bool:
        """Whether `part` of `whole` (≥ 0, persons) is enough; of nobody nothing is."""
        if whole <= 0:
            return False
        reached = Fraction(part, whole)
        return reached > self.share if self.strict else reached >= self.share

    def needed(self, whole: int) -> int:
        """The least number of `whole` persons that is enough; more than `whole` where nothing would be."""
        exact = self.share * whole
        return floor(exact) + 1 if self.strict else max(ceil(exact), 0)


@dataclass(frozen=True, slots=True)
class Tally:
    """Counted ballots of those who were eligible when the vote was opened."""

    eligible: int
    yes: int = 0
    no: int = 0
    abstained: int = 0

    @classmethod
    def of(cls, eligible: int, choices: Iterable[str]) -> "Tally":
        """Count ballots. Raises ValueError for what is no choice, and for more ballots than voters."""
        counted = [Choice(each) for each in choices]
        if len(counted) > eligible:
            raise ValueError("There are more ballots than voters.")
        return cls(eligible, counted.count(Choice.YES), counted.count(Choice.NO), counted.count(Choice.ABSTAIN))

    @property
    def present(self) -> int:
        """Who took part: an abstention is a presence."""
        return self.yes + self.no + self.abstained

    def whole(self, base: Base) -> int:
        """How many persons a share is taken of."""
        return {Base.ELIGIBLE: self.eligible, Base.PRESENT: self.present, Base.DECIDED: self.yes + self.no}[base]


@dataclass(frozen=True, slots=True)
class Procedure:
    """When a body can decide, and what carries a motion in it."""

    quorum: Threshold
    majority: Threshold
    base: Base = Base.PRESENT

    def outcome(self, tally: Tally) -> Outcome:
        """What the ballots make of the motion."""
        if not self.quorum.met(tally.present, tally.eligible):
            return Outcome.NO_QUORUM
        return Outcome.CARRIED if self.majority.met(tally.yes, tally.whole(self.base)) else Outcome.LOST
