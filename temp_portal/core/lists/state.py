"""What an address says about a list: search, sort, columns, density, page. What a reader set up survives a reload."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from django.http import QueryDict

from temp_portal.core.lists.columns import Column, ColumnSet
from temp_portal.core.lists.keyset import Ordering

#: Rows per page a reader can ask for; anything else gives the list's own size.
PAGE_SIZES = (20, 50, 100, 200)

#: `?density=compact`: rows of one line.
COMPACT = "compact"

_POSITION = ("after", "before")


@dataclass(frozen=True, slots=True)
class ListState:
    """Parsed address of a list page."""

    params: QueryDict
    shown: list[Column]
    ordering: Ordering
    size: int
    search: str
    after: str
    before: str
    compact: bool

    @classmethod
    def parse(cls, params: QueryDict, columns: ColumnSet, *, default_sort: str, page_size: int) -> Self:
        """Read an address. Unknown columns, sorts and sizes fall back to the list's own: an old link never fails."""
        size = params.get("size", "")
        return cls(
            params=params,
            shown=columns.shown(_names(params.getlist("cols"))),
            ordering=_ordering(params.get("sort", ""), columns) or _default(default_sort, columns),
            size=int(size) if size in map(str, PAGE_SIZES) else page_size,
            search=params.get("q", "").strip().replace("\x00", ""),
            after=params.get("after", ""),
            before=params.get("before", ""),
            compact=params.get("density") == COMPACT,
        )

    def url(self, **changes: str | None) -> str:
        """The same list with parameters set (text) or removed (None), back on its first page."""
        return self.without((), **changes)

    def without(self, names: Iterable[str], **changes: str | None) -> str:
        """The same list without the parameters in `names`, back on its first page; keyword arguments as in `url`."""
        params = self.params.copy()
        for name in (*_POSITION, *names):
            params.pop(name, None)
        for name, value in changes.items():
            if value is None:
                params.pop(name, None)
            else:
                params[name] = value
        query = params.urlencode(safe=",")
        return f"?{query}" if query else "?"

    def kept(self, names: Iterable[str]) -> list[tuple[str, str]]:
        """Every parameter but those in `names` and the page, for the hidden fields of a form that sets `names`."""
        dropped = {*names, *_POSITION}
        return [
            (name, value) for name, values in self.params.lists() if name not in dropped for value in values if value
        ]

    def sort_url(self, column: Column) -> str:
        """Sorts by `column`; a second time turns the order round. Figures start with the largest."""
        descending = column.numeric
        if self.ordering.name.removeprefix("-") == column.name:
            descending = not self.ordering.descending
        return self.url(sort=f"-{column.name}" if descending else column.name)

    def sort_direction(self, column: Column) -> str:
        """Value of `aria-sort`, empty for a column that does not order the list."""
        if self.ordering.name.removeprefix("-") != column.name:
            return ""
        return "descending" if self.ordering.descending else "ascending"

    @property
    def query(self) -> str:
        """The filters as a query string without its question mark and without a page: for downloads."""
        return self.url().removeprefix("?")


def _names(values: Iterable[str]) -> list[str]:
    """Both `?cols=a,b` (links) and `?cols=a&cols=b` (a form of checkboxes) are understood."""
    return [name for value in values for name in value.split(",") if name]


def _ordering(text: str, columns: ColumnSet) -> Ordering | None:
    """The order called `text` ("name", "-name"), or None."""
    descending = text.startswith("-")
    column = columns.get(text.removeprefix("-"))
    if column is None or not column.sort:
        return None
    return Ordering(text, tuple(column.sort), descending)


def _default(text: str, columns: ColumnSet) -> Ordering:
    """The list's own order; by primary key, newest first, where it names none."""
    ordering = _ordering(text, columns)
    if ordering is None and text:
        raise ValueError(f"default_sort {text!r} is no sortable column")
    return ordering or Ordering("", (), descending=True)
