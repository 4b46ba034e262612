"""What a secretary says when deciding on an application."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.enums import FunctionalRole
from temp_portal.core.forms import DayField


class ApproveForm(forms.Form):
    """The seat that the approval gives."""

    effective_on = DayField(
        label=_("Member from"),
        initial=timezone.localdate,
        help_text=_("The day of the decision, today or earlier. Reports count the admission by it."),
    )
    document = forms.CharField(
        label=_("Decision document"),
        max_length=300,
        required=False,
        help_text=_("For example: minutes no. 7 of the council."),
    )
    functional_role = forms.ChoiceField(
        label=_("Functional role"),
        choices=FunctionalRole.choices,
        help_text=_("Set from the ownership; change it if the committee decided otherwise."),
    )
    voting = forms.BooleanField(label=_("With a vote (without one it is an observer)"), required=False, initial=True)
    reason = forms.CharField(
        label=_("Note to the enterprise"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def seat(self) -> dict[str, Any]:
        """What `workflows.applications.approve` takes."""
        return dict(self.cleaned_data)


class ReturnForm(forms.Form):
    reason = forms.CharField(
        label=_("What is missing"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The enterprise reads it. Its clock stops until it sends the application again."),
        error_messages={"required": _("Say what is missing: the enterprise will read it.")},
    )


class RejectForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The enterprise reads it, and can apply again after half a year."),
        error_messages={"required": _("Give the reason: the enterprise will read it.")},
    )
