"""P9: the quarter's ledger over all seats, and the whole report with its files."""

from collections.abc import Iterator

from django.db import connection
from django.utils import timezone

from committees.report_sections.ledger import seat_ledger
from committees.report_sections.roster import roster_check, roster_table
from temp_portal.core.periods import Quarter
from temp_portal.reports.builder import basis_of, compute, cut_off_now
from temp_portal.reports.edition import Edition
from temp_portal.reports.enums import FileFormat
from temp_portal.reports.renderers import render
from tests.benchmarks.bars import Bar
from tests.benchmarks.bench import Bench
from tests.benchmarks.timing import seconds

_WITHOUT_INDEX = """
    SET LOCAL max_parallel_workers_per_gather = 0;
    SET LOCAL enable_indexscan = off; SET LOCAL enable_indexonlyscan = off; SET LOCAL enable_bitmapscan = off
"""
#: Members held at the end, admitted in and gone in the quarter, by present knowledge: for the totals.
_TOTALS = """
    SELECT count(*) FILTER (WHERE valid @> %(end)s::date - 1),
           count(*) FILTER (WHERE entry = 'admitted' AND lower(valid) >= %(start)s AND lower(valid) < %(end)s),
           count(*) FILTER (WHERE exit IN ('resigned', 'lapsed', 'expelled')
                              AND upper(valid) >= %(start)s AND upper(valid) < %(end)s)
      FROM committees_seatperiod WHERE superseded_at IS NULL
"""


def ledger(bench: Bench) -> Iterator[Bar]:
    """The ledger of the last whole quarter against one sequential count of the facts."""
    quarter = Quarter.containing(timezone.localdate()).previous
    _check_totals(quarter)
    taken = bench.medians({"ledger": lambda: _ledger(quarter), "count": _sequential_count}, rounds=5)
    what = "ledger of the quarter from the facts alone"
    yield Bar("P9", what, bench.seats, taken["ledger"], "s", "one sequential count", taken["count"], 4)
    yield Bar(
        "P9", "ledger of the quarter after a frozen one", bench.seats, against="one sequential count", limit=1.2,
        missing="no ledger starts from the figures of a frozen quarter yet",
    )  # fmt: skip


def whole_report(bench: Bench) -> Iterator[Bar]:
    """Figures counted, frozen with their hash, and every file written."""
    quarter = Quarter.containing(timezone.localdate()).previous
    taken = seconds(lambda: _report(quarter))
    yield Bar("P9", f"whole report with {', '.join(FileFormat.values)}", bench.seats, taken, "s", limit=20)


def _report(quarter: Quarter) -> list[bytes]:
    basis = basis_of(quarter, cut_off=cut_off_now())
    edition = Edition(compute(basis), basis.cut_off, is_provisional=basis.is_provisional)
    return [render(edition, file_format, "en") for file_format in FileFormat]


def _ledger(quarter: Quarter) -> object:
    return seat_ledger(basis_of(quarter, cut_off=timezone.now()))


def _sequential_count() -> None:
    with connection.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute(_WITHOUT_INDEX)
        cursor.execute("SELECT count(*) FROM committees_seatperiod")
        cursor.execute("ROLLBACK")


def _check_totals(quarter: Quarter) -> None:
    """The ledger adds up, and agrees with a count that knows nothing of it. Raises RuntimeError."""
    table = roster_table(basis_of(quarter, cut_off=timezone.now()))
    check = roster_check(table)
    with connection.cursor() as cursor:
        cursor.execute(_TOTALS, {"start": quarter.start, "end": quarter.end})
        held, admitted, gone = cursor.fetchone()
    opening, found_admitted, left, expelled = (sign * value for sign, value in check.terms[:4])
    found = (check.total, found_admitted, -(left + expelled))
    if not check.adds_up or found != (held, admitted, gone):
        raise RuntimeError(f"The ledger says {found}, the facts {(held, admitted, gone)}; it opens with {opening}.")
