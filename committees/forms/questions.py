"""A committee's questions: as fields that an applicant fills in, and as the secretary writes them."""

from collections.abc import Callable
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from committees.enums import ASKED_EVIDENCE, QuestionKind
from committees.forms.committees import Layout, SectionedForm
from committees.models import Question
from committees.models.questions import WITH_CHOICES
from temp_portal.core.forms import ModelForm
from temp_portal.core.markup import name_tag

LONGEST_TEXT: Final = 4000
TEXTS: Final = ("text_en", "text_zh_hans", "text_ru")
HELPS: Final = ("help_en", "help_zh_hans", "help_ru")
CHOICES: Final = ("choices_en", "choices_zh_hans", "choices_ru")
LIMITS: Final = ("minimum", "maximum")
LABELS: Final = {
    "text_en": _("Question in English"),
    "text_zh_hans": _("Question in Chinese"),
    "text_ru": _("Question in Russian"),
    "help_en": _("Hint in English"),
    "help_zh_hans": _("Hint in Chinese"),
    "help_ru": _("Hint in Russian"),
    "choices_en": _("Choices in English"),
    "choices_zh_hans": _("Choices in Chinese"),
    "choices_ru": _("Choices in Russian"),
}


def question_field(question: Question, *, draft: bool = False) -> forms.Field:
    """The form field for the answer to a question; in a draft nothing has to be answered."""
    common: dict[str, Any] = {
        "label": name_tag(question, "text", lines=1),
        "help_text": name_tag(question, "help", lines=1) if question.help else "",
        "required": question.is_required and not draft,
    }
    return _FIELDS[QuestionKind(question.kind)](question, common)


def _text(_question: Question, common: dict[str, Any]) -> forms.Field:
    return forms.CharField(max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 4}), **common)


def _number(question: Question, common: dict[str, Any]) -> forms.Field:
    return forms.DecimalField(
        min_value=question.minimum,
        max_value=question.maximum,
        max_digits=20,
        decimal_places=4,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "short", "autocomplete": "off"}),
        **common,
    )


def _offered(question: Question) -> list[tuple[int, str]]:
    return list(enumerate(question.choices.splitlines(), start=1))


def _choice(question: Question, common: dict[str, Any]) -> forms.Field:
    return forms.TypedChoiceField(
        choices=_offered(question), coerce=int, empty_value=None, widget=forms.RadioSelect, **common
    )


def _choices(question: Question, common: dict[str, Any]) -> forms.Field:
    return forms.TypedMultipleChoiceField(
        choices=_offered(question), coerce=int, empty_value=[], widget=forms.CheckboxSelectMultiple, **common
    )


_FIELDS: Final[dict[QuestionKind, Callable[[Question, dict[str, Any]], forms.Field]]] = {
    QuestionKind.TEXT: _text,
    QuestionKind.NUMBER: _number,
    QuestionKind.CHOICE: _choice,
    QuestionKind.CHOICES: _choices,
}


class QuestionForm(SectionedForm, ModelForm[Question]):
    """A question as its committee writes it; one language is enough, choices say the same in each language."""

    layout: Layout = (
        (_("Question"), (*TEXTS, "kind", "is_required")),
        (_("Hint"), HELPS),
        (_("Choices"), CHOICES),
        (_("Limits"), LIMITS),
    )

    class Meta:
        model = Question
        fields = (*TEXTS, *HELPS, *CHOICES, "kind", "is_required", *LIMITS)
        labels = LABELS
        help_texts = {
            "kind": _("Choices and limits below count only for the kinds that have them."),
            **dict.fromkeys(CHOICES, _("One choice a line, in the same order in every language.")),
            **dict.fromkeys(LIMITS, _("Only for numbers; may stay open.")),
        }
        widgets = {
            **{name: forms.Textarea(attrs={"rows": 2}) for name in (*TEXTS, *HELPS)},
            **{name: forms.Textarea(attrs={"rows": 4}) for name in CHOICES},
            "kind": forms.RadioSelect,
            **{name: forms.TextInput(attrs={"inputmode": "decimal", "class": "short"}) for name in LIMITS},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in (*TEXTS, *HELPS, *CHOICES, *LIMITS):
            self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not any(cleaned.get(name) for name in TEXTS):
            self.add_error(TEXTS[0], _("Write the question in at least one language."))
        if cleaned.get("kind") in WITH_CHOICES:
            self._clean_choices(cleaned)
        else:
            cleaned |= dict.fromkeys(CHOICES, "")
        if cleaned.get("kind") != QuestionKind.NUMBER:
            cleaned |= dict.fromkeys(LIMITS)
        low, high = cleaned.get("minimum"), cleaned.get("maximum")
        if low is not None and high is not None and low > high:
            self.add_error("maximum", _("The largest number is smaller than the smallest one."))
        return cleaned

    def _clean_choices(self, cleaned: dict[str, Any]) -> None:
        lines = {
            name: [line.strip() for line in (cleaned.get(name) or "").splitlines() if line.strip()] for name in CHOICES
        }
        given = {name: each for name, each in lines.items() if each}
        if not given:
            self.add_error(CHOICES[0], _("Write at least two choices, one a line."))
        counts = {len(each) for each in given.values()}
        for name, each in given.items():
            if len(each) < 2:
                self.add_error(name, _("Write at least two choices, one a line."))
            elif len(counts) > 1:
                self.add_error(name, _("Every language has to have the same number of choices."))
            elif len(set(each)) < len(each):
                self.add_error(name, _("Two choices are the same."))
        cleaned |= {name: "\n".join(each) for name, each in lines.items()}

    def values(self) -> dict[str, Any]:
        """What `workflows.questions.save_question` takes."""
        counts = [len(self.cleaned_data[name].splitlines()) for name in CHOICES]
        fields = {name: self.cleaned_data[name] for name in self._meta.fields or ()}
        return fields | {"choice_count": max(counts)}


class EvidenceForm(forms.Form):
    """Which documents every applicant has to attach."""

    evidence = forms.MultipleChoiceField(
        label=_("Documents that every applicant attaches"),
        choices=[(kind.value, kind.label) for kind in ASKED_EVIDENCE],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
