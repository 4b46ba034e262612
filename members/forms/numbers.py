"""A register number as typed: recognised by its country, checked, and refused with the reason."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members import identifiers
from members.identifiers import Scheme
from temp_portal.core.forms import add_errors

UNKNOWN = gettext_lazy("Recognise it by itself")


def scheme_choices(country: str = "") -> list[tuple[str, str]]:
    """(code, label) pairs with the wish to have the kind recognised first; of one country or of all."""
    named = [(code, str(label)) for code, label in identifiers.scheme_choices(country)]
    return [("", str(UNKNOWN)), *named]


class NumberField(forms.CharField):
    """A register number, judged while it is typed (see `views.numbers`); beside it stand `country` and `scheme`."""

    def __init__(self, **options: Any) -> None:
        usual: dict[str, Any] = {"label": gettext_lazy("Register number"), "max_length": 60}
        super().__init__(**usual | options)
        self.template_name = "members/number_field.html"

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {
            "autocomplete": "off",
            "autocapitalize": "characters",
            "spellcheck": "false",
            "hx-get": reverse_lazy("members:number-check"),
            "hx-trigger": "input changed delay:400ms, change delay:400ms from:#id_country, change from:#id_scheme",
            "hx-include": "[name=country],[name=scheme]",
            "hx-target": "next [data-number-check]",
            "hx-sync": "this:queue last",
        }


def clean_number(form: BaseForm, cleaned: dict[str, Any], country: str, scheme: str) -> bool:
    """Judge `cleaned["number"]`: write scheme and stored form into `cleaned`, or the reason into the form's errors."""
    try:
        cleaned["scheme"], cleaned["number"] = judged(country, scheme, cleaned["number"])
    except ValidationError as error:
        add_errors(form, error)
        return False
    return True


def judged(country: str, scheme: str, number: str) -> tuple[str, str]:
    """The scheme's code and the number in the form in which it is stored.

    country: ISO alpha-2; scheme: code, or empty to recognise it. Raises ValidationError for the field `number` or
    `scheme`, with what is wrong and what is expected.
    """
    if personal := identifiers.of_a_person(country, number):
        raise ValidationError({"number": personal})
    kind = identifiers.get_scheme(scheme) if scheme else recognised(country, number)
    if kind is None:
        raise ValidationError({"number": _expected(country)})
    if kind.country not in ("", country):
        raise ValidationError({"scheme": _("This kind of number is not given out in the chosen country.")})
    result = kind.check(number)
    if not result.accepted:
        raise ValidationError({"number": _("%(kind)s: %(reason)s") % {"kind": kind.label, "reason": result.reason}})
    return kind.code, result.normalised


def recognised(country: str, number: str) -> Scheme | None:
    """The kind of number this is: one whose check agrees, else one of this shape, kinds with a check first.

    Unlike a guess for an import, a mistyped number of a checked kind is never taken for one of an unchecked kind.
    """
    results = [(scheme, scheme.check(number)) for scheme in identifiers.schemes_for(country)]
    for verdict in (True, False, None):
        for scheme, result in results:
            if result.format_ok is verdict and result.shape_ok:
                return scheme
    return None


def _expected(country: str) -> str:
    known = "; ".join(_described(scheme) for scheme in identifiers.schemes_for(country))
    return _("No register number of this country looks like this. Expected is: %(known)s.") % {"known": known}


def _described(scheme: Scheme) -> str:
    return f"{scheme.label} ({scheme.hint})"
