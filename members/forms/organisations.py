"""Finding one's organisation in the register, adding it, and completing what is known about it."""

import json
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members import identifiers
from members.duplicates import Candidate, by_names, by_number, candidates
from members.forms.numbers import NumberField, clean_number, scheme_choices
from members.languages import language_choices
from members.models import Organisation
from temp_portal.core.country_names import country_choices
from temp_portal.core.forms import ModelForm

NAME_LABELS = {
    "name_en": gettext_lazy("Name in English"),
    "name_zh_hans": gettext_lazy("Name in Chinese"),
    "name_ru": gettext_lazy("Name in Russian"),
}


def _countries() -> list[Any]:
    return [("", ""), *country_choices()]


class FindOrganisationForm(forms.Form):
    """Country with register number or name. `found()` gives who may be meant."""

    country = forms.ChoiceField(label=gettext_lazy("Country of registration"), choices=_countries)
    number = NumberField(
        required=False,
        help_text=gettext_lazy("For example the unified social credit code, OGRN or INN, BIN, UNP, CIN."),
    )
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("In Chinese, Russian or Latin letters; part of it is enough."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        if not (cleaned["number"] or cleaned["name"]):
            self.add_error("number", _("Enter the register number or the name."))
        if cleaned.get("number"):
            clean_number(self, cleaned, cleaned["country"], "")
        return cleaned

    def found(self) -> list[Candidate]:
        """Organisations that may be the one meant; call it on a valid form."""
        name = self.cleaned_data["name"]
        return candidates(self.cleaned_data["country"], self.cleaned_data["number"], [name] if name else [])


class NewOrganisationForm(ModelForm[Organisation]):
    """An organisation with its register number and the post of who adds it.

    `twin` is the organisation that has the number already, `alike` are those with nearly the same name: then the
    applicant must say that none of them is meant.
    """

    scheme = forms.ChoiceField(label=gettext_lazy("Kind of number"), choices=scheme_choices, required=False)
    number = NumberField()
    legal_name_language = forms.ChoiceField(
        label=gettext_lazy("Language of the registered name"), choices=language_choices
    )
    country = forms.ChoiceField(label=gettext_lazy("Country of registration"), choices=_countries)
    website = forms.URLField(label=gettext_lazy("Website"), max_length=500, required=False, assume_scheme="https")
    post = forms.CharField(
        label=gettext_lazy("Your post in the organisation"),
        max_length=200,
        help_text=gettext_lazy("You will represent it."),
    )
    none_of_these = forms.BooleanField(
        label=gettext_lazy("None of the organisations shown above is ours"), required=False
    )

    field_order = (
        "country",
        "scheme",
        "number",
        "legal_name",
        "legal_name_language",
        "name_en",
        "name_zh_hans",
        "name_ru",
        "kind",
        "region",
        "city",
        "website",
        "post",
        "none_of_these",
    )

    class Meta:
        model = Organisation
        fields = (
            "kind",
            "legal_name",
            "legal_name_language",
            "name_en",
            "name_zh_hans",
            "name_ru",
            "country",
            "region",
            "city",
            "website",
        )
        labels = NAME_LABELS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.twin: Organisation | None = None
        self.alike: list[Organisation] = []

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "country" in cleaned and "number" in cleaned and "scheme" in cleaned:
            self._clean_number(cleaned)
        if self.twin is None:
            self._look_for_namesakes(cleaned)
        return cleaned

    def _clean_number(self, cleaned: dict[str, Any]) -> None:
        if not clean_number(self, cleaned, cleaned["country"], cleaned["scheme"]):
            return
        self.twin = by_number(cleaned["country"], cleaned["number"])
        if self.twin is not None:
            self.add_error("number", _("An organisation with this number is in the register already. Is it yours?"))

    def _look_for_namesakes(self, cleaned: dict[str, Any]) -> None:
        names = [cleaned.get(field) for field in ("legal_name", *NAME_LABELS)]
        self.alike = by_names([name for name in names if name])
        if self.alike and not cleaned.get("none_of_these"):
            message = _("Organisations with nearly this name are in the register. Is one of them yours?")
            self.add_error("none_of_these", message)

    def asks_about_namesakes(self) -> bool:
        """Whether the box that denies a likeness is to be shown."""
        return bool(self.alike)

    def fields_of_organisation(self) -> dict[str, Any]:
        """What `workflows.register_organisation` takes."""
        names = (*self.Meta.fields, "scheme", "number", "post")
        return {name: self.cleaned_data[name] for name in names}


class OwnDetailsForm(ModelForm[Organisation]):
    """What a representative completes: translated names, place, website."""

    website = forms.URLField(label=gettext_lazy("Website"), max_length=500, required=False, assume_scheme="https")

    class Meta:
        model = Organisation
        fields = ("name_en", "name_zh_hans", "name_ru", "region", "city", "website")
        labels = NAME_LABELS


class IdentifierForm(forms.Form):
    """A further register number of an organisation of `country`."""

    scheme = forms.ChoiceField(label=gettext_lazy("Kind of number"), required=False)
    number = NumberField()

    def __init__(self, *args: Any, country: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.country = country
        self.fields["number"].widget.attrs["hx-vals"] = json.dumps({"country": country})
        named = [(scheme.code, str(scheme.label)) for scheme in identifiers.schemes_for(country)]
        self.fields["scheme"] = forms.ChoiceField(
            label=gettext_lazy("Kind of number"), choices=[scheme_choices()[0], *named], required=False
        )
        self.order_fields(["scheme", "number"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "number" in cleaned and "scheme" in cleaned:
            clean_number(self, cleaned, self.country, cleaned["scheme"])
        return cleaned
