"""Ready-made cells. Each function takes dotted attribute paths and returns the renderer for `Column.cell`.

A path that meets None on its way gives None, which the table shows as a dash. Cells that are `Values` let a page be
read without model instances.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Choices
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language

from temp_portal.core import markup
from temp_portal.core.addresses import address_template
from temp_portal.core.country_names import country_name
from temp_portal.core.lists.columns import Cell
from temp_portal.core.lists.getters import Getter, getter
from temp_portal.core.lists.values import Values, made, remembered
from temp_portal.core.markup.ownership import OwnershipGroup


def by_value(value: Getter, render: Cell) -> Cell:
    """A cell that depends on one of few values only: rendered once per value and language."""
    known: dict[tuple[object, str | None], object] = {}

    def cell(row: Any) -> object:
        key = (value(row), get_language())
        if key not in known:
            known[key] = render(row)
        return known[key]

    return cell


def text(path: str, sub: str = "") -> Cell:
    """Plain text, with a second quiet line read from `sub`."""
    return made(_with_sub, path, sub) if sub else made(lambda value: value, path)


def choice(field: str, sub: str = "", *, choices: type[Choices] | None = None) -> Cell:
    """The capitalised label of a choices field, with a second quiet line read from `sub`.

    choices: those of the field, with which the cell is made of its value alone.
    """
    if choices is not None and not sub:
        labels = dict(choices.choices)
        return remembered(lambda code: capfirst(str(labels.get(code, code) or "")), field)
    *prefix, last = field.split(".")
    label, second = getter(".".join([*prefix, f"get_{last}_display"])), getter(sub) if sub else None
    word = by_value(getter(field), lambda row: capfirst(label(row) or ""))
    return lambda row: _with_sub(word(row), second(row) if second else None)


def country(path: str = "country") -> Cell:
    """The name of a django-countries field."""
    return remembered(lambda code: country_name(str(code)) if code else None, path)


def _with_sub(value: object, under: object) -> object:
    """A value, with a quiet second line where there is one."""
    if not under:
        return value
    return format_html('{}<span class="sub">{}</span>', "" if value is None else value, under)


@dataclass(frozen=True, slots=True)
class Address:
    """Where a cell leads, told by values: the name of a URL and the dotted paths of its arguments."""

    url: str
    arguments: Sequence[str]


def name(
    path: str = "",
    *,
    field: str = "name",
    native: str = "",
    link: str = "",
    to: Address | None = None,
    none: Sequence[str] = (),
) -> Cell:
    """Translated name in two lines of the row, or of the object at `path`.

    native: field of the original name, e.g. "legal_name" (see `markup.name_tag`).
    link: path of the row that gives the address, e.g. "get_absolute_url" or "organisation.get_absolute_url".
    to: the same address told by values, with which the cell is made of values, if those at the paths `none` are None.
    """
    thing, address = getter(path) if path else None, getter(link) if link else None

    def cell(row: Any) -> object:
        named = thing(row) if thing else row
        if named is None:
            return None
        return markup.name_tag(named, field, native=native, url=address(row) if address else "")

    if to is None:
        return cell
    prefix = f"{path}." if path else ""
    fields = [f"{field}_{suffix}" for suffix in markup.SUFFIXES] + ([native, f"{native}_language"] if native else [])
    return Values(
        [*(f"{prefix}{each}" for each in fields), *to.arguments],
        lambda: _name_of_values(native=bool(native), to=to),
        cell,
        none,
    )


def _name_of_values(*, native: bool, to: Address) -> Callable[..., SafeString]:
    """What makes a name of its three forms, the original and its language where there is one, and the address."""
    address = address_template(to.url, len(to.arguments))
    tag = markup.name_of_texts()
    if native:
        return lambda en, zh, ru, text, language, *values: tag((en, zh, ru), text, language, address(*values))
    return lambda en, zh, ru, *values: tag((en, zh, ru), "", "", address(*values))


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
    return made(lambda day: None if day is None else markup.time_tag(day), path)


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
    return remembered(lambda value: str(yes) if value else format_html('<span class="muted">{}</span>', no), path)
