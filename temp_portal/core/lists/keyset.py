"""Keyset pages: the next page is asked for by the last row seen, so page 1,000 costs what page 1 costs.

Order follows PostgreSQL's default: NULL counts as larger than every value, so it stands last ascending and first
descending, and an ordinary index serves both directions. The primary key breaks ties in the same direction.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from operator import or_
from typing import Any, Generic, Self, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.core import signing
from django.core.exceptions import FieldDoesNotExist
from django.db.models import F, Model, Q, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan

M = TypeVar("M", bound=Model)

_SALT = "temp_portal.core.lists.keyset"
_ALIAS = "keyset_"


@dataclass(frozen=True, slots=True)
class Ordering:
    """Sort order of a list: its name in the address and the ORM paths behind it, all in one direction."""

    name: str
    paths: tuple[str, ...]
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Position:
    """A place between two rows: the sort values and key of the row beside it, and how many rows stand before it."""

    order: str
    rank: int
    values: tuple[Any, ...]

    def dumps(self) -> str:
        """Signed text for the address: a reader cannot forge values that the database would choke on."""
        return signing.dumps([self.order, self.rank, *map(_plain, self.values)], salt=_SALT)

    @classmethod
    def loads(cls, token: str, ordering: Ordering) -> Self | None:
        """The position in `token`; None if it is forged, stale or made for another order."""
        try:
            order, rank, *values = signing.loads(token, salt=_SALT)
        except (signing.BadSignature, ValueError):
            return None
        if order != ordering.name or len(values) != len(ordering.paths) + 1:
            return None
        return cls(order, rank, tuple(values))


@dataclass(frozen=True, slots=True)
class KeysetPage(Generic[M]):
    """One page of rows.

    rank: number of rows before the first one (exact as long as nothing was added or removed on the way here).
    previous, next: tokens for `?before=` and `?after=`, empty at either end.
    """

    rows: list[M] = field(default_factory=list)
    rank: int = 0
    previous: str = ""
    next: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether the page holds everything there is."""
        return not self.previous and not self.next


#: Reads the rows whose keys a query selects, in the order: (all rows that match, selected, order) → rows.
Read = Callable[[QuerySet[Any], QuerySet[Any], Sequence[str]], list[Any]]
#: The sort values and the key of a row.
KeysOf = Callable[[Any], Sequence[Any]]


def _objects(matching: QuerySet[Any], selected: QuerySet[Any], order: Sequence[str]) -> list[Any]:
    return list(matching.filter(pk__any=ArraySubquery(selected)).order_by(*order))


def paginate(
    queryset: QuerySet[M],
    ordering: Ordering,
    *,
    size: int,
    after: str = "",
    before: str = "",
    read: Read = _objects,
    keys_of: KeysOf | None = None,
) -> KeysetPage[M]:
    """The page of `size` rows that follows `after` or precedes `before` (tokens), else the first page.

    A position that no longer leads anywhere gives the first page: an old bookmark is no error.

    read: how the rows of the page are read, for rows that are no objects; with `keys_of`, their sort values and key.
    """
    rows = with_sort_values(queryset, ordering)
    position = Position.loads(after or before, ordering) if after or before else None
    backwards = position is not None and not after
    descending = ordering.descending != backwards
    keys = sort_keys(ordering)
    if position is not None:
        nullable = any(_is_nullable(queryset, path) for path in ordering.paths)
        rows = rows.filter(_beyond(keys, position.values, descending=descending, nullable=nullable))
    order = [f"-{key}" if descending else key for key in keys]
    # The rows of the page are found first, by what they are chosen and sorted by alone; the rest is read for them only.
    found = read(rows, rows.order_by(*order).values("pk")[: size + 1], order)
    if position is not None and (not found or (backwards and len(found) < size)):
        return paginate(queryset, ordering, size=size, read=read, keys_of=keys_of)
    values = keys_of or (lambda row: [getattr(row, key) for key in keys])
    return _page(found, ordering, values, size=size, position=position, backwards=backwards)


def sort_keys(ordering: Ordering) -> list[str]:
    """Names of what rows are sorted by, the primary key last, as `with_sort_values` annotates them."""
    return [*(f"{_ALIAS}{number}" for number in range(len(ordering.paths))), "pk"]


def with_sort_values(queryset: QuerySet[M], ordering: Ordering) -> QuerySet[M]:
    """The rows with their sort values."""
    return queryset.annotate(**dict(zip(sort_keys(ordering), map(F, ordering.paths), strict=False)))


def is_stored(model: type[Model], paths: Sequence[str]) -> bool:
    """Whether all that the ORM paths lead to are fields, and none is annotated."""
    return all(_fields(model, path) is not None for path in paths)


def _page(
    found: list[M],
    ordering: Ordering,
    keys_of: KeysOf,
    *,
    size: int,
    position: Position | None,
    backwards: bool,
) -> KeysetPage[M]:
    """Cut the extra row off and sign the two ends."""
    more = len(found) > size
    rows = found[:size]
    rank = position.rank if position else 0
    if backwards:
        rows.reverse()
        rank = max(rank - len(rows), 0)

    def token(row: M, row_rank: int) -> str:
        return Position(ordering.name, row_rank, tuple(keys_of(row))).dumps()

    has_previous = more if backwards else position is not None
    has_next = True if backwards else more
    return KeysetPage(
        rows=rows,
        rank=rank,
        previous=token(rows[0], rank) if has_previous else "",
        next=token(rows[-1], rank + len(rows)) if has_next else "",
    )


def _beyond(keys: Sequence[str], values: Sequence[Any], *, descending: bool, nullable: bool) -> Q:
    """Condition for rows that stand after `values` in the given direction.

    Without NULL it is one row comparison, which an index on the keys answers directly.
    """
    if nullable:
        return _beyond_with_nulls(keys, values, descending=descending)
    lookup = TupleLessThan if descending else TupleGreaterThan
    return Q(lookup(Tuple(*map(F, keys)), tuple(values)))


def _beyond_with_nulls(keys: Sequence[str], values: Sequence[Any], *, descending: bool) -> Q:
    """The same as a disjunction: equal up to one key, beyond in that key."""
    branches: list[Q] = []
    equal = Q()
    for key, value in zip(keys, values, strict=True):
        step = _key_beyond(key, value, descending=descending)
        if step is not None:
            branches.append(equal & step)
        equal &= Q(**{f"{key}__isnull": True}) if value is None else Q(**{key: value})
    return reduce(or_, branches)


def _key_beyond(key: str, value: Any, *, descending: bool) -> Q | None:
    """Condition for one key to stand beyond `value`; None where nothing can (ascending after NULL)."""
    if value is None:
        return Q(**{f"{key}__isnull": False}) if descending else None
    if descending:
        return Q(**{f"{key}__lt": value})
    return Q(**{f"{key}__gt": value}) | Q(**{f"{key}__isnull": True})


def _is_nullable(queryset: QuerySet[M], path: str) -> bool:
    """Whether the value at an ORM path can be NULL; an annotation counts as nullable."""
    fields = _fields(queryset.model, path)
    return fields is None or any(each.null for each in fields)


def _fields(model: Any, path: str) -> list[Any] | None:
    """The fields on an ORM path; None where it leads to an annotation or a part of a value."""
    fields: list[Any] = []
    for name in path.split("__"):
        try:
            fields.append(model._meta.pk if name == "pk" else model._meta.get_field(name))
        except (AttributeError, FieldDoesNotExist):
            return None
        model = fields[-1].related_model
    return fields


def _plain(value: Any) -> Any:
    """A JSON value that the field's own parser turns back into the same value."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
