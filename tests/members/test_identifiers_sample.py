"""The checks against the codes of a published registry; SAMPLE_DATA names its folder.

`SAMPLE_DATA=… pytest -m sample_data -s tests/members/test_identifiers_sample.py` prints how many pass under each kind
of number, and why the others do not.
"""

import csv
import os
import sys
from collections import Counter
from pathlib import Path

import pytest

from members import identifiers

pytestmark = pytest.mark.sample_data

FILE, COLUMN = "registry_2003_sample.csv", "统一社会信用代码"


def published() -> list[str]:
    """The codes as they stand in the file; empty cells and the words for them left out."""
    path = Path(os.environ["SAMPLE_DATA"]) / "enterprises" / FILE
    with path.open(encoding="utf-8-sig", newline="") as lines:
        cells = [row[COLUMN].strip() for row in csv.DictReader(lines)]
    return [cell for cell in cells if cell and cell != "N/A"]


def verdict(number: str) -> tuple[str, str]:
    """(kind of number, "passes" or the reason) of a Chinese code; the kind is what its length says."""
    scheme = identifiers.guess_scheme("CN", number)
    if scheme is None:
        nearest = identifiers.read("CN", "", number)
        return f"none ({len(number)} characters)", str(nearest.says)
    result = scheme.check(number)
    return scheme.code, "passes" if result.accepted else str(result.reason)


def test_the_codes_of_the_published_registry_pass() -> None:
    numbers = published()
    verdicts = Counter(verdict(number) for number in numbers)
    kinds = Counter(kind for kind, _reason in verdicts.elements())
    lines = [f"\n{len(numbers)} codes"]
    for kind, count in kinds.most_common():
        passed = verdicts[kind, "passes"]
        lines.append(f"  {kind}: {passed} of {count} pass ({passed / count:.2%})")
    for (kind, reason), count in verdicts.most_common(25):
        if reason != "passes":
            lines.append(f"    {count} × {kind}: {reason}")
    sys.stdout.write("\n".join(lines) + "\n")
    assert verdicts["CN-USCC", "passes"] > 0.999 * len(numbers)
