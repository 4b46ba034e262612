"""What was measured, against what it has to reach; as lines for people and as JSON."""

import json
import os
import platform
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from django.db import connection

Unit = Literal["s", "MB", "/s", "×"]

VERDICTS = ("met", "missed", "shown", "not measured", "failed")
KEYS = ("P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8", "P9", "P10")


@dataclass(frozen=True)
class Bar:
    """One figure of the portal against one other: a floor, a peer, the portal's own figure elsewhere, or a fixed limit.

    key: the bar's name in the design; what: what was done; seats: the scale of the database.
    value: the portal's figure; other: the figure it is divided by (None: the limit is for the value itself).
    limit: what the ratio may be at most, or must be at least. None: shown for comparison, no bar.
    missing: why nothing was measured; failed: because measuring it broke, and not because there is nothing to measure.
    """

    key: str
    what: str
    seats: int
    value: float | None = None
    unit: Unit = "s"
    against: str = ""
    other: float | None = None
    limit: float | None = None
    at_least: bool = False
    missing: str = ""
    failed: bool = False

    @property
    def ratio(self) -> float | None:
        """The value divided by the other figure, or itself."""
        if self.value is None:
            return None
        return self.value if self.other is None else self.value / self.other

    @property
    def verdict(self) -> str:
        """met, missed, shown (no bar), not measured or failed."""
        if self.ratio is None:
            return "failed" if self.failed else "not measured"
        if self.limit is None:
            return "shown"
        met = self.ratio >= self.limit if self.at_least else self.ratio <= self.limit
        return "met" if met else "missed"

    def line(self) -> str:
        """The bar in one line."""
        head = f"{self.key}  {self.seats:>9,}  {self.what:<58}"
        if self.ratio is None:
            return f"{head}  {self.verdict}: {self.missing}"
        beside = f"{_times(self.ratio)} {self.against} ({_figure(self.other, self.unit)})" if self.other else ""
        return f"{head}  {_figure(self.value, self.unit):>10}  {beside:<50}  {self._limit():<12}  {self.verdict}"

    def _limit(self) -> str:
        if self.limit is None:
            return ""
        sign = "≥" if self.at_least else "≤"
        return f"{sign} {_times(self.limit) if self.other else _figure(self.limit, self.unit)}"

    def as_json(self) -> dict[str, Any]:
        """All of it, with ratio and verdict."""
        return {
            "key": self.key,
            "what": self.what,
            "seats": self.seats,
            "value": self.value,
            "unit": self.unit,
            "against": self.against,
            "other": self.other,
            "ratio": self.ratio,
            "limit": self.limit,
            "at_least": self.at_least,
            "verdict": self.verdict,
            "missing": self.missing,
        }


def _figure(value: float | None, unit: Unit) -> str:
    if value is None:
        return ""
    if unit == "s":
        return f"{value * 1000:,.1f} ms" if value < 1 else f"{value:,.2f} s"
    return f"{value:,.1f} {unit}" if unit == "MB" else f"{value:,.0f}{unit}"


def _times(ratio: float) -> str:
    """0.05 → 1/20, 1.25 → 1.25 ×."""
    return f"1/{1 / ratio:,.1f}" if 0 < ratio < 0.8 else f"{ratio:,.2f} ×"


@dataclass
class Results:
    """All bars of one sitting."""

    scales: Sequence[int]
    bars: list[Bar] = field(default_factory=list)
    began: datetime = field(default_factory=lambda: datetime.now(UTC))

    def add(self, bars: Iterable[Bar]) -> None:
        """Take bars, and print each as it comes."""
        for bar in bars:
            self.bars.append(bar)
            print(bar.line(), flush=True)

    def find(self, key: str, what: str, seats: int) -> Bar | None:
        """The first bar with these marks that was measured."""
        marks = (key, what, seats)
        return next((b for b in self.bars if (b.key, b.what, b.seats) == marks and b.value is not None), None)

    @property
    def broken(self) -> bool:
        """Whether anything failed to be measured."""
        return any(bar.failed for bar in self.bars)

    def print_summary(self) -> None:
        """How many bars were met, and the caveat without which no figure should be quoted."""
        counted = Counter(bar.verdict for bar in self.bars)
        print(f"\n{', '.join(f'{counted[verdict]} {verdict}' for verdict in VERDICTS)}.")
        print(f"{_machine_line()} Times vary by up to 40 % between runs: trust ratios of 2 and more.")

    def write(self, path: Path) -> None:
        """Write everything as JSON."""
        document = {
            "began": self.began.isoformat(),
            "ended": datetime.now(UTC).isoformat(),
            "machine": _machine(),
            "scales": list(self.scales),
            "bars": [bar.as_json() for bar in self.bars],
        }
        path.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n")


def _machine() -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        (version,) = cursor.fetchone()
    return {
        "processors": os.cpu_count(),
        "load": list(os.getloadavg()),
        "python": platform.python_version(),
        "postgresql": version,
    }


def _machine_line() -> str:
    found = _machine()
    load = f"{found['load'][0]:.1f}"
    versions = f"PostgreSQL {found['postgresql']}, Python {found['python']}"
    return f"{found['processors']} processors (load {load}), {versions}."
