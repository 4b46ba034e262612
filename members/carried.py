"""What hangs on an organisation or a person, told by every app before two records are merged.

The apps above say it in their `merging_parts.py`:

    @carries(Organisation)
    def seats(organisation):
        return Carried(_("Seats"), [str(seat) for seat in …])

    @conflicts(Organisation)
    def overlapping_seats(merged, remaining):
        return [_("Both sit in …")]          # what has to be settled first; nothing lets them be merged
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from members.models import Mergeable
from temp_portal.core.db import DateRange

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

#: Lines of one kind that are shown of a record.
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Carried:
    """Records of one kind that hang on a record, a line each."""

    label: "StrOrPromise"
    lines: Sequence[str]

    @property
    def shown(self) -> Sequence[str]:
        return self.lines[:SHOWN]

    @property
    def more(self) -> int:
        """How many are not shown."""
        return max(len(self.lines) - SHOWN, 0)


Carries = Callable[[Any], Carried]
Conflicts = Callable[[Any, Any], Sequence[str]]

_CARRIED: list[tuple[type[Mergeable], Carries]] = []
_CONFLICTS: list[tuple[type[Mergeable], Conflicts]] = []


def carries(model: type[Mergeable]) -> Callable[[Carries], Carries]:
    """Register what tells a kind of record that hangs on a record of the model."""

    def register(tell: Carries) -> Carries:
        _CARRIED.append((model, tell))
        return tell

    return register


def conflicts(model: type[Mergeable]) -> Callable[[Conflicts], Conflicts]:
    """Register what tells why two records of the model cannot be merged as they are."""

    def register(tell: Conflicts) -> Conflicts:
        _CONFLICTS.append((model, tell))
        return tell

    return register


def carried_by(record: Mergeable) -> Iterator[Carried]:
    """Everything that hangs on the record, kind by kind."""
    return (tell(record) for model, tell in _CARRIED if isinstance(record, model))


def conflicts_between(merged: Mergeable, remaining: Mergeable) -> list[str]:
    """What has to be settled before `merged` can be merged into `remaining`."""
    return [line for model, tell in _CONFLICTS if isinstance(merged, model) for line in tell(merged, remaining)]


def days(valid: DateRange) -> str:
    """The days of a range in words, the last one included."""
    if valid.isempty or valid.lower is None:
        return _("on no day")
    if valid.upper is None:
        return _("since %(day)s") % {"day": valid.lower.isoformat()}
    return f"{valid.lower.isoformat()} – {(valid.upper - timedelta(days=1)).isoformat()}"
