"""The harness prints every bar of the design and writes them all, whatever they say. Its figures are not looked at."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from tests.benchmarks.bars import KEYS, VERDICTS, Bar

SEATS = 2_000

#: What each bar of the design is about, as the beginning of its lines.
DESIGN = {
    "P1": ["list, first page of 100", "list filtered by ownership and country", "roster of 5,000 seats"],
    "P2": ["list, page", "list, page"],
    "P3": ["search, rare, two Chinese", "search, rare, pinyin", "search, rare, Cyrillic", "search, common"],
    "P4": ["CSV", "CSV", "CSV", "CSV"],
    "P5": ["XLSX", "XLSX", "XLSX"],
    "P6": ["import of", "import of"],
    "P7": ["notice to", "50 mails"],
    "P8": ["API, 100 nested rows", "API, 100 nested rows, peer"],
    "P9": ["ledger of the quarter from", "ledger of the quarter after a frozen one", "whole report with"],
    "P10": ["sign-up", "new password", "claim", "invitation"],
}


def test_every_bar_is_measured_printed_and_written(portal_environment: dict[str, str], tmp_path: Path) -> None:
    written = tmp_path / "bars.json"
    variables = portal_environment | {"DJANGO_SETTINGS_MODULE": "tests.benchmarks.settings"}
    command = [sys.executable, "-m", "tests.benchmarks", "--here", "--quick", "--scales", str(SEATS), "--json", written]
    done = subprocess.run(command, cwd=settings.BASE_DIR, env=variables, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    document = json.loads(written.read_text())
    assert document["scales"] == [SEATS]
    assert {"processors", "load", "python", "postgresql"} <= document["machine"].keys()
    bars = document["bars"]
    for key, subjects in DESIGN.items():
        found = [bar["what"] for bar in bars if bar["key"] == key]
        for subject in set(subjects):
            count = sum(what.startswith(subject) for what in found)
            assert count >= subjects.count(subject), (key, subject, found)
    for bar in bars:
        assert bar["seats"] == SEATS
        assert bar["verdict"] in VERDICTS
        assert bar["what"] in done.stdout
        assert (bar["value"] is None) == bool(bar["missing"]), bar
        assert bar["value"] is None or bar["value"] >= 0
    assert {bar["key"] for bar in bars} == set(KEYS)


@pytest.mark.parametrize(
    ("bar", "verdict", "shown"),
    [
        (Bar("P1", "page", 10, 0.01, "s", "of a peer", 0.2, 1 / 12), "met", "1/20.0 of a peer (200.0 ms)"),
        (Bar("P1", "page", 10, 0.1, "s", "of a peer", 0.2, 1 / 12), "missed", "≤ 1/12.0"),
        (Bar("P8", "rows", 10, 500, "/s", "a peer", 100, 5, at_least=True), "met", "≥ 5.00 ×"),
        (Bar("P8", "rows", 10, 499, "/s", "a peer", 100, 5, at_least=True), "missed", "499/s"),
        (Bar("P4", "file", 10, 17, "MB", limit=16), "missed", "≤ 16.0 MB"),
        (Bar("P4", "file", 10, 2.5, "s", "a peer", 2), "shown", "1.25 ×"),
        (Bar("P9", "report", 10, limit=20, missing="there is none"), "not measured", "not measured: there is none"),
        (Bar("P9", "report", 10, missing="it broke", failed=True), "failed", "failed: it broke"),
    ],
)
def test_a_bar_says_whether_it_was_reached(bar: Bar, verdict: str, shown: str) -> None:
    assert bar.verdict == verdict
    assert bar.as_json()["verdict"] == verdict
    assert shown in bar.line()
    assert "10" in bar.line()
