"""What is recorded when a match moves."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from committees.forms.fields import document, effective_on, reason
from committees.models import Committee
from projects.forms.amounts import AMOUNT_MOST, CurrencyField, ExactField
from projects.matching.forms.fields import Price
from projects.matching.models import Match
from temp_portal.accounts.enums import Role
from temp_portal.accounts.permissions import holds
from temp_portal.core.forms import ModelChoiceField


class MoveForm(forms.Form):
    effective_on = effective_on()
    reason = reason(label=_("Note"))


class ReasonedMoveForm(forms.Form):
    effective_on = effective_on()
    reason = reason(required=True)


class QuoteForm(forms.Form):
    price = Price(label=_("Price per unit"))
    currency = CurrencyField(label=_("Currency"))
    effective_on = effective_on(label=_("Quoted on"))
    reason = reason(label=_("Note"))


class ContractForm(forms.Form):
    """The contract, and the project that it becomes."""

    value = ExactField(label=_("Contract value"), places=2, most=AMOUNT_MOST)
    currency = CurrencyField(label=_("Currency"))
    document = document(label=_("Contract"), required=True, help_text=_("For example: contract no. 17 of 3 June 2026."))
    effective_on = effective_on(label=_("Signed on"))
    committee = ModelChoiceField[Committee](
        Committee.objects.none(),
        label=_("Committee that stands behind the project"),
        help_text=_("The contract becomes a project in stage S1, with both sides taking part."),
    )
    code = forms.CharField(label=_("Code of the new project"), max_length=40)

    def __init__(self, *args: Any, match: Match, user: Any, **kwargs: Any) -> None:
        usual = {
            "code": f"TEMP-M{match.pk:04d}",
            "currency": match.quoted_currency,
        }
        kwargs["initial"] = usual | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        committees = Committee.objects.visible_to(user)
        if not holds(user, Role.STAFF, Role.ADMINISTRATOR):
            committees = Committee.objects.officers_own(user)
        cast("forms.ModelChoiceField[Committee]", self.fields["committee"]).queryset = committees.order_by("slug")
