"""An exchange rate written by hand."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.enums import DatePrecision, RatePrecision
from projects.forms.amounts import RATE_MOST, CurrencyField, ExactField
from projects.forms.precise import PreciseDayField
from projects.models import ExchangeRate
from projects.precision import typed
from temp_portal.core.forms import ModelForm


class RateForm(ModelForm[ExchangeRate]):
    """Units of one currency for one of another, on a day or on average of a year, and who published it."""

    base = CurrencyField(label=gettext_lazy("For one unit of"))
    quote = CurrencyField(label=gettext_lazy("Currency"))
    rate = ExactField(
        label=gettext_lazy("Rate"),
        places=12,
        most=RATE_MOST,
        help_text=gettext_lazy("How many units of the currency one gets, for example 7.1032."),
    )
    when = PreciseDayField(
        label=gettext_lazy("Day or year"),
        help_text=gettext_lazy("A day, or a year alone for its average, which serves only amounts dated by that year."),
    )

    class Meta:
        model = ExchangeRate
        fields = ("source",)
        help_texts = {"source": gettext_lazy("Who published it, for example the national bank.")}
        widgets = {"source": forms.TextInput(attrs={"autocomplete": "off"})}

    field_order = ("base", "quote", "rate", "when", "source")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            own = self.instance
            self.initial["base"], self.initial["quote"] = own.base, own.quote
            self.initial["rate"], self.initial["when"] = f"{own.rate.normalize():f}", typed(own.date, own.precision)

    def clean_when(self) -> Any:
        when = self.cleaned_data["when"]
        if when.precision == DatePrecision.MONTH:
            raise ValidationError(_("A rate is that of a day, or the average of a year."))
        if when.day > timezone.localdate():
            raise ValidationError(_("The day lies in the future: choose today or an earlier day."))
        return when

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("base") and cleaned.get("base") == cleaned.get("quote"):
            self.add_error("quote", _("A rate is between two currencies."))
        for name in ("base", "quote", "rate"):
            if cleaned.get(name):
                setattr(self.instance, name, cleaned[name])
        if when := cleaned.get("when"):
            self.instance.date, self.instance.precision = when.day, RatePrecision(when.precision)
        return cleaned
