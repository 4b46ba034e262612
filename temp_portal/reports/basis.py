"""What a report is counted from: a quarter, a scope and a state of knowledge."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from temp_portal.core.periods import Quarter, portal_zone
from temp_portal.reports.figures import SCHEMA, WINDOW

T = TypeVar("T")


@dataclass(frozen=True)
class Basis:
    """`scope`: ids of the committees, None for all. `cut_off`: what was recorded later is not known."""

    quarter: Quarter
    cut_off: datetime
    scope: tuple[int, ...] | None = None
    zone: ZoneInfo = field(default_factory=portal_zone)
    schema: int = SCHEMA
    _shared: dict[str, Any] = field(init=False, default_factory=dict, repr=False, compare=False)

    @cached_property
    def quarters(self) -> list[Quarter]:
        """The window of five quarters that the comparison needs; the reported one is the last."""
        return [self.quarter.shifted(-back) for back in reversed(range(WINDOW))]

    @cached_property
    def bounds(self) -> list[date]:
        """First days of the window's quarters, and the day after its last: six days."""
        return [*(quarter.start for quarter in self.quarters), self.quarter.end]

    @cached_property
    def moments(self) -> list[datetime]:
        """The bounds as moments in the report's time zone."""
        return [quarter.bounds(self.zone)[0] for quarter in [*self.quarters, self.quarter.next]]

    @cached_property
    def last_day(self) -> date:
        """The day as of which stocks of the quarter stand: its last, or that of the cut-off while it runs."""
        return min(self.bounds[-1] - date.resolution, self.cut_off.astimezone(self.zone).date())

    @property
    def is_provisional(self) -> bool:
        """Whether the quarter had not ended at the cut-off."""
        return self.cut_off < self.moments[-1]

    @property
    def parameters(self) -> dict[str, Any]:
        """Parameters shared by the queries: cut_off, scope, bounds, moments, zone."""
        return {
            "cut_off": self.cut_off,
            "scope": None if self.scope is None else list(self.scope),
            "bounds": self.bounds,
            "first": self.bounds[0],
            "end": self.bounds[-1],
            "moments": self.moments,
            "zone": str(self.zone),
        }

    def shared(self, name: str, compute: Callable[["Basis"], T]) -> T:
        """The result of `compute`, counted once for all tables that need it."""
        if name not in self._shared:
            self._shared[name] = compute(self)
        found: T = self._shared[name]
        return found
