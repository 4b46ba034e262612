"""Random histories of seats and ownership, and a reference that counts them day by day in plain Python."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from django.utils import timezone
from hypothesis import strategies as st

from committees.enums import SeatEntry, SeatExit
from committees.models import Committee, Seat, SeatPeriod
from members.enums import OwnershipType
from members.models import Organisation, Ownership
from temp_portal.core.db import date_range
from temp_portal.core.periods import Quarter

DAY = timedelta(days=1)
LAST = date(2026, 12, 31)

# Few days, at the bounds of quarters and around them, so that turns of ownership and changes of seats often meet.
_STARTS = [Quarter(2025, 4).shifted(number).start for number in range(5)]
days = st.sampled_from([start + shift for start in _STARTS for shift in (-DAY, 0 * DAY, DAY, 40 * DAY)])
votes = st.sampled_from([True, True, True, False])
leaving = st.sampled_from([SeatExit.RESIGNED, SeatExit.EXPELLED, SeatExit.LAPSED])


@dataclass
class Stretch:
    """Days [start, end) with one value; without end they go on."""

    start: date
    end: date | None

    def holds(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)


@dataclass
class Owned(Stretch):
    kind: str


@dataclass
class Period(Stretch):
    voting: bool
    suspended: bool
    entry: str
    exit: str


@dataclass
class History:
    """One organisation: its ownerships, and the periods of its seats in one committee, one list per seat."""

    owned: list[Owned]
    seats: list[list[Period]]

    def class_on(self, seat: list[Period], day: date) -> str | None:
        """Class in which the seat is counted on the day; None when it is not held."""
        period = next((p for p in seat if p.holds(day)), None)
        if period is None:
            return None
        if not period.voting:
            return "observer"
        return next((o.kind for o in self.owned if o.holds(day)), "unverified")


@st.composite
def _owned(draw, near: list[date]) -> list[Owned]:
    """Ownerships that turn on some of the days on which the seats change, and on others."""
    cuts = sorted(draw(st.sets(st.sampled_from(near), max_size=3)) | draw(st.sets(days, max_size=2)))
    kinds = st.sampled_from([*OwnershipType.values, "unverified", "gap", "gap", "gap"])
    ends = [*cuts[1:], draw(st.sampled_from([None, LAST + DAY]))]
    stretches = [Owned(start, end, draw(kinds)) for start, end in zip(cuts, ends[: len(cuts)], strict=True)]
    return [stretch for stretch in stretches if stretch.kind != "gap"]


@st.composite
def _seat(draw, cuts: list[date], ends: bool) -> list[Period]:
    periods = []
    bounds = cuts if ends else [*cuts, None]
    for number, (start, end) in enumerate(pairwise(bounds)):
        is_last = number == len(bounds) - 2
        periods.append(
            Period(
                start,
                end,
                voting=draw(votes),
                suspended=draw(st.booleans()),
                entry=SeatEntry.ADMITTED if number == 0 else SeatEntry.CHANGED,
                exit="" if end is None else draw(leaving) if is_last else SeatExit.CHANGED,
            )
        )
    return periods


@st.composite
def histories(draw) -> History:
    """An organisation with up to two seats, one after the other."""
    cuts = sorted(draw(st.sets(days, min_size=2, max_size=6)))
    split = draw(st.integers(0, len(cuts)))
    seats = []
    if split >= 2:
        seats.append(draw(_seat(cuts[:split], ends=True)))
    if len(cuts) > split:
        later = cuts[split:]
        seats.append(draw(_seat(later, ends=len(later) > 1 and draw(st.booleans()))))
    return History(draw(_owned(cuts)), seats)


def write(committee: Committee, history: History) -> Organisation:
    """Write the history as facts."""
    organisation = Organisation.objects.create(legal_name="示例企业", country="CN")
    for owned in history.owned:
        verified = owned.kind != "unverified"
        Ownership.objects.create(
            organisation=organisation,
            type=owned.kind if verified else OwnershipType.PRIVATE,
            valid=date_range(owned.start, owned.end),
            verified_at=timezone.now() if verified else None,
        )
    for periods in history.seats:
        last = periods[-1]
        seat = Seat.objects.create(
            committee=committee,
            organisation=organisation,
            valid=date_range(periods[0].start, last.end),
            functional_role="none",
            ended_as=last.exit,
        )
        for period in periods:
            SeatPeriod.objects.create(
                seat=seat,
                valid=date_range(period.start, period.end),
                functional_role="none",
                voting=period.voting,
                suspended=period.suspended,
                entry=period.entry,
                exit=period.exit,
            )
    return organisation


def reference(whole: list[History], start: date, end: date) -> Counter[tuple[str, str]]:
    """Counts by (figure, class) in [start, end), by looking at every seat on every day."""
    counts: Counter[tuple[str, str]] = Counter()
    for history in whole:
        for seat in history.seats:
            _count_seat(counts, history, seat, start, end)
    return counts


def _count_seat(counts, history: History, seat: list[Period], start: date, end: date) -> None:
    for name, day in (("opening", start - DAY), ("closing", end - DAY)):
        if kind := history.class_on(seat, day):
            counts[name, kind] += 1
    day = start
    while day < end:
        before, now = history.class_on(seat, day - DAY), history.class_on(seat, day)
        if before is None and now is not None:
            counts["admitted", now] += 1
        elif before is not None and now is None:
            counts["expelled" if seat[-1].exit == SeatExit.EXPELLED else "left", before] += 1
        elif before != now:
            counts["recl_out", before] += 1
            counts["recl_in", now] += 1
        day += DAY
