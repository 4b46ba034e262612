"""The comparison block Q · Q−1 · Δ · Δ% · YTD · same Q of last year (domain brief §8).

It needs a window of five quarters, from the same quarter of last year to the reported one. Flows are given per quarter
(5 values), stocks at the bounds of the window (6 values, the first is the opening of its first quarter).
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from temp_portal.core.periods import QUARTERS_A_YEAR, Quarter
from temp_portal.reports.figures.values import Missing, Number, Ratio, Reason, Value

WINDOW: Final = QUARTERS_A_YEAR + 1


class Part(StrEnum):
    """Columns of the block."""

    CURRENT = "q"
    PREVIOUS = "previous"
    CHANGE = "change"
    GROWTH = "growth"
    YEAR_TO_DATE = "ytd"
    LAST_YEAR = "last_year"


PARTS: Final = tuple(Part)
Measured = Number | Missing
Block = dict[str, Value]


def compared_flow(quarter: Quarter, flows: Sequence[Number]) -> Block:
    """Block of a flow; YTD is the sum since 1 January. `flows`: one value per quarter of the window."""
    year_to_date = sum(flows[-quarter.number :])
    return compared_values(flows[-1], flows[-2], year_to_date, flows[0])


def compared_stock(quarter: Quarter, stocks: Sequence[Number]) -> Block:
    """Block of a stock; YTD is the change since 31 December. `stocks`: one value per bound of the window."""
    year_to_date = stocks[-1] - stocks[-1 - quarter.number]
    return compared_values(stocks[-1], stocks[-2], year_to_date, stocks[1])


def compared_values(current: Measured, previous: Measured, year_to_date: Measured, last_year: Measured) -> Block:
    """Block of four measured values; what has no value on one side has no difference."""
    return {
        Part.CURRENT.value: current,
        Part.PREVIOUS.value: previous,
        **_difference(current, previous),
        Part.YEAR_TO_DATE.value: year_to_date,
        Part.LAST_YEAR.value: last_year,
    }


def missing_block(reason: Reason) -> Block:
    """Block of a figure that is not counted, or of which nothing is known."""
    return {part.value: Missing(reason) for part in PARTS}


def _difference(current: Measured, previous: Measured) -> Block:
    if isinstance(current, Missing):
        return {Part.CHANGE.value: current, Part.GROWTH.value: current}
    if isinstance(previous, Missing):
        return {Part.CHANGE.value: previous, Part.GROWTH.value: previous}
    change = current - previous
    size = -previous if previous < 0 else previous
    return {
        Part.CHANGE.value: change,
        Part.GROWTH.value: Ratio.of(change, size, Reason.GROWTH_FROM_ZERO),
    }
