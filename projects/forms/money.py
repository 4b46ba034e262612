"""What one says of an amount: kind, currency, date, who pays whom, the evidence, and the rate if one was agreed."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.forms.fields import reason
from committees.forms.pickers import OrganisationField
from projects.enums import FINANCE_OF, FinanceType, MoneyKind
from projects.forms.amounts import AMOUNT_MOST, RATE_MOST, CurrencyField, ExactField
from projects.forms.precise import PreciseDayField
from projects.models import MoneyEvent
from projects.precision import typed


class MoneyForm(forms.Form):
    """An amount in its own currency."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=[("", ""), *MoneyKind.choices],
        help_text=gettext_lazy("Kinds are never added to each other."),
    )
    amount = ExactField(label=gettext_lazy("Amount"), places=2, most=AMOUNT_MOST)
    currency = CurrencyField(label=gettext_lazy("Currency"))
    when = PreciseDayField(label=gettext_lazy("Date"))
    finance_type = forms.ChoiceField(
        label=gettext_lazy("Finance type"), choices=[("", ""), *FinanceType.choices], required=False
    )
    payer_organisation = OrganisationField(label=gettext_lazy("Payer in the registry"))
    payer = forms.CharField(label=gettext_lazy("Or the payer’s name"), max_length=300, required=False)
    receiver_organisation = OrganisationField(label=gettext_lazy("Receiver in the registry"))
    receiver = forms.CharField(label=gettext_lazy("Or the receiver’s name"), max_length=300, required=False)
    evidence = forms.CharField(
        label=gettext_lazy("Evidence"),
        max_length=500,
        help_text=gettext_lazy("For example: loan agreement no. 12, 14 March 2026, article 3."),
    )
    rate_to_usd = ExactField(
        label=gettext_lazy("US dollars for one unit"),
        places=12,
        most=RATE_MOST,
        required=False,
        help_text=gettext_lazy(
            "Only if a rate was agreed or recorded with the amount: it then wins over published ones."
        ),
    )
    rate_source = forms.CharField(
        label=gettext_lazy("Source of the rate"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Needed with a rate, and always for the Iranian rial, of which several are published."),
    )

    @classmethod
    def initial_of(cls, event: MoneyEvent) -> dict[str, Any]:
        """The form as the event stands."""
        same = ("kind", "currency", "finance_type", "payer", "receiver", "evidence", "rate_source")
        found = {name: getattr(event, name) for name in same}
        return found | {
            "amount": f"{event.amount:f}",
            "when": typed(event.event_date, event.date_precision),
            "payer_organisation": event.payer_organisation_id,
            "receiver_organisation": event.receiver_organisation_id,
            "rate_to_usd": f"{event.rate_to_usd.normalize():f}" if event.rate_to_usd else "",
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        kind, finance = cleaned.get("kind"), cleaned.get("finance_type")
        if kind and finance and finance not in FINANCE_OF.get(MoneyKind(kind), ()):
            self.add_error("finance_type", _("This finance type does not go with this kind of amount."))
        if not cleaned.get("rate_source") and (cleaned.get("rate_to_usd") or cleaned.get("currency") == "IRR"):
            self.add_error("rate_source", _("Name the source of the rate that counts."))
        when = cleaned.get("when")
        if when and when.day > timezone.localdate():
            self.add_error("when", _("The day lies in the future: choose today or an earlier day."))
        for name in ("payer", "receiver"):
            if cleaned.get(name) and cleaned.get(f"{name}_organisation"):
                self.add_error(name, _("Choose from the registry or write a name, not both."))
        return cleaned

    def said(self) -> dict[str, Any]:
        """What `workflows.money.record_money` takes."""
        values = dict(self.cleaned_data)
        when = values.pop("when")
        return values | {"event_date": when.day, "date_precision": when.precision}


class CorrectMoneyForm(MoneyForm):
    """The amount as it should have been recorded, and why it was wrong."""

    reason = reason(label=gettext_lazy("What was wrong"), required=True, max_length=500)


class CancelMoneyForm(forms.Form):
    """Why an amount never was."""

    reason = reason(required=True, max_length=500)
