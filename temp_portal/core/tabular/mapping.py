"""Which column of a file says what: mappings, shipped with the apps or made by a reader.

A mapping is a TOML or JSON file::

    kind = "projects"
    name = "Global Chinese Official Finance"
    source = "gcof1"                                # recorded with every row that it brings
    headers = ["project_id", "recipient_iso3"]      # a file with all of these is recognised

    [columns]
    title = "title"                                 # field = column
    visibility = { value = "public" }               # a constant

    [columns.started]
    from = ["start_actual", "start_planned"]        # the first that is not blank…
    converter = "partial_date"                      # the field's usual converter when left out

    [columns.amount]
    from = ["amount", "currency"]
    combine = "join"                                # …or all in one text, `separator` (a space) between;
                                                    # blank when the first of them is
    blank = ["0"]                                   # further words that mean "nothing"

    [columns.status]
    from = "status"
    value = "S1"                                    # used when the cell is blank
    choices = { Completion = "S9", Cancelled = "X2" }   # all other keys are options of the converter

    [columns.short_name]
    from = "name"
    extract = "（(.+)\\)$"                           # what the group matches, blank where nothing does
"""

import json
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal, Self, cast

from django.apps import apps
from django.utils.translation import gettext as _

from temp_portal.core.tabular.cells import header_key
from temp_portal.core.tabular.errors import BadMapping
from temp_portal.core.tabular.fields import ImportField

Combine = Literal["first", "join"]

_COLUMN_KEYS: Final = frozenset({"from", "combine", "separator", "extract", "blank", "value", "converter"})
_MAPPING_KEYS: Final = frozenset({"kind", "name", "source", "headers", "columns"})
SHIPPED_FOLDER: Final = "mappings"


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Where one field's value comes from (see the module's text for the keys)."""

    sources: tuple[str, ...] = ()
    combine: Combine = "first"
    separator: str = " "
    extract: str | None = None
    blank: tuple[str, ...] = ()
    value: Any = None
    converter: str | None = None
    options: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def from_data(cls, name: str, data: object) -> Self:
        """Read one entry of `columns`. Raises BadMapping."""
        if isinstance(data, str):
            data = {"from": data}
        if not isinstance(data, dict) or not {"from", "value"} & data.keys():
            raise BadMapping(reason=_("“%(field)s” needs “from” or “value”.") % {"field": name})
        if data.get("combine", "first") not in {"first", "join"}:
            raise BadMapping(reason=_("“combine” of “%(field)s” is neither “first” nor “join”.") % {"field": name})
        return cls(
            sources=_texts(data.get("from", ()), name),
            combine=cast(Combine, data.get("combine", "first")),
            separator=str(data.get("separator", " ")),
            extract=_pattern(data.get("extract"), name),
            blank=_texts(data.get("blank", ()), name),
            value=data.get("value"),
            converter=data.get("converter"),
            options={key: value for key, value in data.items() if key not in _COLUMN_KEYS},
        )

    def to_data(self) -> dict[str, Any]:
        """The entry as it would stand in a file."""
        data = {
            "from": list(self.sources),
            "combine": self.combine if self.combine != "first" else None,
            "separator": self.separator if self.separator != " " else None,
            "extract": self.extract,
            "blank": list(self.blank),
            "value": self.value,
            "converter": self.converter,
        }
        return {key: value for key, value in data.items() if value not in (None, [])} | dict(self.options)


@dataclass(frozen=True, slots=True)
class ColumnMappings:
    """A whole mapping for one kind of import."""

    kind: str
    name: str
    columns: Mapping[str, ColumnMapping]
    source: str = ""
    headers: tuple[str, ...] = ()

    @classmethod
    def from_data(cls, data: object) -> Self:
        """Read a mapping that was parsed from TOML or JSON. Raises BadMapping."""
        if not isinstance(data, dict) or not isinstance(data.get("columns"), dict) or not data.get("kind"):
            raise BadMapping(reason=_("it needs “kind” and “columns”."))
        unknown = sorted(data.keys() - _MAPPING_KEYS)
        if unknown:
            raise BadMapping(reason=_("“%(key)s” is not known here.") % {"key": unknown[0]})
        return cls(
            kind=str(data["kind"]),
            name=str(data.get("name", "")),
            source=str(data.get("source", "")),
            headers=_texts(data.get("headers", ()), "headers"),
            columns={name: ColumnMapping.from_data(name, entry) for name, entry in data["columns"].items()},
        )

    def to_data(self) -> dict[str, Any]:
        """The mapping as plain data, for keeping it in a database or a file."""
        return {
            "kind": self.kind,
            "name": self.name,
            "source": self.source,
            "headers": list(self.headers),
            "columns": {name: entry.to_data() for name, entry in self.columns.items()},
        }

    @property
    def fingerprint(self) -> frozenset[str]:
        """Folded column names that a file must have to be recognised."""
        used = (source for entry in self.columns.values() for source in entry.sources)
        return frozenset(map(header_key, self.headers or used))


def load_mapping(path: Path) -> ColumnMappings:
    """Read a mapping from a .toml or .json file. Raises BadMapping, OSError."""
    content = path.read_bytes()
    try:
        data = json.loads(content) if path.suffix == ".json" else tomllib.loads(content.decode())
    except ValueError as error:
        raise BadMapping(reason=_("%(file)s: %(error)s.") % {"file": path.name, "error": error}) from error
    return ColumnMappings.from_data(data)


def shipped_mappings(kind: str | None = None) -> list[ColumnMappings]:
    """The mappings in the folders `mappings` of the installed apps, of one kind or of all."""
    folders = (Path(config.path) / SHIPPED_FOLDER for config in apps.get_app_configs())
    found = [load_mapping(path) for folder in folders for path in sorted(folder.glob("*.toml"))]
    return [mapping for mapping in found if kind in (None, mapping.kind)]


def recognise(headers: Sequence[str], mappings: Iterable[ColumnMappings]) -> ColumnMappings | None:
    """The mapping whose column names the file has all of; among several the one with the most names."""
    keys = frozenset(map(header_key, headers))
    fitting = [mapping for mapping in mappings if mapping.fingerprint and mapping.fingerprint <= keys]
    return max(fitting, key=lambda mapping: len(mapping.fingerprint), default=None)


def suggest(kind: str, fields: Iterable[ImportField], headers: Sequence[str]) -> ColumnMappings:
    """A mapping by the fields' own names, labels and aliases; it may leave required fields out."""
    by_key = {header_key(header): header for header in headers}
    columns = {}
    for entry in fields:
        key = next((key for key in entry.header_keys() if key in by_key), None)
        if key is not None:
            columns[entry.name] = ColumnMapping(sources=(by_key[key],))
    return ColumnMappings(kind=kind, name="", columns=columns)


def _texts(value: object, name: str) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, Sequence) or not all(isinstance(item, str) for item in value):
        raise BadMapping(reason=_("“%(field)s” takes a text or a list of texts.") % {"field": name})
    return tuple(value)


def _pattern(value: object, name: str) -> str | None:
    if value is None:
        return None
    try:
        groups = re.compile(str(value)).groups
    except re.error as error:
        reason = _("“extract” of “%(field)s” is not a regular expression: %(error)s.")
        raise BadMapping(reason=reason % {"field": name, "error": error}) from error
    if groups != 1:
        raise BadMapping(reason=_("“extract” of “%(field)s” needs exactly one group.") % {"field": name})
    return str(value)
