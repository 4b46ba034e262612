"""A list whose cells are edited in place, as in a spreadsheet (`static/js/grid.js`).

A column says what its cells edit, the list where a row's cells are sent; without script both mean nothing and the list
is read as any other::

    Column("role", _("Role"), cells.choice("role"), edit=Edit("role", getter("role")))

    class Members(ListView[Member]):
        def get_sheet(self):
            return Sheet(lambda member: member.get_cell_url(), lambda member: member.pk, lambda member: member.version)
"""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Any


@dataclass(frozen=True, slots=True)
class Edit:
    """How the cells of a column are edited.

    field: name under which a changed value is sent.
    value: the present value of a row's cell as the field takes it ("" for none); None where it cannot be edited here.
    """

    field: str
    value: Callable[[Any], str | None]

    def attributes(self, row: Any) -> str:
        """Attributes of the row's cell, as HTML with a leading space."""
        value = self.value(row)
        return "" if value is None else f' data-edit="{self.field}" data-value="{escape(value)}"'


@dataclass(frozen=True, slots=True)
class Sheet:
    """Where the cells of a row are sent, its key, and the version that tells whether it is still what the reader sees.

    url: None for a row that can only be read.
    """

    url: Callable[[Any], str | None]
    key: Callable[[Any], int]
    version: Callable[[Any], str]

    def attributes(self, row: Any) -> str:
        """Attributes of a row, as HTML with a leading space."""
        url = self.url(row)
        if url is None:
            return ""
        return f' data-cells="{escape(url)}" data-key="{self.key(row)}" data-version="{escape(self.version(row))}"'
