"""`python -m tests.benchmarks`: prints every bar of the design, and writes them as JSON when asked."""

import argparse
import os
import sys
from pathlib import Path

SCALES = "100000,1000000"


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--scales", default=SCALES, help=f"numbers of seats, separated by commas ({SCALES})")
    parser.add_argument("--only", default="", help="bars to measure, such as P1,P4; all when left out")
    parser.add_argument("--json", type=Path, help="also write the figures into this file")
    parser.add_argument("--fresh", action="store_true", help="load the databases again")
    parser.add_argument("--quick", action="store_true", help="one round of each: shows that everything runs")
    parser.add_argument("--here", action="store_true", help="measure in the database of the settings; one scale only")
    return parser.parse_args()


def main() -> None:
    """Measure what the command line asks for. Bars that are missed are no failure; bars that cannot be measured are."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.benchmarks.settings")
    given = arguments()
    scales = [int(seats) for seats in given.scales.split(",")]

    import django

    django.setup()

    from temp_portal.core.embedded import hook
    from tests.benchmarks import databases
    from tests.benchmarks.bars import KEYS
    from tests.benchmarks.run import run

    only = [key.strip().upper() for key in given.only.split(",") if key.strip()] or KEYS
    hook.hold()
    if given.here:
        names = {seats: databases.here(seats) for seats in scales[:1]}
    else:
        names = {seats: databases.prepare(seats, fresh=given.fresh) for seats in scales}
    results = run(names, only=only, quick=given.quick)
    results.print_summary()
    if given.json:
        results.write(given.json)
    sys.exit(results.broken)


if __name__ == "__main__":
    main()
