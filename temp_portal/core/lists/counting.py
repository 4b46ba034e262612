"""How many rows a list has, without ever counting a million of them."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db import connections
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from temp_portal.core.markup.figures import number

#: Counting stops here; above it the planner's estimate is shown.
LIMIT = 10_000
#: An estimate this large is not asked to be proved: no error of the planner brings it down to a number worth counting.
PLENTY = 5 * LIMIT
#: Seconds for which an estimate is shown again.
KEPT = 300


@dataclass(frozen=True, slots=True)
class RowCount:
    """Number of rows. `exact` is False for an estimate; a value of LIMIT that is not exact reads "10,000+"."""

    value: int
    exact: bool = True

    def __str__(self) -> str:
        if self.exact:
            return number(self.value)
        if self.value <= LIMIT:
            return _("%(number)s+") % {"number": number(LIMIT)}
        return _("about %(number)s") % {"number": number(round_to_two_digits(self.value))}

    @property
    def text(self) -> str:
        """The number with its unit: "47 records", "about 1,000,000 records"."""
        if self.exact:
            words = ngettext("%(number)s record", "%(number)s records", self.value)
            return words % {"number": number(self.value)}
        return _("%(number)s records") % {"number": self}


def count_rows(queryset: QuerySet[Any]) -> RowCount:
    """Exact count up to LIMIT, then the planner's estimate (design: never COUNT(*) over a whole big table).

    The capped count decides unless the estimate is plenty, because that of a narrow search may be far off. An estimate
    is kept for some minutes, since it says no more than "about"; what was counted is counted again each time.
    """
    asked = queryset.order_by().values("pk")
    sql, params = asked.query.sql_with_params()
    key = _key(connections[queryset.db].settings_dict["NAME"], sql, params)
    expected = cache.get(key)
    if expected is None:
        expected = _estimate(queryset.db, sql, params)
        if expected < PLENTY:
            capped = asked[: LIMIT + 1].count()
            if capped <= LIMIT:
                return RowCount(capped)
            expected = max(expected, LIMIT)
        cache.set(key, expected, KEPT)
    return RowCount(expected, exact=False)


def _key(*question: object) -> str:
    """Under what the estimate is kept: the question itself, with all that it asks for, its reader's limits included."""
    return f"lists.about:{hashlib.sha256(repr(question).encode()).hexdigest()}"


def _estimate(database: str, sql: str, params: tuple[Any, ...]) -> int:
    """Rows that PostgreSQL's planner expects, from its statistics."""
    with connections[database].cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", params)
        plan = cursor.fetchone()[0]
    parsed = json.loads(plan) if isinstance(plan, str) else plan
    return int(parsed[0]["Plan"]["Plan Rows"])


def round_to_two_digits(value: int) -> int:
    """1,048,576 → 1,000,000: an estimate must not look like a count."""
    step = int(10 ** max(len(str(value)) - 2, 0))
    return round(value / step) * step
