"""Medians of calls that take turns, so that what else the machine does falls on all of them alike."""

import statistics
import time
from collections.abc import Callable, Mapping

Call = Callable[[], object]

#: Rounds that are measured even when they take longer than there is patience for.
FEWEST = 3


def seconds(call: Call) -> float:
    """How long one call takes."""
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def medians(calls: Mapping[str, Call], *, rounds: int, patience: float) -> dict[str, float]:
    """Median seconds of each call, after one of each to warm up: `rounds` times in turn, or for `patience` seconds."""
    for call in calls.values():
        call()
    taken: dict[str, list[float]] = {name: [] for name in calls}
    until = time.monotonic() + patience
    for done in range(rounds):
        if done >= FEWEST and time.monotonic() > until:
            break
        for name, call in calls.items():
            taken[name].append(seconds(call))
    return {name: statistics.median(times) for name, times in taken.items()}
