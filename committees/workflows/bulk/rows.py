"""The rows of a bulk act: seats as they are recorded now, with a version to tell whether they still are."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _

from committees.models import Appointment, Committee, Seat, SeatPeriod
from temp_portal.audit.models import Transition

NAMED_AT_MOST = 5


@dataclass(frozen=True, slots=True)
class Row:
    """A seat, its running period (None once it has ended) and the offices that it holds without an end."""

    seat: Seat
    period: SeatPeriod | None
    offices: Sequence[Appointment]

    @property
    def version(self) -> str:
        """Another one after every change of the seat or its offices."""
        facts = [self.period.pk if self.period else 0, *sorted(office.pk for office in self.offices)]
        return ".".join(map(str, facts))


class Change(StrEnum):
    """What becomes of a row."""

    CHANGED = "changed"
    SAME = "same"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Step:
    """A row with what it is, what it will be, and why not."""

    row: Row
    change: Change
    before: str = ""
    after: str = ""
    why: str = field(default="")


class RowsChanged(Exception):
    """Some of the rows are no longer what was shown. `told`: one sentence for each of the first few."""

    def __init__(self, told: list[str]) -> None:
        self.told = told
        super().__init__("; ".join(told))


def changes(steps: Sequence[Step]) -> list[Step]:
    """Those that will be changed."""
    return [step for step in steps if step.change is Change.CHANGED]


def load(committee: Committee, keys: Collection[int], *, locking: bool = False) -> list[Row]:
    """The committee's seats with these keys, in the order of their names. Three queries, whatever the number."""
    seats = Seat.objects.filter(committee=committee, pk__in=keys).select_related("organisation")
    if locking:
        seats = seats.select_for_update(of=("self",))
    open_offices = Appointment.objects.current().filter(valid__endswith__isnull=True).select_related("position")
    running = Prefetch("periods", SeatPeriod.objects.current().filter(exit=""), to_attr="running")
    offices = Prefetch("appointments", open_offices, to_attr="offices")
    # Locked in the order of their keys, as everywhere; shown by name.
    found = list(seats.order_by("pk").prefetch_related(running, offices))
    rows = [Row(seat, next(iter(seat.running), None), seat.offices) for seat in found]
    return sorted(rows, key=lambda row: (row.seat.organisation.legal_name, row.seat.pk))


def refuse_changed(rows: Sequence[Row], shown: Mapping[int, str]) -> None:
    """Raise RowsChanged for rows whose version is not the one that was shown."""
    changed = [row for row in rows if row.version != shown[row.seat.pk]]
    if changed:
        raise RowsChanged(tell(changed))


def tell(rows: Sequence[Row]) -> list[str]:
    """Who recorded something of these rows last, and when."""
    last = Transition.objects.about(Seat).filter(subject_id__in=[row.seat.pk for row in rows]).select_related("by")
    acts = {act.subject_id: act for act in last.order_by("subject_id", "-id").distinct("subject_id")}
    told = [_told(row, acts.get(row.seat.pk)) for row in rows[:NAMED_AT_MOST]]
    return [*told, _("… and others.")] if len(rows) > NAMED_AT_MOST else told


def _told(row: Row, act: Transition | None) -> str:
    if act is None:
        return _("%(member)s was changed.") % {"member": row.seat.organisation}
    when = timezone.localtime(act.at).strftime("%Y-%m-%d %H:%M")
    message = _("%(member)s was changed by %(who)s on %(when)s.")
    return message % {"member": row.seat.organisation, "who": act.by or _("somebody"), "when": when}
