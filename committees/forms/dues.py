"""What one says of dues: tiers, the year to be drawn up, payments and waivers."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.forms.fields import document, reason
from committees.models import DuesPayment, DuesTier
from temp_portal.core.currencies import ACTIVE
from temp_portal.core.db import date_range
from temp_portal.core.forms import DayField, ModelForm
from temp_portal.core.money import AmountError, parse_decimal

NAMES = ("name_en", "name_zh_hans", "name_ru")
CENT = Decimal("0.01")
MOST = Decimal(10) ** 10


class AmountField(forms.CharField):
    """An exact amount, as people write it ("2 000", "2,000.50"); the clean value is a Decimal of two places."""

    def __init__(self, **options: Any) -> None:
        attributes = {"inputmode": "decimal", "autocomplete": "off", "class": "short"}
        super().__init__(max_length=30, widget=forms.TextInput(attrs=attributes), **options)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            amount = parse_decimal(text)
        except AmountError as error:
            raise ValidationError(str(error)) from error
        if amount < 0 or amount >= MOST:
            raise ValidationError(_("Write an amount from 0 to ten thousand million."))
        if amount != amount.quantize(CENT):
            raise ValidationError(_("Write at most two digits after the decimal sign."))
        return amount.quantize(CENT)


class TierForm(ModelForm[DuesTier]):
    """A fixed amount for a group of members, and who decided it."""

    amount = AmountField(label=gettext_lazy("Amount a year"), help_text=gettext_lazy("One fixed amount, no range."))
    begins_on = DayField(label=gettext_lazy("In force from"))
    ends_on = DayField(
        label=gettext_lazy("Last day in force"), required=False, help_text=gettext_lazy("Empty as long as it holds.")
    )

    class Meta:
        model = DuesTier
        fields = ["kind", *NAMES, "amount", "currency", "decided_by", "document"]
        labels = {
            "name_en": gettext_lazy("Name in English"),
            "name_zh_hans": gettext_lazy("Name in Chinese"),
            "name_ru": gettext_lazy("Name in Russian"),
        }
        help_texts = {
            "currency": gettext_lazy("Three letters, for example CNY."),
            "decided_by": gettext_lazy(
                "The body that may decide it. An association’s branch sets no dues of its own: name the association’s."
            ),
            "document": gettext_lazy("For example: minutes no. 7 of the member assembly, 14 March 2026."),
        }
        widgets = {"currency": forms.TextInput(attrs={"class": "short", "autocomplete": "off"})}

    field_order = ("kind", *NAMES, "amount", "currency", "begins_on", "ends_on", "decided_by", "document")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.valid:
            self.initial["begins_on"] = self.instance.valid.lower
            self.initial["ends_on"] = self.instance.valid.upper and self.instance.valid.upper - timedelta(days=1)

    def clean_currency(self) -> str:
        code = str(self.cleaned_data["currency"]).strip().upper()
        if code not in ACTIVE:
            raise ValidationError(
                _("“%(code)s” is no currency. Write three letters, for example CNY.") % {"code": code}
            )
        return code

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not any(cleaned.get(name) for name in NAMES):
            self.add_error("name_en", _("Write the name in at least one language."))
        begins_on, ends_on = cleaned.get("begins_on"), cleaned.get("ends_on")
        if begins_on and ends_on and ends_on < begins_on:
            self.add_error("ends_on", _("The last day lies before the first."))
        elif begins_on:
            self.instance.valid = date_range(begins_on, ends_on + timedelta(days=1) if ends_on else None)
        return cleaned


class DrawUpForm(forms.Form):
    """The year for which members are charged."""

    year = forms.IntegerField(
        label=gettext_lazy("Year"), min_value=2000, max_value=2100, widget=forms.NumberInput(attrs={"class": "short"})
    )
    day = DayField(
        label=gettext_lazy("By the roster of"),
        help_text=gettext_lazy("Members with a vote, their offices and the tiers of this day, today or earlier."),
    )
    due_on = DayField(label=gettext_lazy("To be paid by"))
    document = document()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        today = timezone.localdate()
        usual = {"year": today.year, "day": today, "due_on": today + timedelta(days=60)}
        kwargs["initial"] = usual | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise ValidationError(_("The day lies in the future: choose today or an earlier day."))
        return day


def _proof() -> forms.CharField:
    return document(
        label=gettext_lazy("Document"), required=True, help_text=gettext_lazy("For example: bank slip no. 4711.")
    )


class PaymentForm(forms.Form):
    amount = AmountField(label=gettext_lazy("Amount"))
    paid_on = DayField(label=gettext_lazy("Paid on"), initial=timezone.localdate)
    document = _proof()


class CorrectPaymentForm(forms.Form):
    amount = AmountField(label=gettext_lazy("Right amount"), help_text=gettext_lazy("0 if no payment was made at all."))
    paid_on = DayField(label=gettext_lazy("Paid on"))
    document = _proof()
    reason = reason(required=True, label=gettext_lazy("How it was wrong"))

    def __init__(self, *args: Any, payment: DuesPayment, **kwargs: Any) -> None:
        kwargs["initial"] = {name: getattr(payment, name) for name in ("amount", "paid_on", "document")}
        super().__init__(*args, **kwargs)


class WaiveForm(forms.Form):
    waived_on = DayField(label=gettext_lazy("Day of the decision"), initial=timezone.localdate)
    document = document(required=True)
    reason = reason(required=True)


class ReasonForm(forms.Form):
    reason = reason(required=True)
