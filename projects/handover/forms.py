"""What one says of a line of transfer, of a handover, of a review."""

from decimal import Decimal
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.forms.fields import reason
from projects.handover.enums import SpareParts, TransferKind
from projects.handover.models import TransferLine
from temp_portal.core.forms import DayField, ModelForm

EVIDENCE: Final = {
    "completed_on": gettext_lazy("Leave it open as long as it is not done."),
    "evidence": gettext_lazy("For example: minutes of 14 March 2026, licence no. 4711."),
}
#: Labels of what each kind has (domain brief §6.8), in the order of the form.
FIELDS: Final[dict[str, dict[str, Any]]] = {
    TransferKind.STANDARDS: {
        "title": gettext_lazy("Standard"),
        "reference": gettext_lazy("Code of the standard"),
        "completed_on": gettext_lazy("Adopted on"),
    },
    TransferKind.TECHNOLOGY: {
        "title": gettext_lazy("Technology"),
        "reference": gettext_lazy("Licence"),
        "completed_on": gettext_lazy("Transferred on"),
    },
    TransferKind.EXPERTISE: {
        "title": gettext_lazy("Training"),
        "starts_on": gettext_lazy("From"),
        "persons": gettext_lazy("Persons trained"),
        "certificates": gettext_lazy("Certificates issued"),
        "completed_on": gettext_lazy("Completed on"),
    },
    TransferKind.MANAGEMENT: {
        "title": gettext_lazy("Contract"),
        "reference": gettext_lazy("Number of the contract"),
        "starts_on": gettext_lazy("From"),
        "ends_on": gettext_lazy("Until"),
        "localised": gettext_lazy("Posts held by local staff, %"),
        "completed_on": gettext_lazy("Handed over on"),
    },
}
DAYS: Final = ("starts_on", "ends_on", "completed_on")


class LineForm(ModelForm[TransferLine]):
    """With the boxes of the line's kind. Without `applies`, only the reason counts."""

    applies = forms.BooleanField(
        label=gettext_lazy("There is something of this kind to transfer"), required=False, initial=True
    )
    starts_on = DayField(required=False)
    ends_on = DayField(required=False)
    completed_on = DayField(required=False)

    class Meta:
        model = TransferLine
        fields = [
            "applies",
            "title",
            "reference",
            "starts_on",
            "ends_on",
            "persons",
            "certificates",
            "localised",
            "completed_on",
            "evidence",
            "note",
        ]
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"note": gettext_lazy("Where there is nothing to transfer: why.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = FIELDS[self.instance.kind]
        shown = ("applies", *labels, "evidence", "note")
        self.fields = {name: self.fields[name] for name in shown}
        for name, label in labels.items():
            self.fields[name].label = label
        for name, hint in EVIDENCE.items():
            self.fields[name].help_text = hint

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("applies"):
            return self._nothing(cleaned)
        if not cleaned.get("title") and "title" not in self.errors:
            self.add_error("title", _("Name it."))
        if cleaned.get("completed_on") and not cleaned.get("evidence"):
            self.add_error("evidence", _("Say what shows it."))
        if cleaned.get("completed_on") and cleaned["completed_on"] > timezone.localdate():
            self.add_error("completed_on", _("The day lies in the future: choose today or an earlier day."))
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("The last day lies before the first."))
        return cleaned

    def _nothing(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        if not cleaned.get("note"):
            self.add_error("note", _("Say why there is nothing of this kind to transfer."))
        if any(cleaned.get(name) for name in ("title", "completed_on")):
            self.add_error("applies", _("Tick this, or empty what you have filled in below."))
        return cleaned


def _percent(label: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        min_value=Decimal(0),
        max_value=Decimal(100),
        max_digits=5,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "short"}),
    )


class IssueForm(forms.Form):
    handed_over_on = DayField(label=gettext_lazy("Handed over on"), initial=timezone.localdate)
    received_by = forms.CharField(
        label=gettext_lazy("Received by"),
        max_length=300,
        help_text=gettext_lazy("The organisation in the host country, as it is to stand in the certificate."),
    )

    def clean_received_by(self) -> str:
        name = str(self.cleaned_data["received_by"]).strip()
        if not name:
            raise ValidationError(_("Name who received the project."))
        return name


class RevokeForm(forms.Form):
    reason = reason(required=True)


class ReviewForm(forms.Form):
    done_on = DayField(label=gettext_lazy("Looked at on"), initial=timezone.localdate)
    availability = _percent(gettext_lazy("Availability, %"))
    spare_parts = forms.ChoiceField(
        label=gettext_lazy("Spare parts"), choices=[("", gettext_lazy("choose…")), *SpareParts.choices]
    )
    local_staff = _percent(gettext_lazy("Local staff, %"))
    findings = forms.CharField(
        label=gettext_lazy("Findings"), max_length=5000, widget=forms.Textarea(attrs={"rows": 5})
    )
    evidence = forms.CharField(label=gettext_lazy("Evidence"), max_length=300, required=False)
