"""Quorum and majority on their boundaries, in exact fractions."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from committees.voting import Base, Outcome, Procedure, Tally, Threshold

TWO_THIRDS, HALF = Fraction(2, 3), Fraction(1, 2)
shares = st.tuples(st.integers(1, 12), st.integers(1, 12)).map(lambda pair: Fraction(min(pair), max(pair)))
thresholds = st.builds(Threshold, shares, st.booleans())


@pytest.mark.parametrize(
    ("share", "strict", "part", "whole", "met"),
    [
        (TWO_THIRDS, False, 6, 9, True),
        (TWO_THIRDS, True, 6, 9, False),
        (TWO_THIRDS, True, 7, 9, True),
        (HALF, False, 5, 10, True),
        (HALF, True, 5, 10, False),
        (HALF, True, 6, 11, True),
        (Fraction(1, 3), False, 333_333, 1_000_000, False),  # 0.333333 is not a third
        (Fraction(1), True, 4, 4, False),
        (TWO_THIRDS, False, 0, 0, False),
    ],
)
def test_a_share_is_reached_or_exceeded_exactly(share, strict, part, whole, met):
    assert Threshold(share, strict).met(part, whole) is met


@given(thresholds, st.integers(1, 300))
def test_the_least_number_that_is_enough_is_the_boundary(threshold, whole):
    needed = threshold.needed(whole)
    assert threshold.met(needed, whole) or needed > whole
    assert not threshold.met(needed - 1, whole)


@given(thresholds, st.integers(1, 60), st.data())
def test_one_more_vote_never_harms(threshold, whole, data):
    part = data.draw(st.integers(0, whole - 1))
    assert threshold.met(part + 1, whole) or not threshold.met(part, whole)


@given(thresholds, st.integers(1, 60))
def test_over_and_at_least_differ_on_the_boundary_alone(threshold, whole):
    reached, exceeded = Threshold(threshold.share), Threshold(threshold.share, strict=True)
    differing = [part for part in range(whole + 1) if reached.met(part, whole) != exceeded.met(part, whole)]
    assert differing == [part for part in range(whole + 1) if Fraction(part, whole) == threshold.share]


@pytest.mark.parametrize(
    ("tally", "base", "outcome"),
    [
        (Tally(9, yes=4, no=2), Base.PRESENT, Outcome.CARRIED),
        (Tally(9, yes=3, no=2, abstained=1), Base.PRESENT, Outcome.LOST),  # an abstention is a presence
        (Tally(9, yes=4, no=2, abstained=1), Base.PRESENT, Outcome.LOST),
        (Tally(9, yes=4, no=2, abstained=1), Base.DECIDED, Outcome.CARRIED),
        (Tally(9, yes=5), Base.PRESENT, Outcome.NO_QUORUM),
        (Tally(9, yes=6), Base.ELIGIBLE, Outcome.CARRIED),
        (Tally(9, abstained=9), Base.DECIDED, Outcome.LOST),
    ],
)
def test_a_motion_is_carried_lost_or_cannot_be_decided(tally, base, outcome):
    procedure = Procedure(Threshold(TWO_THIRDS), Threshold(TWO_THIRDS), base)
    assert procedure.outcome(tally) is outcome


def test_more_ballots_than_voters_are_refused():
    with pytest.raises(ValueError, match="more ballots"):
        Tally.of(1, ["yes", "no"])
