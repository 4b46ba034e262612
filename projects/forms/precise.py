"""Days of which perhaps only the month or the year is known."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from projects.enums import DatePrecision
from temp_portal.core.tabular.dates import DateError, parse_date


@dataclass(frozen=True, slots=True)
class PreciseDay:
    """The first day that is meant, and how much of it is known."""

    day: date
    precision: DatePrecision


class PreciseDayField(forms.CharField):
    """A day as exactly as it is known: YYYY-MM-DD, YYYY-MM or YYYY; the clean value is a PreciseDay, or None."""

    def __init__(self, **options: Any) -> None:
        attributes = {"inputmode": "numeric", "placeholder": "YYYY-MM-DD", "autocomplete": "off", "class": "short"}
        options.setdefault("help_text", _("Leave the day out, or the month, if it is not known."))
        super().__init__(max_length=30, widget=forms.TextInput(attrs=attributes), **options)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            found = parse_date(text)
        except DateError as error:
            raise ValidationError(str(error)) from error
        return PreciseDay(found.first_day, DatePrecision(found.precision))
