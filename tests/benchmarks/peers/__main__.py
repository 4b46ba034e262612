"""`python -m tests.benchmarks.peers ROWS FORMAT…`: exports by the peer, in a process whose memory can be told apart.

Prints for each format, in this order, the seconds and the megabytes over idle that it took, as JSON. The formats that
need more memory come later.
"""

import resource as usage
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import django
import orjson

KILOBYTE = 1024
MEGABYTE = 1_000_000


def peak() -> int:
    """The most memory that this process has held, in kilobytes."""
    return usage.getrusage(usage.RUSAGE_SELF).ru_maxrss


def main(rows: int, formats: list[str]) -> None:
    """Export one row in each format, to load everything, and then all."""
    django.setup()

    from tests.benchmarks.peers.resources import export

    with TemporaryDirectory() as folder:
        for fmt in formats:
            export(fmt, Path(folder) / fmt, 1)
        idle = peak()
        taken = {}
        for fmt in formats:
            began = time.perf_counter()
            export(fmt, Path(folder) / fmt, rows)
            taken[fmt] = {"seconds": time.perf_counter() - began, "rise": (peak() - idle) * KILOBYTE / MEGABYTE}
    print(orjson.dumps(taken).decode())


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
