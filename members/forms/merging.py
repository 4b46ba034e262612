"""Two records side by side: which of them remains, and which value of each field."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from members.carried import conflicts_between
from members.models import Mergeable
from members.reference import find_code
from members.workflows.merging import differing, kind_of, labels

ONE: Final = "one"
OTHER: Final = "other"
RADIO: Final = "form-check-input"


@dataclass(frozen=True, slots=True)
class Line:
    """A value of both records; `radios` to choose by where they differ."""

    name: str
    label: str
    one: str
    other: str
    radios: Any = None


class MergeForm(forms.Form):
    """Of two records. Where they differ, the choice begins with the record that remains, unless it says nothing."""

    remaining = forms.ChoiceField(label=_("The record that remains"), widget=forms.RadioSelect(attrs={"class": RADIO}))
    reason = forms.CharField(
        label=_("How it is known that both are one"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, one: Mergeable, other: Mergeable, **options: Any) -> None:
        super().__init__(*args, **options)
        self.one, self.other = one, other
        usual = OTHER if other.merged.exists() or (other.pk < one.pk and not one.merged.exists()) else ONE
        remaining: Any = self.fields["remaining"]
        remaining.choices = [(ONE, one.own_name), (OTHER, other.own_name)]
        remaining.initial = usual
        self._labels = labels(kind_of(one))
        self._differing = differing(one, other)
        for name in self._differing:
            self.fields[f"value_{name}"] = self._choice(name, usual)

    def _choice(self, name: str, usual: str) -> forms.ChoiceField:
        texts = {ONE: text(self.one, name), OTHER: text(self.other, name)}
        start = usual if texts[usual] else next(side for side in texts if side != usual)
        widget = forms.RadioSelect(attrs={"class": RADIO, "aria-describedby": f"label-{name}"})
        choices = [(side, shown or "–") for side, shown in texts.items()]
        return forms.ChoiceField(label=self._labels[name], choices=choices, initial=start, widget=widget)

    def lines(self) -> Iterator[Line]:
        """Every value that one of the two has."""
        for name, label in self._labels.items():
            one, other = text(self.one, name), text(self.other, name)
            if name in self._differing:
                yield Line(name, str(label), one, other, list(self[f"value_{name}"]))
            elif one:
                yield Line(name, str(label), one, other)

    def obstacles(self) -> list[tuple[str, list[str]]]:
        """For each record that could remain: what would have to be settled first."""
        pairs = [(self.one, self.other), (self.other, self.one)]
        told = [(remaining.own_name, conflicts_between(merged, remaining)) for remaining, merged in pairs]
        return [(name, lines) for name, lines in told if lines]

    @property
    def merged_and_remaining(self) -> tuple[Mergeable, Mergeable]:
        """As chosen."""
        return (self.other, self.one) if self.cleaned_data["remaining"] == ONE else (self.one, self.other)

    @property
    def taken(self) -> list[str]:
        """Names of the values that the remaining record takes from the merged one."""
        return [
            name for name in self._differing if self.cleaned_data[f"value_{name}"] != self.cleaned_data["remaining"]
        ]


def text(record: Any, name: str) -> str:
    """A value of a record in words; empty for none."""
    value = getattr(record, name)
    if name == "industry_codes":
        return ", ".join(_industry(code) for code in value)
    if name == "country":
        return str(value.name)
    if name == "registered_capital":
        return f"{record.capital_currency} {value:,.2f}".strip() if value is not None else ""
    if isinstance(value, list):
        return ", ".join(value)
    if record._meta.get_field(name).choices:
        return capfirst(str(getattr(record, f"get_{name}_display")()))
    return "" if value is None else str(value)


def _industry(code: dict[str, str]) -> str:
    return f"{code['scheme']} {find_code(code['scheme'], code['version'], code['code']) or code['code']}"


class DismissForm(forms.Form):
    """How it is known that two records are not one."""

    reason = forms.CharField(
        label=_("How it is known that they are not one"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class ReopenForm(forms.Form):
    """Nothing is asked."""


class UndoMergeForm(forms.Form):
    """Why two records are taken apart."""

    reason = forms.CharField(label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
