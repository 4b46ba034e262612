"""What an examination finds."""

from dataclasses import dataclass
from enum import Enum


class Level(Enum):
    """How much a finding matters: `FAIL` stops the portal or falsifies its answers, `WARN` does not."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True)
class Finding:
    """One line of the report: what was looked at, what was seen, and what to do about it (empty when all is well)."""

    level: Level
    subject: str
    seen: str
    advice: str = ""


def ok(subject: str, seen: str) -> Finding:
    """Return a finding that all is well."""
    return Finding(Level.OK, subject, seen)


def graded(subject: str, seen: str, *, good: bool, advice: str, otherwise: Level = Level.FAIL) -> Finding:
    """Return a finding that is well when ``good``, else of the level ``otherwise`` with its advice."""
    return ok(subject, seen) if good else Finding(otherwise, subject, seen, advice)
