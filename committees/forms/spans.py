"""The days between which something is compared."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.movements import Span
from temp_portal.core.forms import DayField
from temp_portal.core.periods import Quarter

FIRST = "from"
LAST = "to"


class SpanForm(forms.Form):
    """From which day to which, both included; without them the running quarter up to today."""

    def __init__(self, data: Any) -> None:
        today = timezone.localdate()
        usual = {FIRST: Quarter.containing(today).start.isoformat(), LAST: today.isoformat()}
        super().__init__({name: data.get(name, "").strip() or usual[name] for name in usual})
        self.fields[FIRST] = DayField(label=gettext_lazy("From"))
        self.fields[LAST] = DayField(label=gettext_lazy("To"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get(FIRST), cleaned.get(LAST)
        if last and last > timezone.localdate():
            self.add_error(LAST, ValidationError(_("The day lies in the future, and nobody knows that roster yet.")))
        if first and last and first > last:
            self.add_error(FIRST, ValidationError(_("This day lies after the other one.")))
        if first and first.year < date.min.year + 1:
            self.add_error(FIRST, ValidationError(_("The portal cannot count from a day that early.")))
        return cleaned

    @property
    def span(self) -> Span:
        """The days asked for; where they cannot be understood, the running quarter up to today."""
        today = timezone.localdate()
        if not self.is_valid():
            return Span(Quarter.containing(today).start, today)
        return Span(self.cleaned_data[FIRST], self.cleaned_data[LAST])


@dataclass(frozen=True, slots=True)
class Shortcut:
    """Days that people ask for, by name."""

    label: str
    first: date
    last: date


def shortcuts() -> list[Shortcut]:
    """This quarter, the last one, and this year, as far as they have passed."""
    today = timezone.localdate()
    quarter = Quarter.containing(today)
    return [
        Shortcut(_("This quarter"), quarter.start, today),
        Shortcut(_("Last quarter"), quarter.previous.start, quarter.start - timedelta(days=1)),
        Shortcut(_("This year"), quarter.year_start, today),
    ]
