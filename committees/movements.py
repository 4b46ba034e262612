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

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final, TypeVar

from django.db.models import Count, Q
from django.utils import timezone

from committees.enums import MovementKind, SeatEntry, SeatExit
from committees.history import CORRECTING_MOVES, told, value_text
from committees.models import Appointment, Committee, Seat, SeatPeriod
from committees.querysets import SeatQuerySet
from members.enums import OwnershipGroup
from members.models import Ownership, Person
from temp_portal.audit.facts import Fact
from temp_portal.audit.models import Transition
from temp_portal.core.db import date_range, first_day
from temp_portal.core.periods import portal_zone

F = TypeVar("F", bound=Fact)
#: Something that a fact says, in the parts by which it is found.
Statement = tuple[Any, ...]

DAY: Final = timedelta(days=1)
BEGINS: Final = "begins"
ENDS: Final = "ends"
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


def _first_said(facts: Iterable[F], statements: Callable[[F], Iterable[Statement]]) -> dict[Statement, F]:
    """The fact that first made each statement. Facts are written again when they end or are put right; when something
    became known, from whom and why, the first one tells. `facts` come in the order of their recording.
    """
    said: dict[Statement, F] = {}
    for fact in facts:
        for statement in statements(fact):
            said.setdefault(statement, fact)
    return said


def _between(span: Span) -> Q:
    """Facts that begin or end on these days."""
    return Q(valid__startswith__range=span.days) | Q(valid__endswith__range=span.days)


def _movement(kind: MovementKind, seat: Seat, day: date, said: Fact, span: Span, **words: Any) -> Movement:
    return Movement(
        day,
        kind,
        seat,
        document=str(getattr(said, "document", "") or getattr(said, "evidence", "")),
        reason=said.reason,
        recorded_at=said.recorded_at,
        recorded_by=str(said.recorded_by or ""),
        recorded_later=said.recorded_at >= span.moments[1],
        **words,
    )


def _memberships(seats: SeatQuerySet, span: Span) -> Iterator[Movement]:
    """Who joined and left, and what changed where one period follows another. One query."""
    facts = list(
        SeatPeriod.objects.filter(_between(span), seat__in=seats)
        .select_related("seat__organisation", "seat__committee", "representative", "recorded_by")
        .order_by("recorded_at", "pk")
    )
    said = _first_said(facts, _period_says)
    periods = [each for each in facts if each.superseded_at is None]
    before = {(each.seat_id, each.valid.upper): each for each in periods}
    for period in periods:
        seat, begins, ends = period.seat, period.valid.lower, period.valid.upper
        if begins in span and period.entry == SeatEntry.ADMITTED:
            yield _movement(MovementKind.JOINED, seat, begins, said[MovementKind.JOINED, seat.pk, begins], span)
        elif begins in span and (earlier := before.get((seat.pk, begins))):
            yield from _changes(earlier, period, said, span)
        if ends in span and period.exit != SeatExit.CHANGED:
            first = said[MovementKind.LEFT, seat.pk, ends, period.exit]
            yield _movement(MovementKind.LEFT, seat, ends, first, span, after=str(period.get_exit_display()))


def _period_says(period: SeatPeriod) -> Iterator[Statement]:
    seat, begins, ends = period.seat_id, period.valid.lower, period.valid.upper
    if period.entry == SeatEntry.ADMITTED:
        yield MovementKind.JOINED, seat, begins
    for kind, name in FIELD_OF_KIND.items():
        yield kind, seat, begins, getattr(period, name)
    yield MovementKind.LEFT, seat, ends, period.exit


def _changes(
    earlier: SeatPeriod, later: SeatPeriod, said: dict[Statement, SeatPeriod], span: Span
) -> Iterator[Movement]:
    day, seat = first_day(later.valid), later.seat
    for kind, name in FIELD_OF_KIND.items():
        was, now = getattr(earlier, name), getattr(later, name)
        if was != now:
            words = {"before": value_text(name, was), "after": value_text(name, now)}
            yield _movement(kind, seat, day, said[kind, seat.pk, day, now], span, **words)


def _reclassified(seats: SeatQuerySet, span: Span) -> Iterator[Movement]:
    """Members whose ownership group turned while they had their seat. Two queries."""
    facts = list(
        Ownership.objects.filter(_between(span), organisation__in=seats.values("organisation"))
        .select_related("recorded_by")
        .order_by("recorded_at", "pk")
    )
    said = _first_said(facts, _ownership_says)
    turned = [each for each in facts if each.superseded_at is None]
    held: dict[int, list[Seat]] = {}
    around = date_range(span.first - DAY, span.last + DAY)
    owned = {each.organisation_id for each in turned}
    owners = seats.filter(organisation__in=owned, valid__overlap=around)
    for seat in owners.select_related("organisation", "committee"):
        held.setdefault(seat.organisation_id, []).append(seat)
    for day, was, now, statement in _turns(turned, span):
        words = {"before": str(was.label), "after": str(now.label)}
        for seat in held.get(said[statement].organisation_id, ()):
            if day in seat.valid and day - DAY in seat.valid:
                yield _movement(MovementKind.OWNERSHIP, seat, day, said[statement], span, **words)


def _ownership_says(ownership: Ownership) -> Iterator[Statement]:
    organisation = ownership.organisation_id
    yield BEGINS, organisation, ownership.valid.lower, ownership.group
    yield ENDS, organisation, ownership.valid.upper


def _turns(
    ownerships: Iterable[Ownership], span: Span
) -> Iterator[tuple[date, OwnershipGroup, OwnershipGroup, Statement]]:
    """(day, group before, group from then on, what says so); on days without a fact it is unverified."""
    rows = list(ownerships)
    begins = {(each.organisation_id, each.valid.lower): each for each in rows}
    ends = {(each.organisation_id, each.valid.upper): each for each in rows}
    for key in {**begins, **ends}:
        day, earlier, later = key[1], ends.get(key), begins.get(key)
        was, now = (each.group if each else OwnershipGroup.UNVERIFIED for each in (earlier, later))
        if day is not None and day in span and was != now:
            yield day, was, now, (BEGINS, *key, now) if later else (ENDS, *key)


def _offices(seats: SeatQuerySet, span: Span) -> Iterator[Movement]:
    """Offices that began and ended. One query."""
    facts = list(
        Appointment.objects.filter(_between(span), seat__in=seats)
        .select_related("position", "person", "seat__organisation", "seat__committee", "recorded_by")
        .order_by("recorded_at", "pk")
    )
    said = _first_said(facts, _appointment_says)
    for each in (fact for fact in facts if fact.superseded_at is None):
        title, person, key = str(each.position), each.person, (each.position_id, each.seat_id)
        begins, ends = each.valid.lower, each.valid.upper
        if begins in span:
            words = {"after": title, "person": person}
            yield _movement(MovementKind.OFFICE_TAKEN, each.seat, begins, said[BEGINS, *key, begins], span, **words)
        if ends in span:
            words = {"before": title, "person": person}
            yield _movement(MovementKind.OFFICE_LEFT, each.seat, ends, said[ENDS, *key, ends], span, **words)


def _appointment_says(appointment: Appointment) -> Iterator[Statement]:
    key = (appointment.position_id, appointment.seat_id)
    yield BEGINS, *key, appointment.valid.lower
    yield ENDS, *key, appointment.valid.upper


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
