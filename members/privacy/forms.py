"""What people ask for and the Secretariat answers, decides and writes down."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from members.models import Person
from members.privacy.enums import RequestKind
from members.privacy.models import Breach
from temp_portal.core.country_names import country_choices
from temp_portal.core.forms import DayField, ModelChoiceField, ModelForm

LONG = {"rows": 12}
SHORT = {"rows": 4}
MOMENTS = ["%Y-%m-%d %H:%M", "%Y-%m-%d"]


class MomentField(forms.DateTimeField):
    """A moment typed as YYYY-MM-DD HH:MM in the portal's time zone."""

    def __init__(self, **options: Any) -> None:
        attributes = {"placeholder": "YYYY-MM-DD HH:MM", "autocomplete": "off", "class": "short"}
        widget = forms.DateTimeInput(format=MOMENTS[0], attrs=attributes)
        super().__init__(input_formats=MOMENTS, widget=widget, **options)


class NoticeForm(forms.Form):
    """A new version of the notice, in as many languages as there are."""

    text_en = forms.CharField(label=_("English"), widget=forms.Textarea(attrs=LONG), required=False)
    text_zh_hans = forms.CharField(label=_("Chinese"), widget=forms.Textarea(attrs=LONG), required=False)
    text_ru = forms.CharField(label=_("Russian"), widget=forms.Textarea(attrs=LONG), required=False)


class ChooseCountryForm(forms.Form):
    """Whose notice or rule."""

    country = forms.ChoiceField(
        label=_("Country"),
        choices=lambda: [("", _("General: every country without its own")), *country_choices()],
        required=False,
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs=SHORT),
        error_messages={"required": _("Give the reason: it stays on record.")},
    )


class RequestForm(forms.Form):
    """What a person wants, about oneself or about a colleague whom the own organisation has named."""

    kind = forms.ChoiceField(label=_("What do you want?"), choices=RequestKind.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("What is wrong, or what shall no longer be done"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("In any language. Do not send documents of identity."),
        error_messages={"required": _("Write what is wrong or what you want.")},
    )

    def __init__(self, *args: Any, colleagues: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if colleagues.exists():
            about: ModelChoiceField[Person] = ModelChoiceField(
                label=_("About"), queryset=colleagues, required=False, empty_label=_("myself")
            )
            self.fields = {"person": about, **self.fields}


class AnswerForm(forms.Form):
    granted = forms.TypedChoiceField(
        label=_("Answer"),
        choices=[("yes", _("granted: what was asked has been done")), ("no", _("refused"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("Answer with its reason"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("The person will read it."),
        error_messages={"required": _("Give the answer with its reason: the person will read it.")},
    )


class BreachForm(ModelForm[Breach]):
    happened_on = DayField(label=_("Happened on"), required=False)
    found_at = MomentField(label=_("Found at"))
    authority_told_at = MomentField(label=_("Authority told at"), required=False)
    people_told_at = MomentField(label=_("People told at"), required=False)
    closed_at = MomentField(label=_("Closed at"), required=False)

    class Meta:
        model = Breach
        fields = (
            "title",
            "happened_on",
            "found_at",
            "description",
            "data_concerned",
            "people_concerned",
            "harm",
            "measures",
            "authority_told_at",
            "people_told_at",
            "why_not_told",
            "closed_at",
        )
        widgets = {
            name: forms.Textarea(attrs=SHORT)
            for name in (
                "description",
                "data_concerned",
                "harm",
                "measures",
                "why_not_told",
            )
        }
