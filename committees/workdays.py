"""Working days, for clocks: a country's weekly rest days, and the days of its calendar that differ from them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from django.conf import settings

from committees.models import CalendarDay

FRIDAY, SATURDAY, SUNDAY = 4, 5, 6
WEEKEND: Final = frozenset({SATURDAY, SUNDAY})
#: Countries that rest on other days of the week than Saturday and Sunday.
REST_DAYS: Final = {"IR": frozenset({FRIDAY})}


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days are worked: `rest` are weekdays (Monday is 0), `exceptions` days that differ from them."""

    rest: frozenset[int] = WEEKEND
    exceptions: Mapping[date, bool] = field(default_factory=dict)

    def is_worked(self, day: date) -> bool:
        return self.exceptions.get(day, day.weekday() not in self.rest)

    def add(self, start: date, days: int) -> date:
        """The day that lies `days` (≥ 0) working days after `start`."""
        day = start
        while days > 0:
            day += timedelta(days=1)
            days -= self.is_worked(day)
        return day

    def count(self, start: date, end: date) -> int:
        """Working days after `start` up to and with `end`; negative when `end` lies before `start`."""
        if end < start:
            return -self.count(end, start)
        days = (start + timedelta(days=number) for number in range(1, (end - start).days + 1))
        return sum(self.is_worked(day) for day in days)


#: The bare rhythm of a week.
WEEKDAYS: Final = Calendar()


def calendar_after(start: date, country: str = "") -> Calendar:
    """A country's calendar (the portal's own without one) for the days after `start`. One query."""
    code = country or settings.PORTAL_COUNTRY
    return Calendar(REST_DAYS.get(code, WEEKEND), CalendarDay.objects.exceptions(code, after=start))


def add_working_days(start: date, days: int, country: str = "") -> date:
    """The day that lies `days` (≥ 0) working days of the country after `start`. One query."""
    return calendar_after(start, country).add(start, days)
