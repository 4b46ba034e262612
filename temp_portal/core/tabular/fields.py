"""What a kind of import can take: its fields, their types, and how a value lies in the staging table."""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise

from temp_portal.core.money import Amount
from temp_portal.core.tabular.cells import header_key
from temp_portal.core.tabular.dates import PartialDate

Label = str | Promise
TypeName = Literal[
    "text",
    "long_text",
    "identifier",
    "integer",
    "decimal",
    "year",
    "boolean",
    "date",
    "partial_date",
    "country",
    "countries",
    "currency",
    "amount",
    "list",
    "tagged_list",
]
Staged = tuple[Any, ...]

_NAME: Final = re.compile(r"[a-z][a-z0-9_]*")
#: An amount is stored to the hundredth of its currency's unit.
AMOUNT_PLACES: Final = 2
_DIGITS: Final = 40
#: Columns of the staging table itself.
RESERVED: Final = frozenset({"row_number", "target_id", "action", "changes", "merged_into"})


@dataclass(frozen=True, slots=True)
class FieldType:
    """How values of one type are staged.

    columns: ending of the column's name → SQL type; the first has no ending.
    converters: those that give such values, the usual one first.
    staged: value → one text or number per column, as COPY in CSV takes it.
    """

    columns: Mapping[str, str]
    converters: Sequence[str]
    staged: Callable[[Any], Staged] = lambda value: (value,)


def _array(items: Iterable[str]) -> Staged:
    quoted = ('"' + item.replace("\\", "\\\\").replace('"', '\\"') + '"' for item in items)
    return ("{" + ",".join(quoted) + "}",)


def _partial(value: PartialDate) -> Staged:
    return (value.first_day, value.precision)


def _amount(value: Amount) -> Staged:
    return (value.value, value.currency)


def _json(value: object) -> Staged:
    return (json.dumps(value, ensure_ascii=False, sort_keys=True),)


_WORDS: Final = ("choice", "country", "currency")
FIELD_TYPES: Final[Mapping[str, FieldType]] = {
    "text": FieldType({"": "text"}, ("text", "long_text", "identifier", *_WORDS)),
    "long_text": FieldType({"": "text"}, ("long_text", "text")),
    "identifier": FieldType({"": "text"}, ("identifier",)),
    "integer": FieldType({"": "bigint"}, ("integer", "year")),
    "decimal": FieldType({"": "numeric"}, ("decimal", "integer")),
    "year": FieldType({"": "integer"}, ("year",)),
    "boolean": FieldType({"": "boolean"}, ("boolean",)),
    "date": FieldType({"": "date"}, ("date",)),
    "partial_date": FieldType({"": "date", "_precision": "text"}, ("partial_date",), _partial),
    "country": FieldType({"": "text"}, ("country",)),
    "countries": FieldType({"": "text[]"}, ("countries",), _array),
    "currency": FieldType({"": "text"}, ("currency",)),
    "amount": FieldType({"": "numeric", "_currency": "text"}, ("amount",), _amount),
    "list": FieldType({"": "text[]"}, ("list",), _array),
    "tagged_list": FieldType({"": "jsonb"}, ("tagged_list",), _json),
}


@dataclass(frozen=True, slots=True)
class ImportField:
    """One thing that a file can say about a row.

    name: column of the staging table; `type` may add more with an ending (see FIELD_TYPES).
    label, help, examples: for the page on which columns are mapped, and for error messages.
    required: a row without it is rejected, a file without it is not recognised.
    choices: code → label; a cell may hold the code or the label in any of the portal's languages.
    aliases: further column names under which files carry it.
    max_length: longest text that is taken.
    places: decimals that are kept of a number, so that it equals what is stored; amounts keep two, numbers all.
    blank_clears: a blank cell removes what is stored; otherwise it says nothing and the stored value stays.
    """

    name: str
    label: Label
    type: TypeName = "text"
    required: bool = False
    help: Label = ""
    examples: Sequence[str] = ()
    choices: Mapping[str, Label] = field(default_factory=dict)
    aliases: Sequence[str] = ()
    max_length: int | None = None
    places: int | None = None
    blank_clears: bool = False

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name) or self.name in RESERVED:
            raise ValueError(f"{self.name!r} cannot be the name of an import field")

    @property
    def kind(self) -> FieldType:
        """How the field is staged."""
        return FIELD_TYPES[self.type]

    @property
    def columns(self) -> dict[str, str]:
        """Names and SQL types of its columns in the staging table."""
        return {f"{self.name}{ending}": self._exactly(sql) for ending, sql in self.kind.columns.items()}

    def _exactly(self, sql: str) -> str:
        places = AMOUNT_PLACES if self.places is None and self.type == "amount" else self.places
        return sql if places is None or sql != "numeric" else f"numeric({_DIGITS}, {places})"

    def header_keys(self) -> frozenset[str]:
        """Column names, folded, under which the field is recognised: name, label in every language, aliases."""
        labels = _in_every_language(self.label)
        return frozenset(map(header_key, (self.name, self.name.replace("_", " "), *labels, *self.aliases)))

    def choice_words(self) -> dict[str, str]:
        """Word of a file → code, for every code and its label in every language."""
        words = {code: code for code in self.choices}
        for code, label in self.choices.items():
            words |= dict.fromkeys(_in_every_language(label), code)
        return words


def _in_every_language(label: Label) -> list[str]:
    found = []
    for language, __ in settings.LANGUAGES:
        with translation.override(language):
            found.append(str(label))
    return found
