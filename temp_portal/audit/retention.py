"""How long data are kept: every app tells its rules in its `retention_rules.py`; a task applies them every day.

    @rule("readings", label=_("…"), kept=YEAR, source=_("…"))
    def readings(before):                 # rows whose time was over before this moment
        return Reading.objects.filter(at__lt=before)

Without `action` the rows are deleted; otherwise it is called with them, and has to leave them out of the rule's reach.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db.models import QuerySet

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

YEAR: Final = timedelta(days=365)
HALF_A_YEAR: Final = timedelta(days=183)

Rows = Callable[[datetime], "QuerySet[Any]"]
Action = Callable[["QuerySet[Any]"], int]


def delete(rows: "QuerySet[Any]") -> int:
    """Delete the rows; returns how many, without those that go with them."""
    _total, by_model = rows.delete()
    return by_model.get(rows.model._meta.label, 0)


@dataclass(frozen=True, slots=True)
class Rule:
    """What is kept for how long and why; `over` gives the rows whose time was over before a moment."""

    name: str
    label: "StrOrPromise"
    kept: timedelta
    source: "StrOrPromise"
    over: Rows
    action: Action = delete

    def due(self, now: datetime) -> "QuerySet[Any]":
        """Rows whose time is over now."""
        return self.over(now - self.kept)


_rules: Final[dict[str, Rule]] = {}


def rule(
    name: str, *, label: "StrOrPromise", kept: timedelta, source: "StrOrPromise", action: Action = delete
) -> Callable[[Rows], Rows]:
    """Decorator: register the function as the rows of a rule."""

    def register(over: Rows) -> Rows:
        _rules[name] = Rule(name, label, kept, source, over, action)
        return over

    return register


def rules() -> Iterator[Rule]:
    """Every rule, in the order of the apps."""
    return iter(_rules.values())
