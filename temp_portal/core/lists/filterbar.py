"""Filters as chips: what is applied stands filled with its value, what could be applied stands dashed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.forms import BoundField
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext as _

from temp_portal.core.lists.state import ListState
from temp_portal.core.markup.figures import date_text


@dataclass(frozen=True, slots=True)
class FilterChip:
    """One filter. `value` is its applied value in words, empty when it does not apply."""

    name: str
    label: str
    field: BoundField
    value: str
    errors: list[str]
    remove_url: str

    @property
    def is_applied(self) -> bool:
        """Whether the reader set this filter (even if to something that it cannot take)."""
        return bool(self.value or self.errors)


@dataclass(frozen=True, slots=True)
class FilterBar:
    """All chips of a list, the search box's text, and the way back to the unfiltered list.

    kept: parameters that the form carries along (order, columns), as pairs.
    """

    chips: list[FilterChip]
    search: str
    clear_url: str
    kept: list[tuple[str, str]]

    @property
    def applied(self) -> list[FilterChip]:
        """The chips that narrow the list."""
        return [chip for chip in self.chips if chip.is_applied]

    @property
    def count(self) -> int:
        """Number of applied filters, the search counted as one."""
        return len(self.applied) + bool(self.search)


def filter_bar(filterset: Any, state: ListState) -> FilterBar:
    """The chips of a bound django-filter FilterSet (None: a list without filters)."""
    chips = (
        [] if filterset is None else [_chip(filterset.form[name], filterset.form, state) for name in filterset.filters]
    )
    own = [parameter for chip in chips for parameter in _parameters(chip.name, state)]
    return FilterBar(chips, state.search, state.without([*own, "q"]), state.kept([*own, "q"]))


def _chip(field: BoundField, form: Any, state: ListState) -> FilterChip:
    name = field.name
    return FilterChip(
        name=name,
        label=str(field.label),
        field=field,
        value=_words(field, form.cleaned_data.get(name)),
        errors=[str(error) for error in field.errors],
        remove_url=state.without(_parameters(name, state)),
    )


def _parameters(name: str, state: ListState) -> list[str]:
    """Parameters that belong to a filter: its name, and `<name>_min`, `<name>_after` … of ranges."""
    suffixes = ("", "_min", "_max", "_after", "_before")
    return [name + suffix for suffix in suffixes if name + suffix in state.params]


def _words(field: BoundField, value: Any) -> str:
    """A cleaned value in words; empty for a filter that is not set."""
    if value in (None, "", [], ()) or _is_empty_set(value):
        return ""
    if isinstance(value, slice):
        return _range_words(value)
    if isinstance(value, date):
        return date_text(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    labels = _choice_labels(field)
    values = [value] if isinstance(value, str) or not isinstance(value, Iterable) else value
    return ", ".join(labels.get(str(each), str(each)) for each in values)


def _is_empty_set(value: Any) -> bool:
    """An unset multiple model choice is an empty queryset."""
    return hasattr(value, "exists") and not value.exists()


def _range_words(value: slice) -> str:
    low, high = (date_text(end) if isinstance(end, date) else end for end in (value.start, value.stop))
    if low is None:
        return _("up to %(value)s") % {"value": high}
    if high is None:
        return _("from %(value)s") % {"value": low}
    return _("%(low)s to %(high)s") % {"low": low, "high": high}


def _choice_labels(field: BoundField) -> dict[str, str]:
    """Value → label of a choice field. Model choices print themselves, so their table is not read."""
    choices = getattr(field.field, "choices", None)
    if choices is None or isinstance(getattr(choices, "choices_func", choices), ModelChoiceIterator):
        return {}
    flat: dict[str, str] = {}
    for value, label in choices:
        group = label if isinstance(label, list | tuple) else [(value, label)]
        flat.update({str(each): str(text) for each, text in group})
    return flat
