"""What an app offers for import, and the register of all kinds."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from temp_portal.core.tabular.fields import ImportField, Label

if TYPE_CHECKING:
    from psycopg2.sql import Composable

    from temp_portal.core.tabular.reading import Table
    from temp_portal.core.tabular.stage import Stage


class ImportKind(ABC):
    """One kind of rows that can be imported, such as enterprises. Works on the staging table in sets, never row by row.

    The pipeline calls, in one transaction: `check`, `match`, `current`, then `apply` once per batch. SQL names the
    staging table `import_stage` and its batch `import_batch`; both have the columns

    - `row_number`, as the file has it; `action`: NULL until compared, then created, updated, unchanged or rejected;
    - `target_id`: the stored row that it is about, NULL for a new one; `changes`: field → [before, after];
    - every column of every field, NULL where the file says nothing, and those of `derived`. After comparing, a row that
      is stored has its stored values there, so that an update can set all columns.

    name: key on the command line and in addresses; label: for people.
    derived: further staged columns, name → SQL type, that `derive` fills in Python.
    target_type: SQL type of the primary key.
    title: the field that names a row in previews.
    listed_at: name of the address of the list in which the rows are found once they are in.
    """

    name: ClassVar[str]
    label: ClassVar[Label]
    fields: ClassVar[tuple[ImportField, ...]]
    title: ClassVar[str]
    listed_at: ClassVar[str] = ""
    derived: ClassVar[Mapping[str, str]] = {}
    target_type: ClassVar[str] = "bigint"

    def reshape(self, table: "Table") -> "Table":
        """The table as its rows are to be read, where files of this kind spread one thing over many columns."""
        return table

    def derive(self, values: Mapping[str, Any]) -> Mapping[str, Any]:
        """Values of the `derived` columns from the staged values of one row, by the names of all staged columns."""
        return {}

    @abstractmethod
    def check(self, stage: "Stage") -> None:
        """Reject rows by set-based checks: `stage.reject(…)`, `stage.reject_repeated(…)`."""

    @abstractmethod
    def match(self, stage: "Stage") -> None:
        """Fill `target_id` of the rows that are stored already."""

    @abstractmethod
    def current(self, stage: "Stage") -> "str | Composable":
        """A query that gives what is stored: `target_id`, and under their staged names the columns to compare.

        Staged columns that the query does not give are never compared. A staged NULL takes the stored value, unless the
        file has the field's column and the field has `blank_clears`.
        """

    @abstractmethod
    def apply(self, stage: "Stage") -> None:
        """Write the rows of `import_batch` whose action is created or updated, by `stage.execute`."""


_kinds: dict[str, ImportKind] = {}


def register(kind: type[ImportKind]) -> type[ImportKind]:
    """Class decorator: offer the kind. Raises ValueError when its name is taken."""
    if kind.name in _kinds:
        raise ValueError(f"There is an import kind called {kind.name!r} already")
    _kinds[kind.name] = kind()
    return kind


def get_kind(name: str) -> ImportKind:
    """The kind called `name`. Raises KeyError."""
    return _kinds[name]


def all_kinds() -> list[ImportKind]:
    """Every registered kind, by name."""
    return [_kinds[name] for name in sorted(_kinds)]
