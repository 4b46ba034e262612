"""What changed for some seats between two days, both included, by present knowledge: those of a committee, or of an
organisation.

Semantics, those of the quarterly ledger (`report_sections.ledger`):

- opening: held on the day before the first; closing: held on the last day;
- joined: the first period of a seat begins in between; left: its last one ends, its end being the first day without it;
- changed: one period of a seat follows another in between; each particular that differs is a movement of its own;
- reclassified: held on a day and the day before, the organisation in different ownership groups;
- offices: an appointment begins or ends in between.

So opening + joined − left = closing. Corrections are what was recorded in these days about the past: a day put right,
an end or a whole recording taken back, and everything that took effect before the first of them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.db.models import Count, Q
from django.utils import timezone

from committees.enums import MovementKind, SeatEntry, SeatExit
from committees.history import CORRECTING_MOVES, told, value_text
from committees.models import Appointment, Committee, Seat, SeatPeriod
from committees.querysets import SeatQuerySet
from members.enums import OwnershipGroup
from members.models import Ownership, Person
from temp_portal.audit.models import Transition
from temp_portal.core.db import date_range, first_day
from temp_portal.core.periods import portal_zone

DAY: Final = timedelta(days=1)
#: The particulars of a seat whose change is a movement.
FIELD_OF_KIND: Final = {
    MovementKind.ROLE: "functional_role",
    MovementKind.CHAIN: "chain_role",
    MovementKind.VOTING: "voting",
    MovementKind.SUSPENSION: "suspended",
    MovementKind.REPRESENTATIVE: "representative",
}


@dataclass(frozen=True, slots=True)
class Movement:
    """One thing that changed. `before` and `after` are texts; `recorded_later`: after the last day asked for."""

    day: date
    kind: MovementKind
    seat: Seat
    before: str = ""
    after: str = ""
    person: Person | None = None
    document: str = ""
    reason: str = ""
    recorded_at: datetime | None = None
    recorded_by: str = ""
    recorded_later: bool = False

    @property
    def change(self) -> str:
        """From what to what, in one text; behind an office its holder."""
        words = " → ".join(filter(None, [self.before, self.after]))
        return f"{words}, {self.person}" if self.person else words

    @property
    def grounds(self) -> str:
        """Document and reason in one text."""
        return " · ".join(filter(None, [self.document, self.reason]))


@dataclass(frozen=True, slots=True)
class Balance:
    """The membership at both ends; `opening_known` is the opening as the portal knew it when the first day began."""

    opening: int
    joined: int
    left: int
    closing: int
    opening_known: int

    @property
    def proves(self) -> bool:
        """Whether opening + joined − left = closing. What the database guards makes it true."""
        return self.opening + self.joined - self.left == self.closing


@dataclass(frozen=True, slots=True)
class Span:
    """The days asked for, from `first` to `last`, both included."""

    first: date
    last: date

    @property
    def days(self) -> tuple[date, date]:
        return self.first, self.last

    def __contains__(self, day: date | None) -> bool:
        return day is not None and self.first <= day <= self.last

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """From the first moment of these days to the first one after them."""
        zone = portal_zone()
        return (
            datetime.combine(self.first, time.min, tzinfo=zone),
            datetime.combine(self.last + DAY, time.min, tzinfo=zone),
        )


def movements(seats: SeatQuerySet, span: Span) -> list[Movement]:
    """Everything that changed for the seats, the latest day first. Eight queries at most, whatever their number."""
    found = [
        *_memberships(seats, span),
        *_reclassified(seats, span),
        *_offices(seats, span),
        *_corrections(seats, span),
    ]
    order = list(MovementKind)
    found.sort(key=lambda each: (-each.day.toordinal(), order.index(each.kind), each.seat.pk))
    return found


def balance_of(committee: Committee, span: Span) -> Balance:
    """The membership at both ends and what came and went. Two queries."""
    eve = span.first - DAY
    known: int = (
        SeatPeriod.objects.known_at(span.moments[0]).filter(seat__committee=committee, valid__contains=eve).count()
    )
    counts = SeatPeriod.objects.of(committee).aggregate(
        opening=Count("pk", filter=Q(valid__contains=eve)),
        joined=Count("pk", filter=Q(entry=SeatEntry.ADMITTED, valid__startswith__range=span.days)),
        left=Count("pk", filter=Q(valid__endswith__range=span.days) & ~Q(exit=SeatExit.CHANGED)),
        closing=Count("pk", filter=Q(valid__contains=span.last)),
    )
    return Balance(**counts, opening_known=known)


def _memberships(seats: SeatQuerySet, span: Span) -> Iterator[Movement]:
    """Who joined and left, and what changed where one period follows another. One query."""
    at_an_end = Q(valid__startswith__range=span.days) | Q(valid__endswith__range=span.days)
    periods = list(
        SeatPeriod.objects.current()
        .filter(at_an_end, seat__in=seats)
        .select_related("seat__organisation", "seat__committee", "representative", "recorded_by")
    )
    before = {(each.seat_id, each.valid.upper): each for each in periods}
    for period in periods:
        begins, ends = period.valid.lower, period.valid.upper
        if begins in span and period.entry == SeatEntry.ADMITTED:
            yield _of_fact(MovementKind.JOINED, period, begins, span)
        elif begins in span and (earlier := before.get((period.seat_id, begins))):
            yield from _changes(earlier, period, span)
        if ends in span and period.exit != SeatExit.CHANGED:
            yield _of_fact(MovementKind.LEFT, period, ends, span, after=str(period.get_exit_display()))


def _changes(earlier: SeatPeriod, later: SeatPeriod, span: Span) -> Iterator[Movement]:
    for kind, name in FIELD_OF_KIND.items():
        was, now = getattr(earlier, name), getattr(later, name)
        if was != now:
            words = {"before": value_text(name, was), "after": value_text(name, now)}
            yield _of_fact(kind, later, first_day(later.valid), span, **words)


def _of_fact(kind: MovementKind, fact: SeatPeriod | Appointment, day: date, span: Span, **words: Any) -> Movement:
    return Movement(
        day,
        kind,
        fact.seat,
        document=getattr(fact, "document", ""),
        reason=fact.reason,
        recorded_at=fact.recorded_at,
        recorded_by=str(fact.recorded_by or ""),
        recorded_later=fact.recorded_at >= span.moments[1],
        **words,
    )


def _reclassified(seats: SeatQuerySet, span: Span) -> Iterator[Movement]:
    """Members whose ownership group turned while they had their seat. Two queries."""
    turned = list(
        Ownership.objects.current()
        .filter(Q(valid__startswith__range=span.days) | Q(valid__endswith__range=span.days))
        .filter(organisation__in=seats.values("organisation"))
        .select_related("recorded_by")
    )
    held: dict[int, list[Seat]] = {}
    around = date_range(span.first - DAY, span.last + DAY)
    owned = {each.organisation_id for each in turned}
    owners = seats.filter(organisation__in=owned, valid__overlap=around)
    for seat in owners.select_related("organisation", "committee"):
        held.setdefault(seat.organisation_id, []).append(seat)
    for day, was, now, fact in _turns(turned, span):
        for seat in held.get(fact.organisation_id, ()):
            if day in seat.valid and day - DAY in seat.valid:
                yield Movement(
                    day,
                    MovementKind.OWNERSHIP,
                    seat,
                    before=str(was.label),
                    after=str(now.label),
                    document=fact.evidence,
                    reason=fact.reason,
                    recorded_at=fact.recorded_at,
                    recorded_by=str(fact.recorded_by or ""),
                    recorded_later=fact.recorded_at >= span.moments[1],
                )


def _turns(
    ownerships: Iterable[Ownership], span: Span
) -> Iterator[tuple[date, OwnershipGroup, OwnershipGroup, Ownership]]:
    """(day, group before, group from then on, the fact that says so); on days without a fact it is unverified."""
    rows = list(ownerships)
    begins = {(each.organisation_id, each.valid.lower): each for each in rows}
    ends = {(each.organisation_id, each.valid.upper): each for each in rows}
    for key in {**begins, **ends}:
        day, earlier, later = key[1], ends.get(key), begins.get(key)
        was, now = (each.group if each else OwnershipGroup.UNVERIFIED for each in (earlier, later))
        fact = later or earlier
        if fact is not None and day is not None and day in span and was != now:
            yield day, was, now, fact


def _offices(seats: SeatQuerySet, span: Span) -> Iterator[Movement]:
    """Offices that began and ended. One query."""
    held = (
        Appointment.objects.current()
        .filter(Q(valid__startswith__range=span.days) | Q(valid__endswith__range=span.days))
        .filter(seat__in=seats)
        .select_related("position", "person", "seat__organisation", "seat__committee", "recorded_by")
    )
    for each in held:
        title, person = str(each.position), each.person
        if each.valid.lower in span:
            yield _of_fact(MovementKind.OFFICE_TAKEN, each, each.valid.lower, span, after=title, person=person)
        if each.valid.upper in span:
            yield _of_fact(MovementKind.OFFICE_LEFT, each, each.valid.upper, span, before=title, person=person)


def _corrections(seats: SeatQuerySet, span: Span) -> Iterator[Movement]:
    """What was recorded in these days about the past, by the day of recording. Four queries."""
    start, end = span.moments
    about_the_past = Q(move__in=CORRECTING_MOVES) | Q(effective_on__lt=span.first)
    recorded: Sequence[Any] = list(
        Transition.objects.about(Seat)
        .filter(about_the_past, at__gte=start, at__lt=end)
        .filter(subject_id__in=seats.values("pk"))
        .select_related("by")
    )
    rows = Seat.objects.select_related("organisation", "committee").in_bulk({each.subject_id for each in recorded})
    for transition, event in told(rows, recorded):
        yield Movement(
            timezone.localdate(transition.at),
            MovementKind.CORRECTION,
            rows[transition.subject_id],
            after=event.title,
            reason=event.quote,
            recorded_at=transition.at,
            recorded_by=event.by,
        )
