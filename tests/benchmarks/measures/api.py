"""P8: a hundred nested rows of the API."""

from collections.abc import Iterator

from tests.benchmarks.bars import Bar
from tests.benchmarks.bench import Bench
from tests.benchmarks.peers.api import CONSTANT

ROWS = 100


def rows(bench: Bench) -> Iterator[Bar]:
    """The portal's list against a constant response of the same bytes, and against a plain view."""
    address = f"/api/v1/seats/?limit={ROWS}"
    CONSTANT["body"] = bench.staff.get(address)
    taken = bench.medians(
        {
            "portal": lambda: bench.staff.get(address),
            "constant": lambda: bench.staff.get("/bench/constant/"),
            "plain": lambda: bench.staff.get(f"/bench/api/seats/?limit={ROWS}"),
        },
        rounds=30,
    )
    rates = {name: 1 / value for name, value in taken.items()}
    what = f"API, {ROWS} nested rows"
    yield Bar("P8", what, bench.seats, rates["portal"], "/s", "a constant response", rates["constant"], 1 / 8, True)
    yield Bar("P8", f"{what}, peer", bench.seats, rates["portal"], "/s", "DRF, select_related", rates["plain"], 5, True)
