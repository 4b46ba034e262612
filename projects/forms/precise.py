"""Days of which perhaps only the month or the year is known."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from projects.enums import DatePrecision

_WRITTEN: Final = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")
_BY_LENGTH: Final = {4: DatePrecision.YEAR, 7: DatePrecision.MONTH, 10: DatePrecision.DAY}


@dataclass(frozen=True, slots=True)
class PreciseDay:
    """The first day that is meant, and how much of it is known."""

    day: date
    precision: DatePrecision


class PreciseDayField(forms.CharField):
    """A day typed as YYYY-MM-DD, YYYY-MM or YYYY; the clean value is a PreciseDay, or None."""

    default_error_messages = {
        "unreadable": _("Write the day, the month or the year, for example 2026-03-14, 2026-03 or 2026.")
    }

    def __init__(self, **options: Any) -> None:
        attributes = {"inputmode": "numeric", "placeholder": "YYYY-MM-DD", "autocomplete": "off", "class": "short"}
        options.setdefault("help_text", _("Leave the day out, or the month, if it is not known."))
        super().__init__(max_length=10, widget=forms.TextInput(attrs=attributes), **options)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        if not _WRITTEN.fullmatch(text):
            raise ValidationError(self.error_messages["unreadable"], code="unreadable")
        try:
            day = date.fromisoformat(f"{text}-01-01"[:10])
        except ValueError:
            raise ValidationError(self.error_messages["unreadable"], code="unreadable") from None
        return PreciseDay(day, _BY_LENGTH[len(text)])
