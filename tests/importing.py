"""Helpers for tests of imports: write a table, run the command, read its summary."""

import csv
import json
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import call_command


def write_csv(path: Path, rows: list[dict[str, str]], *, encoding: str = "utf-8") -> Path:
    """A CSV file with the keys of the first row as header."""
    with path.open("w", newline="", encoding=encoding) as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    return path


def run_import(kind: str, path: Path, *options: str) -> dict[str, Any]:
    """The summary that the command prints as its one last line."""
    output = StringIO()
    call_command("import_table", kind, str(path), "--json", *options, stdout=output)
    return json.loads(output.getvalue().splitlines()[-1])


def counts(summary: dict[str, Any]) -> tuple[int, int, int, int]:
    """(created, updated, unchanged, rejected), which together are all rows."""
    found = tuple(summary[name] for name in ("created", "updated", "unchanged", "rejected"))
    assert sum(found) == summary["rows"]
    return found
