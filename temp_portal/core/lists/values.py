"""Cells made of plain values, and pages read as such: no model instances, and SQL that is worked out once.

Where all columns shown are made of values, the rows of a page are read as tuples. What selects the rows is asked anew
for every reader; what is read of them is the same for all, so its SQL is kept where the list says for what it may be
(`ListView.get_read_key`).
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, Final, NamedTuple

from django.db import connections
from django.db.models import Func, QuerySet
from django.utils.translation import get_language

from temp_portal.core.lists.columns import Column
from temp_portal.core.lists.getters import Getter, getter

#: Turns the values into what stands in the cell, as `Column.cell` does a row.
Make = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Values:
    """A cell that is made of the values at some dotted paths of the row.

    reads: the paths; with two underscores for each dot they are ORM paths.
    bind: called once for every page, in its language; gives what makes the cell of the values.
    row: the cell of a row that is an object.
    none: paths whose values must be None, for else the others tell too little: a merged record bears another's name.
    """

    reads: Sequence[str]
    bind: Callable[[], Make]
    row: Callable[[Any], Any]
    none: Sequence[str] = ()

    def __call__(self, row: Any) -> Any:
        return self.row(row)


def made(make: Make, *paths: str) -> Values:
    """A cell that `make` gives for the values at the paths."""
    return bound(lambda: make, *paths)


def bound(bind: Callable[[], Make], *paths: str) -> Values:
    """The same, with something to be prepared for a page first."""
    getters: list[Getter] = [getter(path) for path in paths]
    return Values(paths, bind, lambda row: bind()(*(get(row) for get in getters)))


def remembered(make: Make, *paths: str) -> Values:
    """A cell that depends on few values only (a choice, a country): made once for each of them and each language."""
    return bound(remembering(make), *paths)


def remembering(make: Make) -> Callable[[], Make]:
    """`bind` for a cell that is made once for each set of values and each language."""
    known: dict[str | None, dict[tuple[Any, ...], Any]] = {}

    def bind() -> Make:
        cells = known.setdefault(get_language(), {})

        def cell(*values: Any) -> Any:
            if values not in cells:
                cells[values] = make(*values)
            return cells[values]

        return cell

    return bind


class ValueRow(NamedTuple):
    """A row as read: its key, and the values in the order of `Reading.paths`."""

    pk: Any
    values: tuple[Any, ...]


class Reading:
    """What a page reads of its rows, for these columns and this order."""

    def __init__(self, columns: Iterable[Column], keys: Sequence[str]) -> None:
        self.cells = [column.cell for column in columns if isinstance(column.cell, Values)]
        paths = [path for cell in self.cells for path in (*cell.reads, *cell.none)]
        #: ORM paths, the key and the sort keys first.
        self.paths = list(dict.fromkeys(["pk", *keys, *(path.replace(".", "__") for path in paths)]))
        self._keys = [self.paths.index(key) for key in keys]

    def keys_of(self, row: ValueRow) -> list[Any]:
        """What the row is sorted by."""
        return [row.values[place] for place in self._keys]

    @staticmethod
    def suits(columns: Iterable[Column]) -> bool:
        """Whether all of the columns are made of values."""
        return all(isinstance(column.cell, Values) for column in columns)

    def makers(self) -> list[Callable[[ValueRow], Any]]:
        """For each column what makes its cell of a row, in the reader's language."""
        return [self._maker(cell) for cell in self.cells]

    def _maker(self, cell: Values) -> Callable[[ValueRow], Any]:
        make, places = cell.bind(), self._places(cell.reads)
        if len(places) == 1:
            [place] = places
            return lambda row: make(row.values[place])
        pick = itemgetter(*places)
        return lambda row: make(*pick(row.values))

    def tells_all(self, rows: Iterable[ValueRow]) -> bool:
        """Whether the values are enough for every one of these rows."""
        places = [place for cell in self.cells for place in self._places(cell.none)]
        return all(row.values[place] is None for row in rows for place in places)

    def _places(self, paths: Iterable[str]) -> list[int]:
        return [self.paths.index(path.replace(".", "__")) for path in paths]


# The place of the question that selects the rows, in the SQL that reads them.
_SELECTED: Final = "SELECT NULL /* selected */"


class _Statement(NamedTuple):
    """SQL before and behind the question that selects the rows, parameters likewise, and how values are converted."""

    head: str
    tail: str
    head_params: tuple[Any, ...]
    tail_params: tuple[Any, ...]
    converters: list[tuple[int, list[Any], Any]]


_MANY: Final = 500
_kept: dict[Hashable, _Statement] = {}


def read_values(
    selected: QuerySet[Any],
    source: Callable[[], QuerySet[Any]],
    paths: Sequence[str],
    order: Sequence[str],
    *,
    key: Hashable,
) -> list[ValueRow]:
    """The rows whose keys `selected` gives, as values at the ORM paths (the key first), in the order.

    source: all rows with what the paths name. key: what `source` depends on beside the language; None to ask it anew.
    """
    database = selected.db
    place = (key, tuple(paths), tuple(order), get_language())
    statement = _kept.get(place) if key is not None else None
    if statement is None:
        statement = _statement(source(), paths, order, database)
        if key is not None:
            if len(_kept) >= _MANY:
                _kept.clear()
            _kept[place] = statement
    sql, params = selected.query.get_compiler(database).as_sql()
    connection = connections[database]
    with connection.cursor() as cursor:
        cursor.execute(
            f"{statement.head}{sql}{statement.tail}", (*statement.head_params, *params, *statement.tail_params)
        )
        rows = cursor.fetchall()
    if statement.converters:
        rows = [_converted(row, statement.converters, connection) for row in rows]
    return [ValueRow(row[0], row) for row in rows]


def _statement(source: QuerySet[Any], paths: Sequence[str], order: Sequence[str], database: str) -> _Statement:
    asked = source.filter(pk__any=Func(template=f"ARRAY({_SELECTED})")).order_by(*order).values_list(*paths)
    compiler = asked.query.get_compiler(database)
    sql, params = compiler.as_sql()
    head, tail = sql.split(_SELECTED)
    count = head.count("%s")
    converters = compiler.get_converters([expression for expression, *_rest in compiler.select])
    return _Statement(
        head,
        tail,
        tuple(params[:count]),
        tuple(params[count:]),
        [(place, *found) for place, found in converters.items()],
    )


def _converted(row: tuple[Any, ...], converters: list[tuple[int, list[Any], Any]], connection: Any) -> tuple[Any, ...]:
    values = list(row)
    for place, steps, expression in converters:
        for step in steps:
            values[place] = step(values[place], expression, connection)
    return tuple(values)
