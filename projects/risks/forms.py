"""What one says of a risk."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.forms.fields import reason
from projects.risks.enums import Impact, Likelihood
from projects.risks.models import Risk
from temp_portal.core.forms import DayField, ModelForm

REVIEW_IN = timedelta(days=90)


def _scale(label: Any, choices: Any) -> forms.TypedChoiceField:
    numbered = [(value, f"{value} – {text}") for value, text in choices]
    return forms.TypedChoiceField(label=label, choices=[("", gettext_lazy("choose…")), *numbered], coerce=int)


def _next_review(**options: Any) -> DayField:
    return DayField(label=gettext_lazy("Next review"), **options)


class RiskForm(ModelForm[Risk]):
    """A risk as it is described."""

    review_on = _next_review()

    class Meta:
        model = Risk
        fields = ["title", "type", "description", "owner", "mitigation", "review_on"]
        widgets = {
            "description": forms.Textarea(attrs={"rows": 3}),
            "mitigation": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "title": gettext_lazy("What may happen, in one sentence."),
            "owner": gettext_lazy("The post or department that answers for it, not a person’s name."),
            "mitigation": gettext_lazy(
                "For example: other markets, research abroad, local production, technology of one’s own."
            ),
        }


class NewRiskForm(RiskForm):
    """With its first assessment."""

    likelihood = _scale(gettext_lazy("Likelihood"), Likelihood.choices)
    impact = _scale(gettext_lazy("Impact"), Impact.choices)
    field_order = ("title", "type", "description", "likelihood", "impact", "owner", "mitigation", "review_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"review_on": timezone.localdate() + REVIEW_IN} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)

    def clean_review_on(self) -> date:
        return _not_past(self.cleaned_data["review_on"])

    def assessment(self) -> dict[str, Any]:
        """How likely and how bad it is."""
        return {name: self.cleaned_data[name] for name in ("likelihood", "impact")}


class AssessForm(forms.Form):
    assessed_on = DayField(label=gettext_lazy("Assessed on"), initial=timezone.localdate)
    likelihood = _scale(gettext_lazy("Likelihood"), Likelihood.choices)
    impact = _scale(gettext_lazy("Impact"), Impact.choices)
    note = forms.CharField(
        label=gettext_lazy("Why"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    review_on = _next_review()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"review_on": timezone.localdate() + REVIEW_IN} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)

    def clean_review_on(self) -> date:
        return _not_past(self.cleaned_data["review_on"])


class CloseForm(forms.Form):
    closed_on = DayField(label=gettext_lazy("Closed on"), initial=timezone.localdate)
    reason = reason(required=True)


class ReopenForm(forms.Form):
    reason = reason(required=True)


def _not_past(day: date) -> date:
    if day <= timezone.localdate():
        raise ValidationError(_("Choose a day that is still to come."))
    return day
