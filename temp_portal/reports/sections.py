"""The registry of tables. Every app names its own in its `report_sections.py`, which is found at start-up.

    register(Section(
        key="T3", title=_("Roster by ownership"), head=_("Ownership type"),
        columns=(Column("opening", _("Opening")), Column("admitted", _("Admitted"), compared=True), …),
        rows=fixed_rows(RowSpec("central", _("Central SOE"), mark="central"), …),
        compute=roster_table,                    # Basis → {row: {column: cell}}, one pass over the facts
        facts=(SeatPeriod, Ownership),           # tables whose writers a cut-off waits for
    ))

T1 is put together from what the apps `contribute`: each gives indicators, its own rows of that table.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any, Final, Protocol

from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from temp_portal.core.periods import Quarter
from temp_portal.reports.basis import Basis
from temp_portal.reports.figures import SCHEMA, Cell

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

#: Cells by row and column.
Table = Mapping[str, Mapping[str, Cell]]


class Kind(Enum):
    """How a figure is written."""

    COUNT = "count"
    MONEY = "money"
    SHARE = "share"
    DAYS = "days"


class Style(Enum):
    """What a row is to the rows above it."""

    PLAIN = "plain"
    SUB = "sub"
    TOTAL = "total"
    OUTSIDE = "outside"
    MEMO = "memo"


class Measure(Enum):
    """What YTD means in a comparison block: the sum since 1 January, or the change since 31 December."""

    FLOW = "flow"
    STOCK = "stock"


@dataclass(frozen=True)
class Column:
    """A column of a table. `compared` expands it into the comparison block, `label` may depend on the quarter.

    words: what the numbers of the column stand for, where they are codes.
    """

    key: str
    label: "StrOrPromise | Callable[[Quarter], StrOrPromise]"
    kind: Kind = Kind.COUNT
    compared: Measure | None = None
    words: "Mapping[int, StrOrPromise]" = field(default_factory=dict)

    def label_in(self, quarter: Quarter) -> str:
        """The heading in the report of `quarter`, in the active language."""
        return str(self.label(quarter) if callable(self.label) else self.label)


@dataclass(frozen=True)
class RowSpec:
    """A row's label and looks. `mark` is a group of ownership; `kind` and `measure` override those of the columns."""

    key: str
    label: "StrOrPromise"
    style: Style = Style.PLAIN
    mark: str = ""
    unit: "StrOrPromise" = ""
    kind: Kind | None = None
    measure: Measure | None = None


@dataclass(frozen=True)
class Check:
    """The line that proves a table: `terms` with their signs add up to `total`."""

    terms: Sequence[tuple[int, int]]
    total: int

    @property
    def adds_up(self) -> bool:
        return sum(sign * value for sign, value in self.terms) == self.total


@dataclass(frozen=True)
class Record:
    """One record behind a figure. `key` names its place for the next page; cells are rows of models, days, texts."""

    key: str
    cells: Sequence[Any]


@dataclass(frozen=True)
class Records:
    """The records behind a figure: headings, and one row each. `more` says that further ones were left off."""

    headings: "Sequence[StrOrPromise]"
    rows: Sequence[Record]
    more: bool = False


class RecordSource(Protocol):
    """Where the records behind the figures of a table are found. Only figures of the reported quarter have some."""

    def has(self, row: str, column: str) -> bool:
        """Whether the figure has records of its own."""

    def page(self, basis: Basis, row: str, column: str, after: str) -> Records:
        """The records behind the one called `after`, or the first ones."""


@dataclass(frozen=True)
class Section:
    """A table of the report; see the module's text. A table `is_course` if its columns are points in time to draw."""

    key: str
    title: "StrOrPromise"
    head: "StrOrPromise"
    columns: Sequence[Column]
    rows: Callable[[Iterable[str]], list[RowSpec]]
    compute: Callable[[Basis], Table]
    facts: Sequence[type[Model]]
    intro: "StrOrPromise" = ""
    notes: "Sequence[StrOrPromise]" = ()
    check: Callable[[Table], Check] | None = None
    records: RecordSource | None = None
    has_units: bool = False
    is_course: bool = False
    since: int = 1


@dataclass(frozen=True)
class Indicators:
    """Rows that an app gives to T1. `order` places the group among those of other apps."""

    order: int
    rows: Callable[[Iterable[str]], list[RowSpec]]
    compute: Callable[[Basis], Table]
    facts: Sequence[type[Model]]
    since: int = 1


def fixed_rows(*rows: RowSpec) -> Callable[[Iterable[str]], list[RowSpec]]:
    """Rows of a table that always has the same ones, in this order; a frozen report may lack the newest."""

    def ordered(keys: Iterable[str]) -> list[RowSpec]:
        present = set(keys)
        return [row for row in rows if row.key in present]

    return ordered


_sections: Final[dict[str, Section]] = {}
_indicators: Final[list[Indicators]] = []


def register(section: Section) -> None:
    """Make a table known. Raises ImproperlyConfigured when its key is taken."""
    if section.key in _sections:
        raise ImproperlyConfigured(f"The table {section.key} is registered twice.")
    _sections[section.key] = section


def contribute(indicators: Indicators) -> None:
    """Add rows to T1."""
    _indicators.append(indicators)
    _indicators.sort(key=lambda group: group.order)


def every(schema: int = SCHEMA) -> list[Section]:
    """The tables of a report frozen under `schema`, in the order of their numbers."""
    return sorted((s for s in _sections.values() if s.since <= schema), key=lambda section: section.key)


def get(key: str) -> Section:
    """The table of that key. Raises KeyError."""
    return _sections[key]


def fact_tables(schema: int = SCHEMA) -> list[str]:
    """Names of the tables in the database from which figures are counted, sorted."""
    models = {model for section in every(schema) for model in section.facts}
    models |= {model for group in _indicators for model in group.facts}
    return sorted(model._meta.db_table for model in models)


def _summary_rows(keys: Iterable[str]) -> list[RowSpec]:
    present = list(keys)
    return [row for group in _indicators for row in group.rows(present)]


def _summary(basis: Basis) -> Table:
    groups = (group for group in _indicators if group.since <= basis.schema)
    return {row: cells for group in groups for row, cells in group.compute(basis).items()}


register(
    Section(
        key="T1",
        title=_("Summary"),
        head=_("Indicator"),
        columns=(Column("value", _("Value"), compared=Measure.STOCK),),
        rows=_summary_rows,
        compute=_summary,
        facts=(),
        has_units=True,
    )
)
