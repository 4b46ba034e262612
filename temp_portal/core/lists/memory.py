"""Lists of what is worked out rather than stored: the rows are objects, sorted and cut in memory."""

from typing import Any

from django.http.response import HttpResponseBase

from temp_portal.core.lists.columns import Column
from temp_portal.core.lists.counting import RowCount
from temp_portal.core.lists.getters import getter
from temp_portal.core.lists.keyset import KeysetPage
from temp_portal.core.lists.views import ListView
from temp_portal.core.tabular.export import Format, SqlColumn, csv_of_rows, stream_response, xlsx_of_rows


class MemoryListView(ListView[Any]):
    """A list page over `get_rows()`. `Column.sort` and `Column.export` are dotted paths of the rows' attributes.

    Its places are the numbers of rows: `?after=50` begins with the 51st.
    """

    search_field = ""

    def get_rows(self) -> list[Any]:
        """All rows that the address asks for, in their usual order."""
        raise NotImplementedError(f"{type(self).__name__} needs get_rows()")

    def get_sorted(self) -> list[Any]:
        """All rows in the order that the address asks for."""
        ordering = self.state.ordering
        keys = [getter(path) for path in ordering.paths]
        if not ordering.name or ordering.name == self.default_sort:
            return self.get_rows()
        return sorted(self.get_rows(), key=lambda row: [key(row) for key in keys], reverse=ordering.descending)

    def get_values(self) -> tuple[list[Column], list[list[Any]]]:
        """What a file holds: the columns shown that have a value, and the values of every row."""
        columns = [column for column in self.state.shown if isinstance(column.export_source, str)]
        readers = [getter(str(column.export_source)) for column in columns]
        return columns, [[read(row) for read in readers] for row in self.get_sorted()]

    def export(self, fmt: Format) -> HttpResponseBase:
        columns, values = self.get_values()
        if fmt == "csv":
            stream = csv_of_rows([[str(column.label) for column in columns], *values])
        else:
            stream = xlsx_of_rows(values, [SqlColumn(column.label) for column in columns], title=self.get_filename())
        return stream_response(stream, fmt, self.get_filename())

    def paginated(self) -> tuple[KeysetPage[Any], RowCount]:
        rows, size = self.get_sorted(), self.state.size
        start = _place(self.state.after) if self.state.after else max(_place(self.state.before) - size, 0)
        start = start if start < len(rows) else 0
        end = start + size
        page = KeysetPage(
            rows=rows[start:end],
            rank=start,
            previous=str(start) if start else "",
            next=str(end) if end < len(rows) else "",
        )
        return page, RowCount(len(rows))


def _place(token: str) -> int:
    """A number of rows; 0 for what is none."""
    return int(token) if token.isascii() and token.isdigit() and len(token) < 10 else 0
