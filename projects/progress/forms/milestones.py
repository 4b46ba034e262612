"""What one says of a milestone."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.forms.fields import reason
from projects.forms.precise import PreciseDay, PreciseDayField
from projects.precision import typed
from projects.progress.models import Milestone
from temp_portal.core.forms import DayField, ModelForm


class MilestoneForm(ModelForm[Milestone]):
    planned = PreciseDayField(label=gettext_lazy("Planned for"))
    expected_on = DayField(
        label=gettext_lazy("Now expected for"),
        required=False,
        help_text=gettext_lazy("Only if it is no longer the planned day. The plan itself stays as it was."),
    )
    weight = forms.DecimalField(
        label=gettext_lazy("Weight"),
        required=False,
        min_value=Decimal("0.01"),
        max_digits=5,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "short"}),
        help_text=gettext_lazy("Its part of the whole, for example 20. Only weights of one project are compared."),
    )
    field_order = ("title", "planned", "expected_on", "weight", "note")

    class Meta:
        model = Milestone
        fields = ["title", "expected_on", "weight", "note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.planned_on:
            self.initial["planned"] = typed(self.instance.planned_on, self.instance.planned_precision)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        planned: PreciseDay | None = cleaned.get("planned")
        if planned:
            self.instance.planned_on, self.instance.planned_precision = planned.day, planned.precision
        return cleaned


class ReachForm(forms.Form):
    reached = PreciseDayField(label=gettext_lazy("Reached on"))
    reason = reason(label=gettext_lazy("Evidence or remark"), help_text=gettext_lazy("It stays on record."))


class ReasonForm(forms.Form):
    reason = reason(required=True)


class WordsForm(forms.Form):
    """What is to be put right in an update."""

    note = forms.CharField(
        label=gettext_lazy("What is to be put right"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("The lead enterprise reads it as you write it."),
    )


class CommentForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Your comment"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("For the committees behind the project, the lead enterprise and the Secretariat."),
    )

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if not text.strip():
            raise ValidationError(_("Write a comment first."))
        return text
