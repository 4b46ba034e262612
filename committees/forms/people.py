"""What officers write down about a person: forms of the name, work contacts, languages, consents given to them."""

from typing import Any, Final

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from members.consents import CONSENT_TEXTS
from members.enums import ASKED_PURPOSES, ConsentChannel
from members.forms.informing import OthersNoticeMixin
from members.languages import language_choices
from members.models import Person
from members.workflows.people import PARTICULARS
from temp_portal.core.forms import DayField, ModelForm

#: Channels of a consent that an officer writes down.
OUTSIDE: Final = (ConsentChannel.PAPER, ConsentChannel.EMAIL, ConsentChannel.MEETING)
ASKED: Final = [(purpose.value, purpose.label) for purpose in ASKED_PURPOSES]
_HELP: Final = {
    "name": _("As the person writes it, in the person's own script and order."),
    "name_latin": _("As on the person's card; nothing is worked out from the other forms."),
}


class PersonForm(ModelForm[Person]):
    """Name, contacts, languages."""

    languages = forms.MultipleChoiceField(label=_("Languages"), choices=language_choices, required=False)

    class Meta:
        model = Person
        fields = PARTICULARS
        help_texts = _HELP


class NewPersonForm(OthersNoticeMixin, PersonForm):
    """Somebody whom an organisation has named, with the post and the day."""

    post = forms.CharField(label=_("Post in the organisation"), max_length=200, required=False)
    since = DayField(label=_("Represents it since"), initial=timezone.localdate)

    def particulars(self) -> dict[str, Any]:
        """What `members.workflows.record_person` takes."""
        return {name: self.cleaned_data[name] for name in (*PARTICULARS, "post", "since")}


class RecordConsentForm(forms.Form):
    """A consent that was given outside the portal, to the text in force."""

    purpose = forms.ChoiceField(label=_("What for"), choices=ASKED, widget=forms.RadioSelect)
    language = forms.ChoiceField(label=_("Language of the text"), choices=settings.LANGUAGES)
    channel = forms.ChoiceField(
        label=_("How it was given"),
        choices=[(channel.value, channel.label) for channel in OUTSIDE],
    )
    given_on = DayField(label=_("Given on"), initial=timezone.localdate)

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        if field_name == "language" and field_name not in self.initial:
            return get_language()
        return super().get_initial_for_field(field, field_name)

    @property
    def texts(self) -> list[tuple[str, str, str]]:
        """Of each purpose: its label, the version in force, and the text."""
        labels = {purpose: str(purpose.label) for purpose in ASKED_PURPOSES}
        return [(labels[purpose], text.version, str(text.text)) for purpose, text in CONSENT_TEXTS.items()]
