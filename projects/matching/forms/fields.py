"""Fields that the forms of matching share."""

import re
from decimal import Decimal
from typing import Any, Final, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.models import Organisation
from projects.forms.amounts import ExactField
from temp_portal.core.forms import ModelForm

MOST: Final = Decimal(10) ** 14
SEPARATORS: Final = re.compile(r"[\s.\-]")


class Quantity(ExactField):
    """A quantity with at most three decimals."""

    def __init__(self, **options: Any) -> None:
        super().__init__(places=3, most=MOST, **options)


class Price(ExactField):
    """A price per unit with at most four decimals."""

    def __init__(self, **options: Any) -> None:
        super().__init__(places=4, most=MOST, **options)


class HsField(forms.CharField):
    """Two to ten digits of the Harmonised System, with or without points; the clean value is digits."""

    def __init__(self, **options: Any) -> None:
        usual: dict[str, Any] = {
            "label": gettext_lazy("HS code"),
            "help_text": gettext_lazy("Two, four, six, eight or ten digits, for example 8541.43."),
            "max_length": 20,
            "widget": forms.TextInput(attrs={"class": "short", "inputmode": "numeric", "autocomplete": "off"}),
        }
        super().__init__(**usual | options)

    def clean(self, value: Any) -> str:
        digits = SEPARATORS.sub("", str(super().clean(value)))
        if not re.fullmatch(r"(?:[0-9]{2}){1,5}", digits):
            raise ValidationError(_("Write two, four, six, eight or ten digits, for example 8541.43."))
        return digits


class PriceBreaksField(forms.CharField):
    """One line a price, "from quantity: price"; the clean value is a list of pairs in ascending quantity."""

    def __init__(self, **options: Any) -> None:
        usual: dict[str, Any] = {
            "label": gettext_lazy("Prices per unit"),
            "required": False,
            "max_length": 2000,
            "widget": forms.Textarea(attrs={"rows": 4}),
            "help_text": gettext_lazy("One line each, from the quantity: price. For example 1000: 2.50"),
        }
        super().__init__(**usual | options)

    def clean(self, value: Any) -> Any:
        lines = [line for line in str(super().clean(value)).splitlines() if line.strip()]
        found: dict[Decimal, Decimal] = {}
        for number, line in enumerate(lines, start=1):
            quantity, price = self._pair(number, line)
            if quantity in found:
                raise ValidationError(_("Line %(number)s: two prices begin at the same quantity.") % {"number": number})
            found[quantity] = price
        return sorted(found.items())

    def _pair(self, number: int, line: str) -> tuple[Decimal, Decimal]:
        quantity, colon, price = line.partition(":")
        try:
            if not colon:
                raise ValidationError(_("Write a colon between quantity and price."))
            return Quantity().clean(quantity), Price().clean(price)
        except ValidationError as error:
            told = {"number": number, "problem": " ".join(error.messages)}
            raise ValidationError(_("Line %(number)s: %(problem)s") % told) from error


class OwnedForm(ModelForm[Any]):
    """A form of something that belongs to an organisation: a representative's own, any for those who keep them all."""

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner = cast("forms.ModelChoiceField[Organisation]", self.fields["organisation"])
        owner.required = True
        if not user.has_perm("matching.move_match"):
            own = Organisation.objects.represented_by(user).order_by("legal_name", "pk")
            owner.queryset = own
            owner.widget = forms.Select()
            owner.widget.choices = owner.choices
            first = own.first()
            if self.instance.pk is None and first is not None:
                self.initial.setdefault("organisation", first.pk)
