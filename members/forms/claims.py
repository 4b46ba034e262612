"""Asking to represent an organisation of the register, and the answer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from members.models import Claim
from temp_portal.core.forms import ModelForm


class ClaimForm(ModelForm[Claim]):
    class Meta:
        model = Claim
        fields = ("post", "statement")
        labels = {"post": _("Your post in the organisation"), "statement": _("What shows that you may speak for it")}
        help_texts = {
            "statement": _(
                "Name the power of attorney or letter with its date, and who can be called to check. Only those read "
                "it who decide: people who represent the organisation, or the Secretariat."
            )
        }
        widgets = {"statement": forms.Textarea(attrs={"rows": 4})}


class ConfirmClaimForm(forms.Form):
    reason = forms.CharField(
        label=_("Note for the record"),
        help_text=_("How you checked it, for example a call to the number in the register."),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )


class RefuseClaimForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), help_text=_("The person reads it."), widget=forms.Textarea(attrs={"rows": 3})
    )
