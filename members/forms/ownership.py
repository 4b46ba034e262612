"""Verifying a declared ownership by its evidence."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.enums import OwnershipType
from temp_portal.core.forms import DayField

FROM_DAY, WHOLE = "from", "whole"


class VerifyOwnershipForm(forms.Form):
    """From a day on (usual), or for all days of the ownership (a correction)."""

    scope = forms.ChoiceField(
        label=_("For which time"),
        choices=[
            (FROM_DAY, _("From a day on; before it the ownership stays unverified")),
            (WHOLE, _("The whole time: the evidence covers it from its first day")),
        ],
        widget=forms.RadioSelect,
        initial=FROM_DAY,
    )
    verified_on = DayField(label=_("Verified from"), initial=timezone.localdate, required=False)
    evidence = forms.CharField(
        label=_("Evidence"),
        max_length=500,
        help_text=_("The document that you have seen: register extract, shareholder register, list of central SOEs."),
    )
    evidence_on = DayField(label=_("Date of the evidence"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("scope") == FROM_DAY and not cleaned.get("verified_on") and "verified_on" not in self.errors:
            self.add_error("verified_on", _("Enter the day from which it is verified."))
        return cleaned

    def scope_of_verification(self) -> dict[str, Any]:
        """What `workflows.verify_ownership` takes."""
        return {
            "whole": self.cleaned_data["scope"] == WHOLE,
            "verified_on": self.cleaned_data["verified_on"],
            "evidence": self.cleaned_data["evidence"],
            "evidence_on": self.cleaned_data["evidence_on"],
        }


class StatementForm(forms.Form):
    """What an organisation says of its ownership, with the document that shows it."""

    type = forms.ChoiceField(label=_("Ownership"), choices=OwnershipType.choices)
    controller = forms.CharField(
        label=_("Actual controller"), max_length=300, help_text=_("Who controls the organisation in the end.")
    )
    since = DayField(
        label=_("Holds since"), help_text=_("The day of the change; for newer evidence leave it as it is.")
    )
    evidence = forms.CharField(
        label=_("Evidence"),
        max_length=500,
        help_text=_("For example: extract of the register no. 118, or the shareholder register."),
    )
    evidence_on = DayField(label=_("Date of the evidence"))
