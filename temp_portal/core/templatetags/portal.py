"""`{% load portal %}`: the portal's tags and filters.

Filters
    {{ 1284|number }}  {{ share|percent }}  {{ change|delta }}        figures in the reader's language, true minus
    {{ seat.admitted_on|day }}                                        `<time>` for a date or a moment
    {{ label|labelled:value }}                                        "label: value", with the colon of the language
    {{ field|control }}                                               a form field's widget in our look
    {{ "zh-hans"|lang_attribute }}                                    value for a `lang` attribute
    {{ request.path_info|section }}                                   what the marks of the navigation depend on
Tags
    {% icon "check" %}  {% icon "bell" _("Inbox") %}
    {% own_mark group %}  {% own_mark group label %}  {% own_shape group %}
    {% own_bar counts "tall" %}  {% own_key counts urls wide=True %}
    {% status "ok" _("Pass") %}  {% status "warn" text icon="clock" %}
    {% name organisation native="legal_name" url=organisation.get_absolute_url %}  {% name committee lines=1 %}
    {% native_name committee %}                                       the second line of a name by itself
    {% two_lines shown native lang="" native_lang="ru" %}
    {% money amount currency %}  {% percent_delta now before %}
    {% nav_link url label %}                                          marks the current place
The other components are templates: `{% include "components/timeline.html" with events=… %}`; each says at its top what
it takes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import template
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms import (
    BoundField,
    CheckboxInput,
    CheckboxSelectMultiple,
    ChoiceField,
    ModelChoiceField,
    RadioSelect,
    Select,
)
from django.forms.boundfield import BoundWidget
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from temp_portal.core import markup
from temp_portal.core.markup import names
from temp_portal.core.markup.ownership import COUNTED
from temp_portal.core.titles import labelled

register = template.Library()

register.simple_tag(markup.icon)
register.simple_tag(markup.own_mark)
register.simple_tag(markup.own_shape)
register.simple_tag(markup.own_bar)
register.simple_tag(markup.two_lines)
register.simple_tag(markup.money)
register.simple_tag(markup.percent_delta)
register.simple_tag(markup.status_tag, name="status")
register.simple_tag(markup.name_tag, name="name")
register.simple_tag(markup.native_name)
register.filter("labelled", labelled)
register.filter("number", markup.number)
register.filter("percent", markup.percent)
register.filter("delta", markup.delta)
register.filter("lang_attribute", names.lang_attribute)


@register.filter
def day(value: date | None) -> SafeString:
    """`<time>` for a date or a moment."""
    return markup.time_tag(value)


@register.filter
def section(path: str) -> tuple[str, bool]:
    """The part of the site that a path lies in, and whether it lies deeper: all that marks of the navigation tell."""
    first, _slash, rest = path.removeprefix("/").partition("/")
    return first, bool(rest)


@register.filter
def control(field: BoundField) -> SafeString:
    """The widget of a form field in our look. Long selects become searchable; a placeholder repeats no label."""
    widget = field.field.widget
    attributes: dict[str, Any] = dict(widget.attrs)
    attributes["class"] = f"{_control_class(widget)} {attributes.get('class', '')}".strip()
    if attributes.get("placeholder") == field.label:
        attributes["placeholder"] = False
    if isinstance(widget, Select):
        _name_empty_option(field)
        attributes |= {"data-select": ""} if _is_long(field) else {}
    return field.as_widget(attrs=attributes)


def _name_empty_option(field: BoundField) -> None:
    """Words instead of Django's row of dashes."""
    dashes, words = BLANK_CHOICE_DASH[0][1], _("choose…")
    if isinstance(field.field, ModelChoiceField):
        if field.field.empty_label == dashes:
            field.field.empty_label = words
    elif isinstance(field.field, ChoiceField):
        choices: list[Any] = list(field.field.widget.choices)
        if choices and choices[0][1] == dashes:
            field.field.choices = [("", words), *choices[1:]]


def _control_class(widget: Any) -> str:
    if isinstance(widget, CheckboxInput | CheckboxSelectMultiple | RadioSelect):
        return "form-check-input"
    return "form-select" if isinstance(widget, Select) else "form-control"


#: From this many options on, a select gets a search box.
LONG_SELECT = 12


def _is_long(field: BoundField) -> bool:
    """Rows of a table (which are not counted here), several to be chosen, or simply many options."""
    if isinstance(field.field, ModelChoiceField) or getattr(field.field.widget, "allow_multiple_selected", False):
        return True
    return len(list(getattr(field.field, "choices", ()))) >= LONG_SELECT


@register.filter
def choices(field: BoundField) -> list[BoundWidget]:
    """The single boxes or buttons of a group of choices, in our look."""
    field.field.widget.attrs["class"] = "form-check-input"
    return list(field.subwidgets)


@register.filter
def is_checkbox(field: BoundField) -> bool:
    """Whether a field is one box to tick, whose label stands beside it."""
    return isinstance(field.field.widget, CheckboxInput)


@register.filter
def is_group(field: BoundField) -> bool:
    """Whether a field is a group of choices that needs a fieldset with a legend."""
    return isinstance(field.field.widget, RadioSelect | CheckboxSelectMultiple)


@register.simple_tag(takes_context=True)
def nav_link(context: Context, url: str, label: object) -> SafeString:
    """A link of the navigation; the part of the site one is in carries `aria-current`."""
    if not url:
        return SafeString("")
    request = context.get("request")
    path = request.path if request is not None else ""
    if path == url:
        current = SafeString(' aria-current="page"')
    else:
        current = SafeString(' aria-current="true"') if path.startswith(url) and url != "/" else SafeString("")
    return format_html('<a href="{}"{}>{}</a>', url, current, label)


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A line of the ownership key."""

    mark: SafeString
    label: str
    count: int
    fraction: float
    url: str


@register.inclusion_tag("components/own_key.html")
def own_key(counts: Mapping[str, int], urls: Mapping[str, str] | None = None, *, wide: bool = False) -> dict[str, Any]:
    """The key under an ownership bar: shape, label, count (a link into the rows behind it), percentage.

    counts: members by group; the percentages are of the four groups together.
    """
    total = sum(counts.get(group, 0) for group in COUNTED)
    rows = [
        KeyRow(
            mark=markup.own_shape(group),
            label=str(group.label),
            count=counts.get(group, 0),
            fraction=counts.get(group, 0) / total if total else 0.0,
            url=(urls or {}).get(group, ""),
        )
        for group in COUNTED
    ]
    return {"rows": rows, "wide": wide}
