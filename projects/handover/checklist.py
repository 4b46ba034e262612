"""What a project still lacks for its handover: something complete of each kind, or the reason why there is nothing."""

from collections.abc import Iterable
from dataclasses import dataclass

from projects.handover.enums import TransferKind
from projects.handover.models import TransferLine


@dataclass(frozen=True, slots=True)
class Item:
    """A kind of transfer with its lines."""

    kind: TransferKind
    lines: list[TransferLine]

    @property
    def open(self) -> int:
        """How many lines are not complete."""
        return sum(not line.is_complete for line in self.lines)

    @property
    def is_complete(self) -> bool:
        return bool(self.lines) and not self.open


def checklist(lines: Iterable[TransferLine]) -> list[Item]:
    """Every kind with its lines, in the order of the brief."""
    rows = list(lines)
    return [Item(kind, [line for line in rows if line.kind == kind]) for kind in TransferKind]


def is_complete(items: Iterable[Item]) -> bool:
    """Whether a certificate may be issued."""
    return all(item.is_complete for item in items)
