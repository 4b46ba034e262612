"""The picture of a register: a table of likelihood by impact, with the risks of a day in its cells."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from projects.risks.enums import Impact, Likelihood, RiskLevel, level_of


@dataclass(frozen=True, slots=True)
class Cell:
    """How many risks stand in a cell, how bad that is, and the address of their list."""

    impact: Impact
    count: int
    level: RiskLevel
    url: str


@dataclass(frozen=True, slots=True)
class Line:
    """The cells of one likelihood."""

    likelihood: Likelihood
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Lines from the most likely down, columns from the least impact on."""

    lines: list[Line]
    impacts: list[Impact]
    total: int


def matrix_of(risks: Any, day: date, url: Callable[[int, int], str]) -> Matrix:
    """The matrix of a queryset of risks as it stood on `day`. One query."""
    rows = risks.open_on(day).with_assessment(day).order_by().values_list("likelihood", "impact")
    counts = Counter((likelihood, impact) for likelihood, impact in rows)
    lines = [
        Line(
            likelihood,
            [
                Cell(impact, counts[likelihood, impact], level_of(likelihood * impact), url(likelihood, impact))
                for impact in Impact
            ],
        )
        for likelihood in reversed(Likelihood)
    ]
    return Matrix(lines, list(Impact), sum(counts.values()))
