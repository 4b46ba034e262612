"""Particulars of many seats changed from one day on, in a fixed number of statements whatever their number."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from committees.enums import SeatEntry, SeatExit
from committees.models import Seat, SeatPeriod
from committees.workflows import seats
from committees.workflows.trail import seat_transition
from temp_portal.audit.models import Recording, Transition
from temp_portal.core.db import date_range, first_day

if TYPE_CHECKING:
    from temp_portal.accounts.models import User


@dataclass(frozen=True, slots=True)
class Amendment:
    """A locked seat, its running period, and the particulars (names in `seats.PARTICULARS`) that become others."""

    seat: Seat
    period: SeatPeriod
    values: Mapping[str, Any]

    @property
    def plain(self) -> dict[str, Any]:
        """The values as JSON can hold them, a person by id."""
        return {name: seats.plain(value) for name, value in self.values.items()}


def amend(
    amendments: Sequence[Amendment],
    *,
    by: "User",
    within: Recording,
    day: date,
    move: str,
    document: str,
    reason: str,
) -> None:
    """Write the particulars from `day` on; earlier days keep theirs. Each period runs on it (`guards.running_on`)."""
    periods = SeatPeriod.objects.filter(pk__in=[each.period.pk for each in amendments])
    periods.supersede(by=by, reason=reason, within=within)
    earlier = _earlier(amendments, day, by=by, within=within)
    later = _later(amendments, day, document, by=by, within=within, reason=reason)
    SeatPeriod.objects.bulk_create([*earlier, *later])
    for values, keys in _by_values(amendments):
        Seat.objects.filter(pk__in=keys).update(**values)
    Transition.objects.bulk_create(
        seat_transition(
            each.seat,
            move,
            by=by,
            effective_on=day,
            reason=reason,
            within=within,
            document=document,
            before={name: seats.plain(getattr(each.period, name)) for name in each.values},
            after=each.plain,
        )
        for each in amendments
    )


def _earlier(amendments: Iterable[Amendment], day: date, **common: Any) -> Iterable[SeatPeriod]:
    for each in amendments:
        began = first_day(each.period.valid)
        if began < day:
            yield seats.copied(each.period, date_range(began, day), exit=SeatExit.CHANGED, **common)


def _later(amendments: Iterable[Amendment], day: date, document: str, **common: Any) -> Iterable[SeatPeriod]:
    for each in amendments:
        period = each.period
        entry = SeatEntry.CHANGED if first_day(period.valid) < day else period.entry
        changed = common | {"entry": entry, "document": document or period.document} | seats.columns(each.values)
        yield seats.copied(period, date_range(day), **changed)


def _by_values(amendments: Iterable[Amendment]) -> Iterable[tuple[Mapping[str, Any], list[int]]]:
    """The seats that get the same values, together."""
    keys: dict[tuple[tuple[str, Any], ...], list[int]] = defaultdict(list)
    for each in amendments:
        keys[tuple(sorted(seats.columns(each.values).items()))].append(each.seat.pk)
    return ((dict(values), found) for values, found in keys.items())
