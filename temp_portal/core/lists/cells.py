"""Ready-made cells. Each function takes dotted attribute paths and returns the renderer for `Column.cell`.

A path that meets None on its way gives None, which the table shows as a dash.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language

from temp_portal.core import markup
from temp_portal.core.lists.columns import Cell
from temp_portal.core.markup.ownership import OwnershipGroup

Getter = Callable[[Any], Any]


def getter(path: str) -> Getter:
    """Reader of a dotted path; calls what is callable at its end (`get_state_display`)."""
    *steps, last = path.split(".")

    def get(row: Any) -> Any:
        for step in steps:
            row = getattr(row, step)
            if row is None:
                return None
        value = getattr(row, last)
        return value() if callable(value) else value

    return get


def by_value(value: Getter, render: Cell) -> Cell:
    """A cell that depends on one of few values only (a choice, a country): rendered once per value and language."""
    known: dict[tuple[object, str | None], object] = {}

    def cell(row: Any) -> object:
        key = (value(row), get_language())
        if key not in known:
            known[key] = render(row)
        return known[key]

    return cell


def text(path: str, sub: str = "") -> Cell:
    """Plain text, with a second quiet line read from `sub`."""
    first, second = getter(path), getter(sub) if sub else None

    def cell(row: Any) -> object:
        return _with_sub(first(row), second(row) if second else None)

    return cell


def choice(field: str, sub: str = "") -> Cell:
    """The capitalised label of a choices field, with a second quiet line read from `sub`."""
    *prefix, last = field.split(".")
    label, second = getter(".".join([*prefix, f"get_{last}_display"])), getter(sub) if sub else None
    word = by_value(getter(field), lambda row: capfirst(label(row) or ""))
    return lambda row: _with_sub(word(row), second(row) if second else None)


def country(path: str = "country") -> Cell:
    """The name of a django-countries field."""
    value = getter(path)
    return by_value(lambda row: getattr(value(row), "code", None), lambda row: getattr(value(row), "name", None))


def _with_sub(value: object, under: object) -> object:
    """A value, with a quiet second line where there is one."""
    if not under:
        return value
    return format_html('{}<span class="sub">{}</span>', "" if value is None else value, under)


def name(path: str = "", *, field: str = "name", native: str = "", link: str = "") -> Cell:
    """Translated name in two lines of the row, or of the object at `path`.

    native: field of the original name, e.g. "legal_name" (see `markup.name_tag`).
    link: path of the row that gives the address, e.g. "get_absolute_url" or "organisation.get_absolute_url".
    """
    thing, address = getter(path) if path else None, getter(link) if link else None

    def cell(row: Any) -> object:
        named = thing(row) if thing else row
        if named is None:
            return None
        return markup.name_tag(named, field, native=native, url=address(row) if address else "")

    return cell


def link(path: str, url: str = "get_absolute_url") -> Cell:
    """Text that leads somewhere."""
    value, address = getter(path), getter(url)

    def cell(row: Any) -> object:
        shown = value(row)
        return None if shown is None else format_html('<a href="{}">{}</a>', address(row), shown)

    return cell


def number(path: str, places: int | None = None) -> Cell:
    """Grouped digits; a zero is dimmed."""
    value = getter(path)

    def cell(row: Any) -> object:
        figure = value(row)
        if figure == 0:
            return SafeString('<span class="zero">0</span>')
        return None if figure is None else markup.number(figure, places)

    return cell


def money(amount: str, currency: str, places: int = 2) -> Cell:
    """Amount behind the currency code that stands on the row."""
    value, code = getter(amount), getter(currency)

    def cell(row: Any) -> object:
        figure = value(row)
        return None if figure is None else markup.money(figure, code(row), places)

    return cell


def percent(path: str, places: int = 1) -> Cell:
    """A fraction as a percentage."""
    value = getter(path)
    return lambda row: None if (figure := value(row)) is None else markup.percent(figure, places)


def date(path: str) -> Cell:
    """A day or a moment in `<time>`."""
    value = getter(path)
    return lambda row: None if (day := value(row)) is None else markup.time_tag(day)


def ownership(group: str, label: str = "") -> Cell:
    """Ownership mark: the group read from `group`, its wording from `label` (the group's own if empty)."""
    key, wording = getter(group), getter(label) if label else None
    return lambda row: markup.own_mark(key(row) or OwnershipGroup.UNVERIFIED, wording(row) if wording else None)


def status(path: str, tones: Mapping[str, str], label: str = "") -> Cell:
    """Status tag of a choices field; `tones` maps its values to tones (see `markup.status_tag`).

    label: path of the word; the field's own `get_…_display` if empty.
    """
    *prefix, field = path.split(".")
    value = getter(path)
    word = getter(label or ".".join([*prefix, f"get_{field}_display"]))

    def cell(row: Any) -> object:
        state = value(row)
        return None if state is None else markup.status_tag(tones.get(state, ""), word(row))

    return cell if label else by_value(value, cell)


def yes_no(path: str, yes: object, no: object) -> Cell:
    """A word for true, a quiet word for false."""
    value = getter(path)
    return lambda row: yes if value(row) else format_html('<span class="muted">{}</span>', no)
