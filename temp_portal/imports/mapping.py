"""Which mapping a file with these columns gets to begin with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from temp_portal.core.tabular.cells import header_key
from temp_portal.core.tabular.fields import ImportField
from temp_portal.core.tabular.mapping import ColumnMapping, ColumnMappings, recognise, shipped_mappings, suggest
from temp_portal.imports.models import SavedMapping, headers_fingerprint


class Described(Protocol):
    """What can be brought in: a name under which mappings are remembered, and fields."""

    @property
    def name(self) -> str: ...
    @property
    def fields(self) -> Sequence[ImportField]: ...


class Readable(Protocol):
    """A file of which the column names are known, and how they are read, once somebody has said so."""

    @property
    def headers(self) -> list[str]: ...
    @property
    def mapping(self) -> dict[str, Any] | None: ...


@dataclass(frozen=True, slots=True)
class Preset:
    """The mapping that is filled in, and where it comes from.

    saved: the remembered one; shipped: name of the shipped one. With neither, the columns' own names were compared.
    """

    mapping: ColumnMappings
    saved: SavedMapping | None = None
    shipped: str = ""


def preset(table_import: Readable, kind: Described) -> Preset:
    """The import's own mapping, else the one remembered for these columns, else a shipped one, else a suggestion."""
    headers = table_import.headers
    if table_import.mapping:
        return Preset(ColumnMappings.from_data(table_import.mapping))
    saved = SavedMapping.objects.select_related("saved_by").filter(
        kind=kind.name, fingerprint=headers_fingerprint(headers)
    )
    if found := saved.first():
        return Preset(_fitting(ColumnMappings.from_data(found.mapping), kind, headers), saved=found)
    if shipped := recognise(headers, shipped_mappings(kind.name)):
        return Preset(_fitting(shipped, kind, headers), shipped=shipped.name)
    return Preset(suggest(kind.name, kind.fields, headers))


def _fitting(mapping: ColumnMappings, kind: Described, headers: Sequence[str]) -> ColumnMappings:
    """The mapping without entries for columns that the file lacks, or for fields that the kind no longer has."""
    keys, fields = frozenset(map(header_key, headers)), {field.name for field in kind.fields}

    def fits(name: str, entry: ColumnMapping) -> bool:
        return name in fields and all(header_key(source) in keys for source in entry.sources)

    columns: Mapping[str, ColumnMapping] = {n: entry for n, entry in mapping.columns.items() if fits(n, entry)}
    return replace(mapping, columns=columns)
