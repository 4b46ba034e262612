"""Forms about a committee itself: what it is, how it came to be, and the steps of its life."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.enums import CommitteeState
from committees.forms.fields import document, effective_on, reason
from committees.forms.pickers import OrganisationField
from committees.models import Committee, Filing, Position, Term
from committees.workflows.committees import DESCRIPTION
from committees.workflows.lifecycle import Evidence, Filed, History, Step
from members.languages import language_choices
from members.reference import classification
from temp_portal.core.forms import DayField, ModelForm

SCHEMES: Final = {"gb_codes": ("GB/T 4754", "2017"), "isic_codes": ("ISIC", "4")}
RESERVED_SLUGS: Final = ("new", "members", "pick")
NAMES: Final = ("name_en", "name_zh_hans", "name_ru")
MANDATES: Final = ("mandate_en", "mandate_zh_hans", "mandate_ru")
BENEFITS: Final = ("benefits_en", "benefits_zh_hans", "benefits_ru")
OFFICE: Final = ("contact_email", "contact_phone", "contact_address", "contact_languages")
TITLES: Final = ("title_en", "title_zh_hans", "title_ru")
LABELS: Final = {
    "name_en": gettext_lazy("Name in English"),
    "name_zh_hans": gettext_lazy("Name in Chinese"),
    "name_ru": gettext_lazy("Name in Russian"),
    "mandate_en": gettext_lazy("Mandate in English"),
    "mandate_zh_hans": gettext_lazy("Mandate in Chinese"),
    "mandate_ru": gettext_lazy("Mandate in Russian"),
    "benefits_en": gettext_lazy("What members gain, in English"),
    "benefits_zh_hans": gettext_lazy("What members gain, in Chinese"),
    "benefits_ru": gettext_lazy("What members gain, in Russian"),
    "title_en": gettext_lazy("Title in English"),
    "title_zh_hans": gettext_lazy("Title in Chinese"),
    "title_ru": gettext_lazy("Title in Russian"),
}


@dataclass(frozen=True)
class Section:
    """Fields of a long form under one heading."""

    heading: str | Promise
    fields: list[BoundField]


Layout = tuple[tuple[str | Promise, tuple[str, ...]], ...]


class SectionedForm(forms.BaseForm):
    """A form whose page groups its fields; `layout` gives heading and names."""

    layout: Layout = ()

    def sections(self) -> Iterator[Section]:
        """The groups in order, without fields that the form lacks."""
        for heading, names in self.layout:
            yield Section(heading, [self[name] for name in names if name in self.fields])


class DescriptionForm(SectionedForm, ModelForm[Committee]):
    """What a committee is called, what it is for, and who stands behind it."""

    gb_codes = forms.MultipleChoiceField(label=gettext_lazy("Industries by GB/T 4754-2017"), required=False)
    isic_codes = forms.MultipleChoiceField(label=gettext_lazy("Industries by ISIC Rev.4"), required=False)
    initiator = OrganisationField(
        label=gettext_lazy("Initiator"), help_text=gettext_lazy("The local government or enterprise that proposed it.")
    )
    legal_host = OrganisationField(
        label=gettext_lazy("Legal host"),
        help_text=gettext_lazy("The registered association whose branch the committee is, if there is one."),
    )
    host_branch_founded_on = DayField(label=gettext_lazy("Host branch founded on"), required=False)
    contact_languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages in which the office answers"), choices=language_choices, required=False
    )
    layout: Layout = (
        (gettext_lazy("Names"), NAMES),
        (gettext_lazy("Mandate"), (*MANDATES, "sector", "gb_codes", "isic_codes")),
        (
            gettext_lazy("Behind it"),
            ("initiator", "legal_host", "host_branch_name", "host_branch_founded_on", "title_set"),
        ),
        (gettext_lazy("For those who think of joining"), (*BENEFITS, *OFFICE)),
        (gettext_lazy("Rules"), ("rules_text",)),
    )

    class Meta:
        model = Committee
        fields: tuple[str, ...] = (
            *NAMES,
            *MANDATES,
            "sector",
            "title_set",
            "host_branch_name",
            "rules_text",
            *BENEFITS,
            "contact_email",
            "contact_phone",
            "contact_address",
        )
        labels = LABELS
        help_texts = {
            "contact_email": gettext_lazy(
                "Published on the committee's page: an address of the office, not of a person."
            ),
            "title_set": gettext_lazy("How the chair and the other officers are called in Chinese."),
            "rules_text": gettext_lazy("Charter or working rules; published on the committee's page."),
        }
        widgets = {
            **{name: forms.Textarea(attrs={"rows": 3}) for name in (*MANDATES, *BENEFITS)},
            "rules_text": forms.Textarea(attrs={"rows": 8}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stored = self.instance.industry_codes
        for name, (scheme, version) in SCHEMES.items():
            chooser: Any = self.fields[name]
            chooser.choices = classification(scheme, version).choices()
            self.initial[name] = [
                each["code"] for each in stored if (each["scheme"], each["version"]) == (scheme, version)
            ]
        self.initial["contact_languages"] = self.instance.contact_languages
        for name in ("initiator", "legal_host"):
            self.initial[name] = getattr(self.instance, f"{name}_id")
        self.initial["host_branch_founded_on"] = self.instance.host_branch_founded_on
        for name in (*NAMES, *MANDATES, *BENEFITS):
            self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not any(cleaned.get(name) for name in NAMES):
            raise ValidationError({NAMES[0]: _("Give the name in at least one language.")})
        return cleaned

    def description(self) -> dict[str, Any]:
        """What the workflows take: the names in `DESCRIPTION`."""
        values = self.cleaned_data | {"industry_codes": self._industry_codes()}
        return {name: values[name] for name in DESCRIPTION}

    def _industry_codes(self) -> list[dict[str, str]]:
        """The chosen divisions, and codes of other editions and levels that stood there before."""
        chosen = [
            {"scheme": scheme, "version": version, "code": code}
            for name, (scheme, version) in SCHEMES.items()
            for code in self.cleaned_data[name]
        ]
        divisions = {(*key, entry.code) for key in SCHEMES.values() for entry in classification(*key).divisions()}
        others = [
            each
            for each in self.instance.industry_codes
            if (each["scheme"], each["version"], each["code"]) not in divisions
        ]
        return [*chosen, *others]


class EditForm(DescriptionForm):
    """The description of an existing committee; `seen` tells a writer who comes second."""

    seen = forms.CharField(widget=forms.HiddenInput)


class NewCommitteeForm(DescriptionForm):
    """A proposal, or a committee that exists already, in the state it is in with its evidence."""

    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        choices=CommitteeState.choices,
        initial=CommitteeState.PROPOSED,
        help_text=gettext_lazy("A new proposal starts as “proposed”. An existing committee is recorded as it is."),
    )
    since = effective_on(
        label=gettext_lazy("In this state since"),
        help_text=gettext_lazy("The day of the decision, today or earlier. Reports of past quarters count by it."),
    )
    document = document()
    established_on = DayField(
        label=gettext_lazy("Founding assembly on"),
        required=False,
        help_text=gettext_lazy("For an existing committee: reports count it as established from this day on."),
    )
    term_number = forms.IntegerField(
        label=gettext_lazy("Present term, number"), min_value=1, max_value=99, required=False
    )
    term_begins_on = DayField(label=gettext_lazy("Present term from"), required=False)
    term_ends_on = DayField(label=gettext_lazy("Present term to"), required=False)
    recipient = forms.CharField(
        label=gettext_lazy("Filed with"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Further filings are added on the settings page."),
    )
    filed_on = DayField(label=gettext_lazy("Filed on"), required=False)
    filing_document = forms.CharField(label=gettext_lazy("Filing document"), max_length=200, required=False)
    layout = (
        (gettext_lazy("Names"), (*NAMES, "slug")),
        *DescriptionForm.layout[1:],
        (gettext_lazy("State and evidence"), ("state", "since", "document", "established_on")),
        (gettext_lazy("Present term"), ("term_number", "term_begins_on", "term_ends_on")),
        (gettext_lazy("Filing for the record"), ("recipient", "filed_on", "filing_document")),
    )

    class Meta(DescriptionForm.Meta):
        fields = ("slug", *DescriptionForm.Meta.fields)
        help_texts = {
            **DescriptionForm.Meta.help_texts,
            "slug": gettext_lazy("Small Latin letters, digits and hyphens: /committees/…/. It does not change later."),
        }
        error_messages = {"slug": {"unique": gettext_lazy("Another committee has this address already.")}}

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        if slug in RESERVED_SLUGS:
            raise ValidationError(_("This address is used by the portal itself: choose another one."))
        return slug

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self._all_or_none(("term_number", "term_begins_on", "term_ends_on"), _("Complete the term, or leave it out."))
        self._all_or_none(("recipient", "filed_on"), _("Complete the filing, or leave it out."))
        return cleaned

    def _all_or_none(self, names: tuple[str, ...], message: str) -> None:
        given = [name for name in names if self.cleaned_data.get(name)]
        if given and len(given) < len(names):
            for name in set(names) - set(given) - set(self.errors):
                self.add_error(name, message)

    def history(self) -> History:
        """What the form says about the committee's past."""
        said = self.cleaned_data
        filed = Filed(recipient=said["recipient"], filed_on=said["filed_on"], document=said["filing_document"])
        return History(
            state=CommitteeState(said["state"]),
            since=said["since"],
            document=said["document"],
            established_on=said["established_on"],
            filings=(filed,) if said["recipient"] else (),
            term_number=said["term_number"],
            term_begins_on=said["term_begins_on"],
            term_ends_on=said["term_ends_on"],
        )


class StepForm(forms.Form):
    """The evidence of one step of a committee's life; the step says what it asks for."""

    effective_on = effective_on(label=gettext_lazy("In force from"))

    def __init__(self, *args: Any, step: Step, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in step.asks:
            self.fields[name] = _evidence_field(name, required=name in step.requires)

    def evidence(self) -> Evidence:
        """What the workflow takes."""
        return Evidence(**self.cleaned_data)


def _evidence_field(name: str, *, required: bool) -> forms.Field:
    if name == "document":
        return document(required=required)
    if name == "reason":
        return reason(required=required)
    if name == "recipient":
        return forms.CharField(label=gettext_lazy("Filed with"), max_length=200, required=required)
    labels = {
        "deadline": gettext_lazy("Until when the preparatory group works"),
        "review_on": gettext_lazy("To be reviewed on"),
        "term_ends_on": gettext_lazy("Last day of the term"),
    }
    return DayField(label=labels[name], required=required)


class TermForm(forms.Form):
    number = forms.IntegerField(label=gettext_lazy("Number of the term"), min_value=1, max_value=99)
    begins_on = DayField(label=gettext_lazy("First day"))
    ends_on = DayField(
        label=gettext_lazy("Last day"), required=False, help_text=gettext_lazy("Leave it empty while it is not fixed.")
    )

    @staticmethod
    def initial_of(term: Term) -> dict[str, Any]:
        """First values for an existing term."""
        return {"number": term.number, "begins_on": term.valid.lower, "ends_on": term.last_day}


class FilingForm(ModelForm[Filing]):
    filed_on = DayField(label=gettext_lazy("Filed on"))

    class Meta:
        model = Filing
        fields = ("recipient", "filed_on", "document")


class PositionForm(ModelForm[Position]):
    """Titles in three languages, and how many may hold the office."""

    class Meta:
        model = Position
        fields = (*TITLES, "holders_min", "holders_max", "voting", "elected", "rank")
        labels = LABELS
        help_texts = {
            "holders_max": gettext_lazy("Leave it empty for no limit."),
            "rank": gettext_lazy("1 stands first."),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not any(cleaned.get(name) for name in TITLES):
            raise ValidationError({"title_en": _("Give the title in at least one language.")})
        return cleaned
