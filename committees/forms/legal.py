"""What one says of a legal event of an organisation."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from committees.forms.fields import document, effective_on
from committees.forms.pickers import OrganisationField, OrganisationsField
from members.languages import language_choices
from members.models import Organisation
from members.workflows.legal import NAMES


class EventForm(forms.Form):
    """From when, and by which document."""

    effective_on = effective_on(help_text=gettext_lazy("The day on which it took effect in law, today or earlier."))
    document = document(
        label=gettext_lazy("Document"),
        required=True,
        help_text=gettext_lazy("For example: notice of the register no. 118, 1 June 2026."),
    )
    note = forms.CharField(
        label=gettext_lazy("Note"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        self.organisation = organisation
        super().__init__(*args, **kwargs)

    def order(self) -> dict[str, Any]:
        """What the workflow takes."""
        return dict(self.cleaned_data)


class RenameForm(EventForm):
    legal_name = forms.CharField(label=gettext_lazy("Registered name"), max_length=300)
    legal_name_language = forms.ChoiceField(
        label=gettext_lazy("Language of the registered name"), choices=language_choices
    )
    name_en = forms.CharField(label=gettext_lazy("Name in English"), max_length=300, required=False)
    name_zh_hans = forms.CharField(label=gettext_lazy("Name in Chinese"), max_length=300, required=False)
    name_ru = forms.CharField(label=gettext_lazy("Name in Russian"), max_length=300, required=False)
    field_order = (*NAMES, "effective_on", "document", "note")

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        kwargs["initial"] = {name: getattr(organisation, name) for name in NAMES} | (kwargs.get("initial") or {})
        super().__init__(*args, organisation=organisation, **kwargs)


class _WithSuccessor(EventForm):
    offices = forms.BooleanField(
        label=gettext_lazy("The offices pass on with the seats"),
        required=False,
        help_text=gettext_lazy("Otherwise they end, and are filled again."),
    )


class TakeoverForm(_WithSuccessor):
    successor = OrganisationField(label=gettext_lazy("Taken over by"))
    field_order = ("successor", "effective_on", "document", "offices", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["successor"].required = True


class DivisionForm(_WithSuccessor):
    successor = OrganisationField(
        label=gettext_lazy("Who gets the seats"),
        help_text=gettext_lazy("One of the organisations that came of it; or the divided one itself, if it lives on."),
    )
    others = OrganisationsField(
        label=gettext_lazy("Further organisations that came of it"),
        required=False,
        help_text=gettext_lazy("They keep the history, and apply for seats of their own."),
    )
    field_order = ("successor", "others", "effective_on", "document", "offices", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["successor"].required = True

    def order(self) -> dict[str, Any]:
        return self.cleaned_data | {"others": list(self.cleaned_data["others"])}
