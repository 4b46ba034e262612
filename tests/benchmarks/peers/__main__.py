"""`python -m tests.benchmarks.peers FORMAT FILE ROWS`: an export by the peer, in a process of its own.

Prints the seconds and the megabytes over idle that it took, as JSON.
"""

import resource as usage
import sys
import time
from pathlib import Path

import django
import orjson

KILOBYTE = 1024
MEGABYTE = 1_000_000


def main(fmt: str, target: Path, rows: int) -> None:
    """Export once one row, to load everything, and then all."""
    django.setup()

    from tests.benchmarks.peers.resources import export

    export(fmt, target, 1)
    idle = usage.getrusage(usage.RUSAGE_SELF).ru_maxrss
    began = time.perf_counter()
    export(fmt, target, rows)
    seconds = time.perf_counter() - began
    rise = (usage.getrusage(usage.RUSAGE_SELF).ru_maxrss - idle) * KILOBYTE / MEGABYTE
    print(orjson.dumps({"seconds": seconds, "rise": rise}).decode())


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
