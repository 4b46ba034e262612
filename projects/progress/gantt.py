"""The chart of milestones: one row each, from the plan to what came of it. Geometry only; colours are classes.

Everything is in whole units of the picture, so that nothing depends on how a language writes decimals.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from django.utils import timezone

from projects.precision import first_day_of, last_day_of
from projects.progress.enums import MilestoneState
from projects.progress.models import Milestone

WIDTH: Final = 720
LEFT: Final = 40
RIGHT: Final = 24
TOP: Final = 28
ROW: Final = 26
#: Half the width of a mark.
HALF: Final = 6
#: Days between two lines of the scale, the first that gives few enough of them.
MOST_LINES: Final = 9
STEPS_IN_MONTHS: Final = (1, 3, 6, 12, 24, 60, 120)
MARGIN_DAYS: Final = 20


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the scale, with its month or year."""

    x: int
    label: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A row. `plan` is (left, right) of what was planned, the same twice for a day; `drift` the line to what came."""

    number: int
    y: int
    text_y: int
    plan: tuple[int, int]
    outcome: int | None
    drift: tuple[int, int] | None
    state: str
    diamond: str
    outcome_diamond: str

    @property
    def is_span(self) -> bool:
        """A month or a year was planned, not a day."""
        return self.plan[1] - self.plan[0] > HALF

    @property
    def span_width(self) -> int:
        return self.plan[1] - self.plan[0]

    @property
    def span_y(self) -> int:
        return self.y - 4


@dataclass(frozen=True, slots=True)
class Gantt:
    """The picture: `width` × `height` units, rows, lines of the scale, today."""

    width: int
    height: int
    bars: Sequence[Bar]
    ticks: Sequence[Tick]
    today: int | None
    bottom: int = field(default=0)


def draw(milestones: Sequence[Milestone]) -> Gantt | None:
    """The chart of these milestones, dropped ones left out; None without any."""
    shown = [each for each in milestones if each.state != MilestoneState.DROPPED]
    if not shown:
        return None
    today = timezone.localdate()
    days = [day for each in shown for day in _days_of(each)]
    first, last = min(days) - timedelta(days=MARGIN_DAYS), max(days) + timedelta(days=MARGIN_DAYS)
    if first - timedelta(days=180) <= today <= last + timedelta(days=180):
        first, last = min(first, today), max(last, today)
    scale = _Scale(first, last)
    height = TOP + ROW * len(shown) + 6
    return Gantt(
        width=WIDTH,
        height=height,
        bars=[_bar(number, each, scale, today) for number, each in enumerate(shown, start=1)],
        ticks=list(_ticks(scale)),
        today=scale.x(today) if first <= today <= last else None,
        bottom=height - 4,
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    first: date
    last: date

    def x(self, day: date) -> int:
        """Where a day lies. Whole-number arithmetic."""
        span = max((self.last - self.first).days, 1)
        return LEFT + (WIDTH - LEFT - RIGHT) * (day - self.first).days // span


def _days_of(milestone: Milestone) -> Iterator[date]:
    yield first_day_of(milestone.planned_on, milestone.planned_precision)
    yield last_day_of(milestone.planned_on, milestone.planned_precision)
    if outcome := _outcome(milestone):
        yield outcome


def _outcome(milestone: Milestone) -> date | None:
    """When it was reached, or is expected now."""
    if milestone.reached_on:
        return last_day_of(milestone.reached_on, milestone.reached_precision)
    return milestone.expected_on


def _bar(number: int, milestone: Milestone, scale: _Scale, today: date) -> Bar:
    y = TOP + ROW * (number - 1) + ROW // 2
    planned = last_day_of(milestone.planned_on, milestone.planned_precision)
    plan = scale.x(first_day_of(milestone.planned_on, milestone.planned_precision)), scale.x(planned)
    outcome = _outcome(milestone)
    until = outcome or (today if milestone.is_late else None)
    drift = tuple(sorted((plan[1], scale.x(until)))) if until else None
    return Bar(
        number=number,
        y=y,
        text_y=y + 4,
        plan=plan,
        outcome=scale.x(outcome) if outcome else None,
        drift=(drift[0], drift[1]) if drift else None,
        state="reached" if milestone.reached_on else "late" if milestone.is_late else "ahead",
        diamond=_diamond(plan[1], y),
        outcome_diamond=_diamond(scale.x(outcome), y) if outcome else "",
    )


def _diamond(x: int, y: int) -> str:
    return f"{x},{y - HALF} {x + HALF},{y} {x},{y + HALF} {x - HALF},{y}"


def _ticks(scale: _Scale) -> Iterator[Tick]:
    months = (scale.last.year - scale.first.year) * 12 + scale.last.month - scale.first.month
    step = next((each for each in STEPS_IN_MONTHS if months // each <= MOST_LINES), STEPS_IN_MONTHS[-1])
    start = scale.first.year * 12 + scale.first.month - 1
    for month in range(start - start % step + step, start + months + 1, step):
        day = date(month // 12, month % 12 + 1, 1)
        yield Tick(scale.x(day), f"{day:%Y-%m}" if step < 12 else f"{day:%Y}")
