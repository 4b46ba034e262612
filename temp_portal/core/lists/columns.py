"""What a table can show: columns, and the set from which a reader chooses."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models.expressions import Combinable
from django.utils.functional import Promise

from temp_portal.core.lists.sheet import Edit

Label = str | Promise

#: Turns one row into what stands in the cell. Text is escaped unless it is a SafeString; None becomes a dash.
Cell = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a list page and of its downloads.

    name: short ASCII key used in the address (`?sort=-name`, `?cols=name,country`).
    label: heading; also the field's label where rows become cards on a phone.
    cell: renders the cell of one row (see `temp_portal.core.lists.cells`).
    sort: ORM paths that order by this column, ascending; empty means that it cannot be sorted.
    export: ORM path or expression for downloads; None takes the first sort path, or leaves the column out.
    default: shown unless the reader chooses columns.
    numeric: right-aligned, tabular figures.
    row_header: the cell names the row (`th scope=row`) and cannot be hidden; one per table.
    width: CSS class of the column: "w-code", "w-date" or "w-fit" keep it on one line and as narrow as its content.
    edit: how its cells are edited in place where the list is a sheet (see `temp_portal.core.lists.sheet`).
    """

    name: str
    label: Label
    cell: Cell
    sort: Sequence[str] = ()
    export: str | Combinable | None = None
    default: bool = True
    numeric: bool = False
    row_header: bool = False
    width: str = ""
    edit: Edit | None = None

    @property
    def export_source(self) -> str | Combinable | None:
        """ORM path or expression that a download selects, or None for a column that exists on screen only."""
        if self.export is not None:
            return self.export
        return self.sort[0] if self.sort else None


class ColumnSet:
    """The columns of one list, by name and in their order."""

    def __init__(self, columns: Iterable[Column]) -> None:
        self._by_name: dict[str, Column] = {}
        for column in columns:
            if column.name in self._by_name:
                raise ValueError(f"Column {column.name!r} is declared twice")
            self._by_name[column.name] = column

    def __iter__(self) -> Iterator[Column]:
        return iter(self._by_name.values())

    def __len__(self) -> int:
        return len(self._by_name)

    def get(self, name: str) -> Column | None:
        """The column called `name`, or None."""
        return self._by_name.get(name)

    def shown(self, chosen: Iterable[str]) -> list[Column]:
        """The columns to show: those chosen that exist, in declared order, else the defaults; the row header always."""
        wanted = {name for name in chosen if name in self._by_name}
        if not wanted:
            return [column for column in self if column.default or column.row_header]
        return [column for column in self if column.name in wanted or column.row_header]
