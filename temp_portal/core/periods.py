"""Reporting periods: calendar quarters as half-open intervals of days in the portal's time zone (domain brief §8)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from typing import Final, Self
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

QUARTERS_A_YEAR: Final = 4
MONTHS_A_QUARTER: Final = 3
_WRITTEN: Final = re.compile(r"(?P<year>[0-9]{4})[- ]?Q(?P<number>[1-4])", re.IGNORECASE)


def portal_zone() -> ZoneInfo:
    """The time zone in which the portal's days begin and end."""
    return ZoneInfo(settings.TIME_ZONE)


@dataclass(frozen=True, order=True, slots=True)
class Quarter:
    """A calendar quarter: days from `start` inclusive to `end` exclusive.

    Raises ValueError for a number outside 1–4, or a year whose quarters Python's calendar cannot all bound.
    """

    year: int
    number: int

    def __post_init__(self) -> None:
        if not 1 <= self.number <= QUARTERS_A_YEAR:
            raise ValueError(_("A quarter has a number from 1 to 4, not %(number)s.") % {"number": self.number})
        if not date.min.year < self.year < date.max.year:
            raise ValueError(_("%(year)s is not a year that the portal can count with.") % {"year": self.year})

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "2026-Q3", "2026Q3" or "2026 q3"; raises ValueError with a message for the reader otherwise."""
        found = _WRITTEN.fullmatch(text.strip())
        if found is None:
            message = _("“%(text)s” is not a quarter. Write the year, -Q and the number of the quarter: 2026-Q3.")
            raise ValueError(message % {"text": text})
        return cls(int(found["year"]), int(found["number"]))

    @classmethod
    def containing(cls, day: date) -> Self:
        """The quarter in which `day` lies; an aware moment counts by its day in the portal's time zone."""
        if isinstance(day, datetime) and day.tzinfo is not None:
            day = day.astimezone(portal_zone())
        return cls(day.year, (day.month - 1) // MONTHS_A_QUARTER + 1)

    @classmethod
    def range(cls, first: Self, last: Self) -> Iterator[Self]:
        """Every quarter from `first` to `last`, both included; nothing when `last` is earlier."""
        quarter = first
        while quarter <= last:
            yield quarter
            quarter = quarter.next

    def __str__(self) -> str:
        return f"{self.year:04d}-Q{self.number}"

    def __contains__(self, day: date) -> bool:
        return Quarter.containing(day) == self

    @property
    def start(self) -> date:
        """First day."""
        return date(self.year, (self.number - 1) * MONTHS_A_QUARTER + 1, 1)

    @property
    def end(self) -> date:
        """The day after the last one."""
        return self.next.start if self.number < QUARTERS_A_YEAR else date(self.year + 1, 1, 1)

    @property
    def next(self) -> Self:
        """The following quarter."""
        return self.shifted(1)

    @property
    def previous(self) -> Self:
        """The quarter before."""
        return self.shifted(-1)

    @property
    def same_quarter_last_year(self) -> Self:
        """The same quarter a year earlier."""
        return self.shifted(-QUARTERS_A_YEAR)

    @property
    def year_start(self) -> date:
        """1 January, from which year-to-date figures count."""
        return date(self.year, 1, 1)

    def shifted(self, quarters: int) -> Self:
        """The quarter that lies `quarters` later, or earlier when negative."""
        year, index = divmod(self.year * QUARTERS_A_YEAR + self.number - 1 + quarters, QUARTERS_A_YEAR)
        return type(self)(year, index + 1)

    def bounds(self, tz: tzinfo | None = None) -> tuple[datetime, datetime]:
        """Aware moments [start, end) in `tz`, by default the portal's time zone."""
        zone = tz or portal_zone()
        return (
            datetime.combine(self.start, time.min, tzinfo=zone),
            datetime.combine(self.end, time.min, tzinfo=zone),
        )

    def label(self) -> str:
        """The quarter as the reader's language writes it, e.g. "Q3 2026"."""
        return _("Q%(number)s %(year)s") % {"number": self.number, "year": self.year}
