"""Filters as chips: what is applied stands filled with its value, what could be applied stands dashed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.forms import BoundField, ModelChoiceField
from django.forms.models import ModelChoiceIterator
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from temp_portal.core.lists.filters import CountryFilter
from temp_portal.core.lists.state import ListState
from temp_portal.core.markup.figures import date_text


@dataclass(frozen=True, slots=True)
class FilterChip:
    """One filter. `value`: what is applied, in words, or empty; `body`: what the chip opens."""

    name: str
    label: str
    value: str
    errors: list[str]
    remove_url: str
    body: SafeString

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
    chips = [] if filterset is None else [_chip(filterset, name, state) for name in filterset.filters]
    own = [parameter for chip in chips for parameter in _parameters(chip.name, state)]
    return FilterBar(chips, state.search, state.without([*own, "q"]), state.kept([*own, "q"]))


def _chip(filterset: Any, name: str, state: ListState) -> FilterChip:
    field = filterset.form[name]
    errors = [str(error) for error in field.errors]
    value, body = _told(filterset, field, errors)
    return FilterChip(
        name=name,
        label=str(field.label),
        value=value,
        errors=errors,
        remove_url=state.without(_parameters(name, state)),
        body=body,
    )


def _body(field: BoundField, errors: Sequence[str] = ()) -> SafeString:
    return render_to_string("components/filter_field.html", {"field": field, "errors": errors})


#: Words and fields of filters by filter set, name, language and what is set: a list of all countries takes as long as
#: the rest of the page.
_known: dict[tuple[type, str, str | None, str], tuple[str, SafeString]] = {}
_MANY: Final = 2_000


def _told(filterset: Any, field: BoundField, errors: Sequence[str]) -> tuple[str, SafeString]:
    """What is set, in words, and what the chip opens."""
    value = filterset.form.cleaned_data.get(field.name)
    if errors or not _is_the_same_for_all(filterset, field):
        return _words(field, value), _body(field, errors)
    key = (type(filterset), field.name, get_language(), repr(field.value()))
    if key not in _known:
        if len(_known) >= _MANY:
            _known.clear()
        _known[key] = _words(field, value), _body(field)
    return _known[key]


def _is_the_same_for_all(filterset: Any, field: BoundField) -> bool:
    """Whether a filter offers every reader the same at any time: choices as its class declares them, from no table."""
    used, declared = filterset.filters[field.name], type(filterset).base_filters[field.name]
    asks = isinstance(field.field, ModelChoiceField) or callable(used.extra.get("choices"))
    return isinstance(used, CountryFilter) or (not asks and used.extra == declared.extra)


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
