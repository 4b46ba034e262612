from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.forms.pickers import OrganisationField
from projects.introductions.enums import Criterion, Score
from projects.introductions.forms.fields import PersonField, offer_people
from projects.introductions.models import Entrepreneur
from temp_portal.core.forms import DayField, ModelForm


class EntrepreneurForm(ModelForm[Entrepreneur]):
    """Who the entrepreneur is: a person or an enterprise of the registry, or a name."""

    person = PersonField(label=_("Person of the registry"))
    organisation = OrganisationField(label=_("Enterprise of the registry"))

    class Meta:
        model = Entrepreneur
        fields = ("person", "organisation", "name", "field_of_work")
        labels = {"name": _("Name of a person who is not in the registry")}
        help_texts = {
            "name": _("As the person writes it. Keep no contacts here: they belong to the registry, with a consent."),
            "field_of_work": _("For example: aluminium foil for batteries."),
        }

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_people(self, "person", user, self.instance.person_id)


class AssessForm(forms.Form):
    """A judgement by one criterion, with what it rests on."""

    criterion = forms.ChoiceField(label=_("Criterion"), choices=Criterion.choices, widget=forms.RadioSelect)
    score = forms.TypedChoiceField(label=_("Score"), choices=Score.choices, coerce=int, widget=forms.RadioSelect)
    evidence = forms.CharField(
        label=_("Evidence"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What the score rests on: patents, products, markets, awards. The person may read it."),
    )
    assessed_on = DayField(label=_("Assessed on"), initial=timezone.localdate)
