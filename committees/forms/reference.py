"""Forms for what is settled beforehand: calendars, reasons, checklists, and who decides on applications."""

from fractions import Fraction
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.checklists import Item
from committees.enums import Decider, VoteBase
from committees.forms.committees import LABELS, NAMES, Layout, SectionedForm
from committees.models import AdmissionProcedure, CalendarDay, DecisionReason
from temp_portal.core.country_names import country_choices
from temp_portal.core.forms import DayField, ModelForm

TEXTS: Final = ("text_en", "text_zh_hans", "text_ru")
TEXT_LABELS: Final = {
    "text_en": gettext_lazy("Text in English"),
    "text_zh_hans": gettext_lazy("Text in Chinese"),
    "text_ru": gettext_lazy("Text in Russian"),
}
LANGUAGES: Final = {"en": "en", "zh_hans": "zh-hans", "ru": "ru"}
#: Empty rows for further items of a checklist, and how many items it may have.
MORE_ITEMS: Final = 3
MAX_ITEMS: Final = 30


class CalendarDayForm(ModelForm[CalendarDay]):
    day = DayField(label=gettext_lazy("Day"))

    class Meta:
        model = CalendarDay
        fields = ("country", "day", "working", *NAMES, "source")
        labels = LABELS | {"working": gettext_lazy("Worked although it is a rest day")}
        help_texts = {"working": "", "source": gettext_lazy("For example the notice that settles it.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"] = forms.ChoiceField(
            label=gettext_lazy("Country"), choices=lambda: [("", ""), *country_choices()]
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not any(cleaned.get(name) for name in NAMES):
            raise ValidationError({NAMES[0]: _("Give the name in at least one language.")})
        return cleaned


class ReasonForm(ModelForm[DecisionReason]):
    class Meta:
        model = DecisionReason
        fields = ("kind", "code", *TEXTS, "active", "order")
        labels = TEXT_LABELS
        help_texts = {
            "code": gettext_lazy("Lower-case letters, digits and hyphens; letters keep it."),
            "active": gettext_lazy("What is no longer on offer stays in earlier letters."),
            "order": gettext_lazy("Smaller numbers stand first."),
        }
        widgets = {name: forms.Textarea(attrs={"rows": 2}) for name in TEXTS}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in TEXTS:
            self.fields[name].required = True
        if self.instance.pk:
            for name in ("kind", "code"):
                self.fields[name].disabled = True


class FractionField(forms.CharField):
    """A share typed as "2/3". Cleans to a Fraction above nothing and at most the whole."""

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        try:
            share = Fraction(typed.replace(" ", ""))
        except (ValueError, ZeroDivisionError):
            raise ValidationError(_("Write a fraction, for example 2/3.")) from None
        if not 0 < share <= 1 or share.denominator > 1000:
            raise ValidationError(_("A share lies above nothing and is at most the whole."))
        return share


class ProcedureForm(SectionedForm, forms.Form):
    """Who decides on applications, in which time, and how a council votes."""

    decision_days = forms.IntegerField(
        label=gettext_lazy("Working days for a decision"),
        min_value=1,
        max_value=250,
        help_text=gettext_lazy("Applications that were handed in before keep theirs."),
    )
    decider = forms.ChoiceField(
        label=gettext_lazy("Applications are decided by"), choices=Decider.choices, widget=forms.RadioSelect
    )
    quorum = FractionField(
        label=gettext_lazy("Quorum"), help_text=gettext_lazy("Share of those who may vote, for example 2/3.")
    )
    quorum_strict = forms.BooleanField(label=gettext_lazy("The quorum must be exceeded (过半数)"), required=False)
    majority = FractionField(label=gettext_lazy("Majority"), help_text=gettext_lazy("For example 2/3 or 1/2."))
    majority_strict = forms.BooleanField(label=gettext_lazy("The majority must be exceeded (过半数)"), required=False)
    majority_base = forms.ChoiceField(label=gettext_lazy("Majority of"), choices=VoteBase.choices)
    layout: Layout = (
        (gettext_lazy("Decision"), ("decision_days", "decider")),
        (
            gettext_lazy("Vote of the council"),
            ("quorum", "quorum_strict", "majority", "majority_strict", "majority_base"),
        ),
    )

    @classmethod
    def initial_of(cls, procedure: AdmissionProcedure) -> dict[str, Any]:
        """The form as the procedure stands."""
        same = ("decision_days", "decider", "quorum_strict", "majority_strict", "majority_base")
        return {name: getattr(procedure, name) for name in same} | {
            "quorum": f"{procedure.quorum_numerator}/{procedure.quorum_denominator}",
            "majority": f"{procedure.majority_numerator}/{procedure.majority_denominator}",
        }

    def settled(self) -> dict[str, Any]:
        """What `workflows.reference.save_procedure` takes."""
        values = dict(self.cleaned_data)
        for name in ("quorum", "majority"):
            share = values.pop(name)
            values |= {f"{name}_numerator": share.numerator, f"{name}_denominator": share.denominator}
        return values


class ChecklistForm(SectionedForm, forms.Form):
    """A checklist item by item; one whose three texts are empty is left out."""

    def __init__(self, *args: Any, items: list[Item], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = items[:MAX_ITEMS]
        self.rows = range(1, min(len(self.items) + MORE_ITEMS, MAX_ITEMS) + 1)
        layout = []
        for row in self.rows:
            item = self.items[row - 1] if row <= len(self.items) else {}
            names = tuple(f"{suffix}_{row}" for suffix in LANGUAGES)
            for suffix, language in LANGUAGES.items():
                self.fields[f"{suffix}_{row}"] = forms.CharField(
                    label=TEXT_LABELS[f"text_{suffix}"],
                    max_length=300,
                    required=False,
                    initial=item.get(language, ""),
                )
            layout.append((_("Item %(row)s") % {"row": row}, names))
        self.layout = tuple(layout)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for row in self.rows:
            texts = {suffix: cleaned.get(f"{suffix}_{row}", "") for suffix in LANGUAGES}
            if any(texts.values()):
                for suffix in (suffix for suffix, text in texts.items() if not text):
                    self.add_error(f"{suffix}_{row}", _("Write the item in this language too."))
        return cleaned

    def checklist(self) -> list[Item]:
        """What `workflows.reference.save_checklist` takes. A kept item keeps its code."""
        found: list[Item] = []
        for row in self.rows:
            texts = {language: self.cleaned_data[f"{suffix}_{row}"] for suffix, language in LANGUAGES.items()}
            if any(texts.values()):
                known = self.items[row - 1]["code"] if row <= len(self.items) else ""
                found.append({"code": known or self._new_code(texts["en"], row, found)} | texts)
        return found

    def _new_code(self, english: str, row: int, found: list[Item]) -> str:
        taken = {item["code"] for item in [*self.items, *found]}
        code = slugify(english)[:30] or "item"
        return code if code not in taken else f"{code[:30]}-{len(taken) + row}"
