"""What a mapping can do with a cell: named converters, each made with options and then called once per cell.

A converter takes a cell that is not blank and returns the value to stage, or raises ConversionError with a reason for
the clerk. `@converter("name")` adds one; its keyword arguments are the options that a mapping may give.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _

from temp_portal.core.currencies import is_currency
from temp_portal.core.money import Amount, AmountError, parse_amount, parse_decimal
from temp_portal.core.tabular.cells import Cell, header_key, lost_digits, text_of
from temp_portal.core.tabular.countries import country_code, is_chinese_province
from temp_portal.core.tabular.dates import DateError, Order, PartialDate, date_of_cell, parse_date

Convert = Callable[[Cell], Any]
Factory = Callable[..., Convert]

CONVERTERS: dict[str, Factory] = {}

_TRUE: Final = frozenset({"true", "yes", "y", "1", "да", "是", "✓", "+"})
_FALSE: Final = frozenset({"false", "no", "n", "0", "нет", "否", "不是", "-"})
_SPACES: Final = re.compile(r"\s+")
_CHINA: Final = "CN"


class ConversionError(ValueError):
    """The value cannot be used; the message says why, for the clerk who has the file."""


def converter(name: str) -> Callable[[Factory], Factory]:
    """Register a factory of converters under `name`. Raises ValueError when the name is taken."""

    def register(factory: Factory) -> Factory:
        if CONVERTERS.setdefault(name, factory) is not factory:
            raise ValueError(f"There is a converter called {name!r} already")
        return factory

    return register


@converter("text")
def text(*, max_length: int | None = None) -> Convert:
    """One line: runs of white space become one space."""

    def convert(cell: Cell) -> str:
        return _within(_SPACES.sub(" ", text_of(cell)), max_length)

    return convert


@converter("long_text")
def long_text(*, max_length: int | None = None) -> Convert:
    """Text that keeps its line breaks."""

    def convert(cell: Cell) -> str:
        return _within(text_of(cell), max_length)

    return convert


@converter("identifier")
def identifier(*, max_length: int | None = None) -> Convert:
    """A number that is a name: leading zeros stay; refused where a spreadsheet has dropped digits."""

    def convert(cell: Cell) -> str:
        if lost_digits(cell):
            raise ConversionError(
                _("A spreadsheet dropped digits of this number. Format the column as text and enter the number anew.")
            )
        return _within(unicodedata.normalize("NFKC", text_of(cell)), max_length)

    return convert


@converter("integer")
def integer(*, minimum: int | None = None, maximum: int | None = None) -> Convert:
    """A whole number."""

    def convert(cell: Cell) -> int:
        number = _decimal(cell)
        if number != number.to_integral_value():
            raise ConversionError(_("Not a whole number."))
        return int(_between(number, minimum, maximum))

    return convert


@converter("decimal")
def decimal(*, minimum: int | None = None, maximum: int | None = None) -> Convert:
    """A number, grouped and with a decimal sign as people write them."""
    return lambda cell: _between(_decimal(cell), minimum, maximum)


@converter("year")
def year() -> Convert:
    """A calendar year of four digits."""

    def convert(cell: Cell) -> int:
        found = _partial(cell, None)
        if found.precision != "year":
            raise ConversionError(_("Not a year of four digits."))
        return found.year

    return convert


@converter("boolean")
def boolean() -> Convert:
    """Yes or no, in three languages."""

    def convert(cell: Cell) -> bool:
        word = text_of(cell).casefold()
        if word not in _TRUE and word not in _FALSE:
            raise ConversionError(_("Neither yes nor no."))
        return word in _TRUE

    return convert


@converter("date")
def exact_date(*, order: Order | None = None) -> Convert:
    """A day. `order` ("dmy", "mdy") says which number is the day where the file does not tell."""

    def convert(cell: Cell) -> date:
        found = _partial(cell, order)
        if found.precision != "day":
            raise ConversionError(_("The day is missing. Write YYYY-MM-DD."))
        return found.first_day

    return convert


@converter("partial_date")
def partial_date(*, order: Order | None = None) -> Convert:
    """A day, a month or a year, with its precision."""
    return lambda cell: _partial(cell, order)


@converter("country")
def country(*, provinces: bool = False) -> Convert:
    """ISO code of a country from a code or a name; with `provinces`, a Chinese province stands for China."""

    def convert(cell: Cell) -> str:
        name = text_of(cell)
        code = country_code(_three_digits(name) if isinstance(cell, int | float) else name)
        if code is None and provinces and is_chinese_province(name):
            return _CHINA
        if code is None:
            raise ConversionError(_("Not a country. Write its ISO code or its name in English, Chinese or Russian."))
        return code

    return convert


@converter("currency")
def currency() -> Convert:
    """An ISO 4217 code, also a withdrawn one."""

    def convert(cell: Cell) -> str:
        code = text_of(cell).upper()
        if not is_currency(code):
            raise ConversionError(_("Not an ISO 4217 currency code, such as CNY or USD."))
        return code

    return convert


@converter("amount")
def amount(*, currency: str | None = None, units: Mapping[str, str] | None = None) -> Convert:
    """An amount with its unit; `currency` where the cell names none, `units` as in `parse_amount`."""

    def convert(cell: Cell) -> Amount:
        if isinstance(cell, int | float):
            return Amount(_decimal(cell), currency)
        try:
            found = parse_amount(text_of(cell), units=units)
        except AmountError as error:
            raise ConversionError(str(error)) from error
        return found if found.currency else Amount(found.value, currency)

    return convert


@converter("choice")
def choice(*, choices: Mapping[str, str]) -> Convert:
    """One of a list: words of the file → codes. Case, width and white space do not count."""
    codes = {header_key(word): code for word, code in choices.items()}
    words = ", ".join(dict.fromkeys(choices))

    def convert(cell: Cell) -> str:
        try:
            return codes[header_key(text_of(cell))]
        except KeyError:
            raise ConversionError(_("Not one of: %(words)s.") % {"words": words}) from None

    return convert


@converter("list")
def split_list(*, split: str = ";", skip: Sequence[str] = ()) -> Convert:
    """Several texts in one cell, without repetitions."""
    parts = _splitter(split, skip)
    return lambda cell: list(dict.fromkeys(parts(cell)))


@converter("countries")
def split_countries(*, split: str = ";", skip: Sequence[str] = (), provinces: bool = False) -> Convert:
    """Several countries in one cell. `skip` lists entries that are not countries ("Africa, regional")."""
    parts, convert = _splitter(split, skip), country(provinces=provinces)
    return lambda cell: list(dict.fromkeys(convert(part) for part in parts(cell)))


@converter("tagged_list")
def tagged_list(
    *, split: str = ";", skip: Sequence[str] = (), tag_after: str = ",", tags: Mapping[str, str] | None = None
) -> Convert:
    """Entries of the form "name, kind" as a list of {"name", "tag"}.

    What follows the last `tag_after` is the tag only when it stands in `tags` (words → codes): "Co., Ltd." is not.
    """
    parts = _splitter(split, skip)
    codes = {header_key(word): code for word, code in (tags or {}).items()}

    def entry(part: str) -> dict[str, str | None]:
        name, __, word = part.rpartition(tag_after)
        code = codes.get(header_key(word))
        return {"name": name.strip(), "tag": code} if code and name.strip() else {"name": part, "tag": None}

    return lambda cell: [entry(part) for part in dict.fromkeys(parts(cell))]


def _splitter(separator: str, skip: Iterable[str]) -> Callable[[Cell], list[str]]:
    skipped = {header_key(entry) for entry in skip}

    def parts(cell: Cell) -> list[str]:
        found = (_SPACES.sub(" ", part).strip() for part in text_of(cell).split(separator))
        return [part for part in found if part and header_key(part) not in skipped]

    return parts


def _within(value: str, max_length: int | None) -> str:
    if max_length is not None and len(value) > max_length:
        raise ConversionError(_("Longer than %(limit)s characters.") % {"limit": max_length})
    return value


def _between(number: Decimal, minimum: int | None, maximum: int | None) -> Decimal:
    if minimum is not None and number < minimum:
        raise ConversionError(_("Less than %(limit)s.") % {"limit": minimum})
    if maximum is not None and number > maximum:
        raise ConversionError(_("More than %(limit)s.") % {"limit": maximum})
    return number


def _decimal(cell: Cell) -> Decimal:
    # A float's shortest text is what the spreadsheet showed; its binary value has digits that nobody wrote.
    try:
        return parse_decimal(text_of(cell))
    except AmountError:
        raise ConversionError(_("Not a number.")) from None


def _partial(cell: Cell, order: Order | None) -> PartialDate:
    try:
        if isinstance(cell, date | int | float) and not isinstance(cell, bool):
            return date_of_cell(cell)
        return parse_date(text_of(cell), order)
    except DateError as error:
        raise ConversionError(str(error)) from None


def _three_digits(number: str) -> str:
    return number.zfill(3)
