"""The day that a dated page shows: today, or the one of `?as_of=YYYY-MM-DD`; and the days among which one chooses."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from committees.models import Committee, SeatPeriod
from temp_portal.core.periods import Quarter


@dataclass(frozen=True, slots=True)
class AsOf:
    """`day` is what is shown; `typed` what stands in the address; `error` why it is not shown, empty if it is."""

    day: date
    typed: str = ""
    error: str = ""

    @classmethod
    def parse(cls, params: QueryDict) -> Self:
        """Read the address. What is no day of the past or today is reported, and today is shown."""
        today = timezone.localdate()
        typed = params.get("as_of", "").strip()
        if not typed:
            return cls(today)
        try:
            day = parse_date(typed)
        except ValueError:
            day = None
        if day is None:
            message = _("“%(typed)s” is no date. Write it as year, month and day: %(example)s. Today is shown instead.")
            return cls(today, typed, message % {"typed": typed[:40], "example": today.isoformat()})
        if day > today:
            return cls(today, typed, _("The day lies in the future, and nobody knows that roster yet. Today is shown."))
        return cls(day, typed)

    @property
    def is_past(self) -> bool:
        return self.day < timezone.localdate()

    @property
    def iso(self) -> str:
        """The day as it is typed."""
        return self.day.isoformat()

    @property
    def shortcuts(self) -> list[date]:
        """Days that people ask for: the ends of the last quarter and of the last year."""
        quarter = Quarter.containing(timezone.localdate())
        ends = [quarter.start - timedelta(days=1), quarter.year_start - timedelta(days=1)]
        return sorted(set(ends), reverse=True)


@dataclass(frozen=True, slots=True)
class Life:
    """A committee's life in days from `first` to `today`, for the slider: the days are counted from its beginning."""

    first: date
    today: date
    events: tuple[int, ...]

    @property
    def length(self) -> int:
        """The number of today."""
        return (self.today - self.first).days

    @property
    def quarters(self) -> list[int]:
        """The first days of quarters."""
        span = Quarter.range(Quarter.containing(self.first).next, Quarter.containing(self.today))
        return [(quarter.start - self.first).days for quarter in span]

    @property
    def quarter_marks(self) -> str:
        """Strokes at the quarters, as an SVG path in a box of `length` × 12."""
        return _strokes(self.quarters, 0, 5)

    @property
    def event_marks(self) -> str:
        """Strokes at the days on which the roster changed."""
        return _strokes(self.events, 7, 5)

    def number(self, day: date) -> int:
        """The number of a day, that of the nearest end for a day outside."""
        return min(max((day - self.first).days, 0), self.length)


def life_of(committee: Committee) -> Life | None:
    """The committee's life; None before its roster has a past. One query."""
    today = timezone.localdate()
    ends = SeatPeriod.objects.of(committee).values_list("valid__startswith", "valid__endswith").distinct()
    days = sorted({each for pair in ends for each in pair if each is not None and each <= today})
    if not days or days[0] == today:
        return None
    return Life(days[0], today, tuple((each - days[0]).days for each in days))


def _strokes(places: Iterable[int], top: int, height: int) -> str:
    return "".join(f"M{place} {top}v{height}" for place in places)
