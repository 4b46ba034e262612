"""Working days, for clocks. Monday to Friday; national calendars are not known here."""

from datetime import date, timedelta

SATURDAY = 5


def add_working_days(start: date, days: int) -> date:
    """The day that lies `days` (≥ 0) working days after `start`."""
    day = start
    while days > 0:
        day += timedelta(days=1)
        if day.weekday() < SATURDAY:
            days -= 1
    return day
