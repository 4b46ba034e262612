"""Days of which only the month or the year is known: stored as the first day, with the precision beside."""

import calendar
from datetime import date
from typing import Any, Final

from django.utils import formats
from django.utils.html import format_html
from django.utils.safestring import SafeString

from projects.enums import DatePrecision
from temp_portal.core.markup import time_tag

#: How much of an ISO day each precision writes.
LENGTHS: Final = {DatePrecision.YEAR: 4, DatePrecision.MONTH: 7, DatePrecision.DAY: 10}


def typed(day: date | None, precision: str) -> str:
    """The day as one types it: 2026-03-14, 2026-03 or 2026."""
    return day.isoformat()[: LENGTHS[DatePrecision(precision)]] if day else ""


def first_day_of(day: date, precision: str) -> date:
    """The first day that is meant."""
    return date.fromisoformat(f"{typed(day, precision)}-01-01"[:10])


def last_day_of(day: date, precision: str) -> date:
    """The last day that is meant."""
    if precision == DatePrecision.DAY:
        return day
    month = 12 if precision == DatePrecision.YEAR else day.month
    return date(day.year, month, calendar.monthrange(day.year, month)[1])


def precise(day: date | None, precision: str) -> SafeString:
    """`<time>` with as much of the day as is known."""
    if day is None or precision == DatePrecision.DAY:
        return time_tag(day)
    name = "Y" if precision == DatePrecision.YEAR else "YEAR_MONTH_FORMAT"
    shown: Any = formats.date_format(day, name)
    return format_html('<time datetime="{}">{}</time>', typed(day, precision), shown)
