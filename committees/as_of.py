"""The day that a dated page shows: today, or the one of `?as_of=YYYY-MM-DD`."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

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
