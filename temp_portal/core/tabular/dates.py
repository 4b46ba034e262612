"""Dates as people write them, exact to the day, the month or the year."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal

from django.utils.translation import gettext as _

Order = Literal["dmy", "mdy"]
Precision = Literal["day", "month", "year"]

_YEAR_FIRST: Final = re.compile(
    r"(?P<year>[12]\d{3})(?:[-/.年](?P<month>\d{1,2})(?:[-/.月](?P<day>\d{1,2})日?|月)?|年)?(?:[t ]\d{1,2}:\d{2}.*)?",
    re.IGNORECASE,
)
_COMPACT: Final = re.compile(r"(?P<year>[12]\d{3})(?P<month>\d{2})(?P<day>\d{2})")
_YEAR_LAST: Final = re.compile(r"(?P<first>\d{1,2})(?P<sign>[-/.])(?P<second>\d{1,2})(?P=sign)(?P<year>[12]\d{3})г?\.?")
_MONTH_YEAR: Final = re.compile(r"(?P<month>\d{1,2})[-/.](?P<year>[12]\d{3})")


class DateError(ValueError):
    """The text is not a date, or could be read in two ways; the message is for the person who wrote it."""


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date of which the day, or the day and the month, may be unknown."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def precision(self) -> Precision:
        """How exact the date is."""
        return "day" if self.day else "month" if self.month else "year"

    @property
    def first_day(self) -> date:
        """The first day that the date may be."""
        return date(self.year, self.month or 1, self.day or 1)


def parse_date(text: str, order: Order | None = None) -> PartialDate:
    """Read 2010-05-17, 2010/5/17, 20100517, 2010年5月17日, 17.05.2010, 05.2010, 2010-05, 2010年5月 or 2010.

    order: which of two numbers before the year is the day, where slashes or dashes do not tell. Raises DateError.
    """
    plain = re.sub(r"\s*([-/.年月日])\s*", r"\1", unicodedata.normalize("NFKC", text).strip())
    found = _YEAR_FIRST.fullmatch(plain) or _COMPACT.fullmatch(plain) or _MONTH_YEAR.fullmatch(plain)
    if found:
        parts = found.groupdict()
        return _checked(int(parts["year"]), _number(parts["month"]), _number(parts.get("day")))
    found = _YEAR_LAST.fullmatch(plain)
    if found:
        day, month = _day_and_month(int(found["first"]), int(found["second"]), "dmy" if found["sign"] == "." else order)
        return _checked(int(found["year"]), month, day)
    raise DateError(_("Not a date. Write YYYY-MM-DD, YYYY-MM or YYYY."))


def date_of_cell(value: float | date) -> PartialDate:
    """A date from a typed cell: a date, a year, or a number of the form 20100517. Raises DateError."""
    if isinstance(value, date):
        day = value.date() if isinstance(value, datetime) else value
        return PartialDate(day.year, day.month, day.day)
    if float(value).is_integer():
        return parse_date(str(int(value)))
    raise DateError(_("A number, not a date. Give the column a date format."))


def _day_and_month(first: int, second: int, order: Order | None) -> tuple[int, int]:
    if order is None and first != second and max(first, second) <= 12:
        raise DateError(_("The day and the month cannot be told apart. Write YYYY-MM-DD."))
    month_first = order == "mdy" if order else second > 12
    return (second, first) if month_first else (first, second)


def _checked(year: int, month: int | None, day: int | None) -> PartialDate:
    try:
        date(year, month or 1, day or 1)
    except ValueError as error:
        raise DateError(_("There is no such day.")) from error
    if month == 0 or day == 0:
        raise DateError(_("There is no such day."))
    return PartialDate(year, month, day)


def _number(text: str | None) -> int | None:
    return int(text) if text else None
