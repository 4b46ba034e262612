"""The parts of an application as forms. A draft takes what is valid so far; saving a part asks for all of it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from committees.enums import ChainRole
from committees.forms.industries import IndustryField
from committees.forms.pickers import CommitteeSelectMultiple
from committees.forms.questions import question_field
from committees.models import Application, Committee, Question
from members.consents import CONSENT_TEXTS
from members.enums import ASKED_PURPOSES, ConsentPurpose, OwnershipType
from members.forms.informing import NoticeMixin
from members.languages import language_choices
from members.models import Consent, Organisation
from temp_portal.accounts.models import User
from temp_portal.core.country_names import country_choices
from temp_portal.core.forms import DayField


class BeginForm(forms.Form):
    """Which committees, for which of the organisations that one represents, and from which answers."""

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["committee"] = forms.ModelMultipleChoiceField(
            label=gettext_lazy("Committees"),
            queryset=Committee.objects.visible_to(user).working().order_by("slug"),
            to_field_name="slug",
            widget=CommitteeSelectMultiple(working=True),
            help_text=gettext_lazy(
                "You can apply to several at once: what they have in common is filled in once, each decides by itself."
            ),
            error_messages={"required": gettext_lazy("Choose at least one committee.")},
        )
        self.fields["organisation"] = forms.ModelChoiceField(
            label=gettext_lazy("Organisation"),
            queryset=Organisation.objects.represented_by(user).order_by("legal_name", "pk"),
            widget=forms.RadioSelect,
            empty_label=None,
        )
        if Application.objects.of_representative(user).ever_submitted().exists():
            self.fields["from_earlier"] = forms.BooleanField(
                label=gettext_lazy("Start from the answers of our last application"), required=False
            )

    def earlier(self) -> Application | None:
        """The last application of the organisation to one of the committees, else to any, if it is to be used."""
        if not self.cleaned_data.get("from_earlier"):
            return None
        sent = Application.objects.ever_submitted().filter(organisation=self.cleaned_data["organisation"])
        newest = sent.order_by("-submitted_at", "-pk")
        return newest.filter(committee__in=self.cleaned_data["committee"]).first() or newest.first()


class SectionForm(forms.Form):
    """A part of an application. With `draft` nothing is compulsory, and `answers()` leaves out what is invalid."""

    def __init__(self, *args: Any, draft: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if draft:
            for field in self.fields.values():
                field.required = False

    def answers(self) -> dict[str, Any]:
        """Valid values by name of the column."""
        return {name: value for name, value in self.cleaned_data.items() if name not in self.errors}


class OwnershipForm(SectionForm):
    ownership_type = forms.ChoiceField(
        label=gettext_lazy("Type of ownership"),
        choices=OwnershipType.choices,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Choose by the ultimate controller, not by the direct shareholder."),
        error_messages={"required": gettext_lazy("Choose the type of ownership.")},
    )
    controller = forms.CharField(
        label=gettext_lazy("Ultimate controller"),
        max_length=300,
        help_text=gettext_lazy("Person, company or authority, as in the register."),
        error_messages={"required": gettext_lazy("Name the ultimate controller.")},
    )
    ownership_since = DayField(
        label=gettext_lazy("This ownership holds since"),
        required=False,
        help_text=gettext_lazy("Leave it open if you do not know the day."),
    )
    ownership_evidence = forms.CharField(
        label=gettext_lazy("Evidence"),
        max_length=500,
        help_text=gettext_lazy(
            "The document that shows it, with its date: shareholder register, register extract, decision of the owner."
        ),
        error_messages={"required": gettext_lazy("Name the document that shows the ownership.")},
    )

    def clean_ownership_since(self) -> Any:
        day = self.cleaned_data["ownership_since"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(_("The day lies in the future: enter today or an earlier day."))
        return day


class MarketsForm(SectionForm):
    industry_codes = IndustryField(
        label=gettext_lazy("Sectors"),
        help_text=gettext_lazy("By GB/T 4754, ISIC or both. Type a code or a word."),
        error_messages={"required": gettext_lazy("Choose at least one sector.")},
    )
    target_countries = forms.MultipleChoiceField(
        label=gettext_lazy("Target countries"),
        choices=country_choices,
        help_text=gettext_lazy("Where you work or want to work."),
        error_messages={"required": gettext_lazy("Choose at least one target country.")},
    )


class MotivationForm(SectionForm):
    chain_role = forms.ChoiceField(
        label=gettext_lazy("Place in the industrial chain"),
        choices=[("", ""), *ChainRole.choices],
        help_text=gettext_lazy("What your organisation mainly does in this industry."),
        error_messages={"required": gettext_lazy("Choose your place in the industrial chain.")},
    )
    motivation = forms.CharField(
        label=gettext_lazy("What you bring to this committee, and what you expect of it"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("Projects, products, experience in the target countries. Write in one language."),
        error_messages={"required": gettext_lazy("Write why you want to join this committee.")},
    )
    motivation_language = forms.ChoiceField(label=gettext_lazy("Language of your text"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.initial.get("motivation_language"):
            self.initial["motivation_language"] = get_language() or "en"


class QuestionsForm(SectionForm):
    """What the committee asks in the version that the application keeps."""

    def __init__(self, *args: Any, questions: Iterable[Question], draft: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in questions:
            self.fields[question.field] = question_field(question, draft=draft)


class RepresentativeForm(NoticeMixin, SectionForm):
    """The applicant's own particulars and consents, each purpose by itself."""

    name = forms.CharField(label=gettext_lazy("Your name"), max_length=200, help_text=gettext_lazy("As you write it."))
    name_latin = forms.CharField(label=gettext_lazy("Your name in Latin letters"), max_length=200, required=False)
    post = forms.CharField(label=gettext_lazy("Your post"), max_length=200)
    email = forms.EmailField(label=gettext_lazy("Work e-mail"))
    phone = forms.CharField(label=gettext_lazy("Work phone"), max_length=40, required=False)
    languages = forms.MultipleChoiceField(label=gettext_lazy("Languages you work in"), choices=language_choices)
    representation = forms.BooleanField(
        label=CONSENT_TEXTS[ConsentPurpose.REPRESENTATION].text,
        error_messages={"required": gettext_lazy("Without this consent you cannot be named as representative.")},
    )
    publication = forms.BooleanField(label=CONSENT_TEXTS[ConsentPurpose.PUBLICATION].text, required=False)
    cross_border = forms.BooleanField(label=CONSENT_TEXTS[ConsentPurpose.CROSS_BORDER].text, required=False)

    def answers(self) -> dict[str, Any]:
        """A name is never emptied."""
        valid = super().answers()
        return valid if valid.get("name") else {name: value for name, value in valid.items() if name != "name"}

    def consents(self) -> dict[ConsentPurpose, bool]:
        """What was ticked, by purpose."""
        return {purpose: bool(self.cleaned_data.get(purpose.value)) for purpose in ASKED_PURPOSES}

    @staticmethod
    def living_consents(user: User) -> dict[str, bool]:
        """The purposes that the user has agreed to."""
        given = Consent.objects.filter(person__user=user, purpose__in=ASKED_PURPOSES, withdrawn_at__isnull=True)
        return dict.fromkeys(given.values_list("purpose", flat=True), True)


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("The committee's secretariat reads it."),
    )
