"""Exact numbers and currencies as people write them; no number passes through a binary fraction."""

from decimal import Decimal
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from temp_portal.core.currencies import is_currency
from temp_portal.core.money import AmountError, parse_decimal

AMOUNT_MOST: Final = Decimal(10) ** 15
RATE_MOST: Final = Decimal(10) ** 12


class ExactField(forms.CharField):
    """A number above zero with at most `places` decimals, as people write it ("2 000", "2,000.50"): a Decimal."""

    def __init__(self, *, places: int, most: Decimal, **options: Any) -> None:
        self.places, self.step, self.most = places, Decimal(1).scaleb(-places), most
        attributes = {"inputmode": "decimal", "autocomplete": "off", "class": "short"}
        super().__init__(max_length=40, widget=forms.TextInput(attrs=attributes), **options)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            number = parse_decimal(text)
        except AmountError as error:
            raise ValidationError(str(error)) from error
        if not 0 < number < self.most:
            raise ValidationError(_("Write a number above zero, and no larger than is believable."))
        if number != number.quantize(self.step):
            raise ValidationError(
                _("Write at most %(places)s digits after the decimal sign.") % {"places": self.places}
            )
        return number.quantize(self.step)


class CurrencyField(forms.CharField):
    """A code of ISO 4217, of a currency in use or of one that older records carry."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", gettext_lazy("Three letters, for example CNY."))
        super().__init__(
            max_length=3, widget=forms.TextInput(attrs={"class": "short", "autocomplete": "off"}), **options
        )

    def clean(self, value: Any) -> Any:
        code = str(super().clean(value)).strip().upper()
        if code and not is_currency(code):
            raise ValidationError(
                _("“%(code)s” is no currency. Write three letters, for example CNY.") % {"code": code}
            )
        return code
