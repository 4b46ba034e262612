"""Fields that the forms of projects share."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from projects.enums import DatePrecision
from temp_portal.core.tabular.dates import DateError, parse_date

Dated = tuple[date | None, str]

_FORMATS = {DatePrecision.DAY: "%Y-%m-%d", DatePrecision.MONTH: "%Y-%m", DatePrecision.YEAR: "%Y"}


class PartialDayField(forms.CharField):
    """A date as exactly as it is known: YYYY-MM-DD, YYYY-MM or YYYY. Its value is (first day, precision)."""

    def __init__(self, **options: Any) -> None:
        attributes = {"placeholder": "YYYY-MM-DD", "autocomplete": "off", "class": "short"}
        super().__init__(max_length=30, required=False, widget=forms.TextInput(attributes), **options)

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, tuple):
            return value
        day, precision = value
        return day.strftime(_FORMATS[DatePrecision(precision)]) if day else ""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None, DatePrecision.DAY.value
        try:
            found = parse_date(text)
        except DateError as error:
            raise ValidationError(str(error)) from error
        return found.first_day, found.precision


def share(**options: Any) -> forms.DecimalField:
    """A share in percent, to the hundredth."""
    usual: dict[str, Any] = {
        "label": _("Share, %"),
        "min_value": Decimal("0.01"),
        "max_value": Decimal(100),
        "max_digits": 5,
        "decimal_places": 2,
        "required": False,
        "widget": forms.TextInput(attrs={"inputmode": "decimal", "class": "short"}),
    }
    return forms.DecimalField(**usual | options)
