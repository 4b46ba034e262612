"""How long a committee still has for a decision: working days, which stand still while the enterprise is to act."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import ngettext

from committees.enums import ApplicationState
from committees.models import Application
from committees.workdays import Calendar, calendar_after


@dataclass(frozen=True, slots=True)
class Clock:
    """`left` of `total` working days; negative once the day has passed. `stopped`: the enterprise is to act."""

    total: int
    left: int
    due_on: date | None
    stopped: bool = False

    @property
    def is_overdue(self) -> bool:
        return not self.stopped and self.left < 0

    @property
    def words(self) -> str:
        """ "12 of 20 working days left", or by how many the day has passed."""
        if self.is_overdue:
            late = ngettext("%(days)s working day overdue", "%(days)s working days overdue", -self.left)
            return late % {"days": -self.left}
        text = ngettext("%(left)s of %(total)s working day left", "%(left)s of %(total)s working days left", self.total)
        return text % {"left": max(self.left, 0), "total": self.total}

    @property
    def tone(self) -> str:
        """Tone of the status tag that shows it."""
        if self.is_overdue:
            return "bad"
        return "" if self.stopped else "wait"


def clock_of(application: Application, calendar: Calendar | None = None) -> Clock | None:
    """The clock of an application; None before it is handed in and once it is decided.

    calendar: of the working days since the earliest day it is asked about, for many applications at once.
    """
    total, due_on, today = application.clock_days, application.due_on, timezone.localdate()
    if total is None:
        return None
    if application.state == ApplicationState.RETURNED and application.days_left is not None:
        return Clock(total, application.days_left, None, stopped=True)
    if application.state != ApplicationState.SUBMITTED or due_on is None:
        return None
    calendar = calendar or calendar_after(min(today, due_on))
    return Clock(total, calendar.count(today, due_on), due_on)
