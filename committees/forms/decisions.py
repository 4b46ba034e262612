"""What a secretary says when deciding on an application."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.enums import ApplicationSection, FunctionalRole, ReasonKind
from committees.forms.applications import MarketsForm, MotivationForm, OwnershipForm, RepresentativeForm, SectionForm
from committees.forms.committees import Layout, SectionedForm
from committees.models import Application, DecisionReason, Question
from committees.workflows.conditions import Demand
from committees.workflows.remarks import Asked
from temp_portal.core.forms import DayField

#: Rows for conditions and for questions on one page.
CONDITIONS: Final = 3
QUESTIONS: Final = 4
FORM_OF_PART: Final[dict[ApplicationSection, type[SectionForm]]] = {
    ApplicationSection.OWNERSHIP: OwnershipForm,
    ApplicationSection.MARKETS: MarketsForm,
    ApplicationSection.REPRESENTATIVE: RepresentativeForm,
    ApplicationSection.MOTIVATION: MotivationForm,
}

ABOUT_LETTER = (gettext_lazy("The letter"), ("language", "also_in"))


class LanguageField(forms.ChoiceField):
    """One of the portal's languages; the usual one where none is named."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"choices": settings.LANGUAGES} | options)

    def clean(self, value: Any) -> Any:
        return super().clean(value or self.initial)


class DecisionForm(SectionedForm, forms.Form):
    """What every decision says: words of the writer's own in a language, and the languages of the letter."""

    reason_label = gettext_lazy("Reason")
    reason_hint: Any = ""
    reason_rows = 4

    def __init__(self, *args: Any, application: Application, writer_language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.application = application
        self.fields["reason"] = forms.CharField(
            label=self.reason_label,
            required=False,
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": self.reason_rows}),
            help_text=self.reason_hint,
        )
        self.fields["language"] = LanguageField(
            label=gettext_lazy("Language in which you write"), initial=writer_language
        )
        self.fields["also_in"] = forms.MultipleChoiceField(
            label=gettext_lazy("The letter also in"),
            choices=settings.LANGUAGES,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=gettext_lazy("It is always written in the language of the enterprise."),
        )


class ApproveForm(DecisionForm):
    """The seat that the approval gives, and what the member still has to do."""

    reason_label = gettext_lazy("Note to the enterprise")
    reason_rows = 3
    effective_on = DayField(
        label=gettext_lazy("Member from"),
        initial=timezone.localdate,
        help_text=gettext_lazy("The day of the decision, today or earlier. Reports count the admission by it."),
    )
    document = forms.CharField(
        label=gettext_lazy("Decision document"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("For example: minutes no. 7 of the council."),
    )
    functional_role = forms.ChoiceField(
        label=gettext_lazy("Functional role"),
        choices=FunctionalRole.choices,
        help_text=gettext_lazy("Set from the ownership; change it if the committee decided otherwise."),
    )
    voting = forms.BooleanField(
        label=gettext_lazy("With a vote (without one it is an observer)"), required=False, initial=True
    )
    layout: Layout = (
        (gettext_lazy("The seat"), ("effective_on", "document", "functional_role", "voting", "reason")),
        (
            gettext_lazy("Conditions"),
            tuple(f"condition_{what}_{row}" for row in range(1, CONDITIONS + 1) for what in ("text", "due")),
        ),
        ABOUT_LETTER,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for row in range(1, CONDITIONS + 1):
            self.fields[f"condition_text_{row}"] = forms.CharField(
                label=_("Condition %(row)s") % {"row": row}, required=False, max_length=500
            )
            self.fields[f"condition_due_{row}"] = DayField(
                label=_("Condition %(row)s is due on") % {"row": row}, required=False
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for row in range(1, CONDITIONS + 1):
            text, due = cleaned.get(f"condition_text_{row}"), cleaned.get(f"condition_due_{row}")
            if text and not due and f"condition_due_{row}" not in self.errors:
                self.add_error(f"condition_due_{row}", _("Say by when the condition is to be fulfilled."))
            if due and not text:
                self.add_error(f"condition_text_{row}", _("Write the condition, or leave out its day."))
            if due and due < timezone.localdate():
                self.add_error(f"condition_due_{row}", _("A condition is due today or later."))
        return cleaned

    def seat(self) -> dict[str, Any]:
        """What `workflows.applications.approve` takes."""
        plain = {name: value for name, value in self.cleaned_data.items() if not name.startswith("condition_")}
        return plain | {"demands": list(self._demands())}

    def _demands(self) -> Iterator[Demand]:
        for row in range(1, CONDITIONS + 1):
            text, due = self.cleaned_data[f"condition_text_{row}"], self.cleaned_data[f"condition_due_{row}"]
            if text and isinstance(due, date):
                yield Demand(text, due)


class ReasonsForm(DecisionForm):
    """A decision that rests on reasons out of the list, or on words, or on both."""

    kind: ReasonKind
    nothing_said: Any = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        on_offer = DecisionReason.objects.filter(kind=self.kind, active=True)
        self.fields["reasons"] = forms.MultipleChoiceField(
            label=gettext_lazy("Reasons"),
            choices=[(each.code, str(each)) for each in on_offer],
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=gettext_lazy("The enterprise reads them in its own language."),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not self.says_something(cleaned):
            raise ValidationError({"reason": str(self.nothing_said)})
        return cleaned

    def says_something(self, cleaned: dict[str, Any]) -> bool:
        """Whether the enterprise learns why."""
        return bool(cleaned.get("reasons") or cleaned.get("reason", "").strip())


class ReturnForm(ReasonsForm):
    """What is missing, and what is asked beside which field."""

    kind = ReasonKind.RETURN
    reason_label = gettext_lazy("What is missing")
    reason_hint = gettext_lazy("The enterprise reads it. Your clock stops until it sends the application again.")
    nothing_said = gettext_lazy("Say what is missing: the enterprise will read it.")
    layout: Layout = (
        (gettext_lazy("What is missing"), ("reasons", "reason")),
        (
            gettext_lazy("Questions beside a field"),
            tuple(f"question_{what}_{row}" for row in range(1, QUESTIONS + 1) for what in ("place", "text")),
        ),
        ABOUT_LETTER,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        on_offer = [("", ""), *places(self.application)]
        for row in range(1, QUESTIONS + 1):
            self.fields[f"question_place_{row}"] = forms.ChoiceField(
                label=_("Question %(row)s stands beside") % {"row": row}, choices=on_offer, required=False
            )
            self.fields[f"question_text_{row}"] = forms.CharField(
                label=_("Question %(row)s") % {"row": row},
                required=False,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for row in range(1, QUESTIONS + 1):
            place, text = cleaned.get(f"question_place_{row}"), cleaned.get(f"question_text_{row}")
            if text and not place:
                self.add_error(f"question_place_{row}", _("Choose the field beside which the question is to stand."))
            if place and not text:
                self.add_error(f"question_text_{row}", _("Write the question, or choose no field for it."))
        return cleaned

    def says_something(self, cleaned: dict[str, Any]) -> bool:
        asked = any(cleaned.get(f"question_text_{row}") for row in range(1, QUESTIONS + 1))
        return asked or super().says_something(cleaned)

    def returned(self) -> dict[str, Any]:
        """What `workflows.applications.return_for_completion` takes."""
        data = self.cleaned_data
        return {
            "note": data["reason"],
            "reasons": data["reasons"],
            "language": data["language"],
            "also_in": data["also_in"],
            "questions": list(self._questions()),
        }

    def _questions(self) -> Iterator[Asked]:
        for row in range(1, QUESTIONS + 1):
            place, text = self.cleaned_data[f"question_place_{row}"], self.cleaned_data[f"question_text_{row}"]
            if place and text.strip():
                part, _colon, field = place.partition(":")
                yield Asked(ApplicationSection(part), field, text.strip())


class RejectForm(ReasonsForm):
    kind = ReasonKind.REJECT
    reason_hint = gettext_lazy("The enterprise reads it, and can apply again after half a year.")
    nothing_said = gettext_lazy("Give the reason: the enterprise will read it.")
    layout: Layout = ((gettext_lazy("Reasons"), ("reasons", "reason")), ABOUT_LETTER)


def places(application: Application) -> list[tuple[str, list[tuple[str, str]]]]:
    """Where a question can stand: (part, [(part:field, label)]), as a select box groups them."""
    return [(str(part.label), _places_in(part, application)) for part in ApplicationSection]


def _places_in(part: ApplicationSection, application: Application) -> list[tuple[str, str]]:
    named = _asked(application) if part == ApplicationSection.QUESTIONS else _fields(part)
    return [(f"{part}:", _("the part as a whole")), *((f"{part}:{name}", label) for name, label in named)]


def _fields(part: ApplicationSection) -> list[tuple[str, str]]:
    """Fields of the part's form by name, without boxes to tick."""
    form = FORM_OF_PART.get(part)
    fields = form.base_fields.items() if form else ()
    return [(name, str(field.label)) for name, field in fields if not isinstance(field, forms.BooleanField)]


def _asked(application: Application) -> list[tuple[str, str]]:
    """The questions of the version that the application keeps."""
    asked = Question.objects.filter(question_set=application.question_set_id).order_by("place")
    return [(each.field, each.text) for each in asked]
