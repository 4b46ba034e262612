"""Choosing industries: sections and divisions of every classification in one searchable list."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.reference import classifications, find_code

Code = dict[str, str]


def industry_label(code: Code) -> str:
    """A stored code with its title and where it comes from; bare where the classification is not known."""
    entry = find_code(code["scheme"], code["version"], code["code"])
    title = f" {entry.title}" if entry else ""
    return f"{code['code']}{title} ({scheme_label(code['scheme'], code['version'])})"


def scheme_label(scheme: str, version: str) -> str:
    """What a version of a classification is called."""
    return f"ISIC Rev.{version}" if scheme == "ISIC" else f"{scheme}-{version}"


def _key(code: Code) -> str:
    return f"{code['scheme']}|{code['version']}|{code['code']}"


def _code(key: str) -> Code:
    scheme, version, code = key.split("|")
    return {"scheme": scheme, "version": version, "code": code}


def _offered() -> list[Any]:
    return [
        (
            f"{scheme_label(scheme, version)} · {section}",
            [(f"{scheme}|{version}|{code}", label) for code, label in divisions],
        )
        for (scheme, version), one in classifications().items()
        for section, divisions in one.choices()
    ]


class IndustryField(forms.MultipleChoiceField):
    """A list of {scheme, version, code}: divisions, and whatever finer code is chosen already."""

    default_error_messages = {"invalid_choice": gettext_lazy("This code is in no classification known here.")}

    def __init__(self, **options: Any) -> None:
        super().__init__(choices=_offered, **options)

    def keep(self, codes: list[Code]) -> None:
        """Offer codes of other editions and levels too, since they stand there already."""
        known = {key for _label, group in _offered() for key, _text in group}
        others = [(_key(code), industry_label(code)) for code in codes if _key(code) not in known]
        if others:
            self.choices = [(_("In the register"), others), *_offered()]

    def prepare_value(self, value: Any) -> Any:
        return [_key(each) if isinstance(each, dict) else each for each in value or []]

    def clean(self, value: Any) -> list[Code]:
        return [_code(key) for key in super().clean(value)]
