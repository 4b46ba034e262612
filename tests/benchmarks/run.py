"""One sitting: every bar at every scale, each printed as it is measured."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from tests.benchmarks import databases
from tests.benchmarks.bars import Bar, Results
from tests.benchmarks.bench import Bench
from tests.benchmarks.measures import accounts, api, exports, imports, lists, notices, reports, rosters

Measure = Callable[[Bench], Iterator[Bar]]

#: Each measure with the bars that it gives.
MEASURES: Sequence[tuple[Measure, Collection[str]]] = (
    (lists.first_page, ["P1"]),
    (rosters.rosters, ["P1"]),
    (lists.deep_page, ["P2"]),
    (lists.search, ["P3"]),
    (exports.files, ["P4", "P5"]),
    (imports.imported, ["P6"]),
    (notices.notices, ["P7"]),
    (api.rows, ["P8"]),
    (reports.ledger, ["P9"]),
    (reports.whole_report, ["P9"]),
    (accounts.answers, ["P10"]),
)


def run(names: Mapping[int, str], *, only: Collection[str], quick: bool) -> Results:
    """Measure the bars `only` in the databases named by their number of seats."""
    results = Results(sorted(names))
    for seats in results.scales:
        bench = Bench(names[seats], seats, is_smallest=seats == results.scales[0], quick=quick)
        print(f"\n{seats:,} seats, database {bench.database}", flush=True)
        with databases.using(bench.database):
            for measure, keys in MEASURES:
                if set(keys) & set(only):
                    results.add(_measured(measure, keys, bench))
    if "P1" in only:
        results.add(lists.growth(results))
    return results


def _measured(measure: Measure, keys: Collection[str], bench: Bench) -> Iterator[Bar]:
    """The bars of one measure. What cannot be measured is a bar that says why, and the others go on."""
    try:
        yield from measure(bench)
    except Exception as error:
        for key in keys:
            yield Bar(key, measure.__name__, bench.seats, missing=f"{type(error).__name__}: {error}", failed=True)
