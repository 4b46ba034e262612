"""What a re-election looks at: who has held an office for terms running, and what a term was when it ended."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from committees.models import Appointment, Candidacy, Committee, SeatPeriod, SeatTerm, Term
from members.models import Ownership
from temp_portal.core.db import DateRange, date_range, first_day

if TYPE_CHECKING:
    from temp_portal.accounts.models import User

#: Nobody should hold an office for more terms running (domain brief §1); it is said, not enforced.
TERMS_RUNNING: Final = 2
ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds an office: the person, or the organisation where no person is on record."""

    position: int
    organisation: int
    person: int | None

    def same(self, other: "Holder") -> bool:
        """Whether both are one holder of one position."""
        if self.position != other.position:
            return False
        return self.person == other.person if self.person and other.person else self.organisation == other.organisation


def at_the_limit(committee: Committee, candidacies: Iterable[Candidacy]) -> set[int]:
    """Candidacies (ids) whose holder has held the position in the last `TERMS_RUNNING` terms already. Two queries."""
    terms = list(committee.terms.order_by("-number")[:TERMS_RUNNING])
    if len(terms) < TERMS_RUNNING:
        return set()
    held = Appointment.objects.current().filter(position__committee=committee)
    rows = list(held.values_list("position", "seat__organisation", "person", "valid"))
    holders = [[Holder(*row) for *row, valid in rows if _meet(valid, term.valid)] for term in terms]
    return {
        candidacy.pk
        for candidacy in candidacies
        if all(any(holder_of(candidacy).same(other) for other in term) for term in holders)
    }


def holder_of(candidacy: Candidacy) -> Holder:
    """Who would hold the office: the person named, else the member's representative."""
    person = candidacy.person_id or candidacy.seat.representative_id
    return Holder(candidacy.position_id, candidacy.seat.organisation_id, person)


def freeze(term: Term, until: date, *, by: "User") -> int:
    """Write down every membership of the term as it stood at its end, `until` excluded; returns how many.

    Six statements whatever the number of members. The workflow that ends the term has locked the committee.
    """
    span = date_range(first_day(term.valid), until)
    periods = SeatPeriod.objects.current().filter(seat__committee=term.committee_id, valid__overlap=span)
    last = {period.seat_id: period for period in periods.select_related("seat").order_by("valid")}
    offices: dict[int, set[str]] = defaultdict(set)
    held = Appointment.objects.current().filter(seat__in=last, valid__overlap=span)
    for seat, code in held.values_list("seat", "position__code"):
        offices[seat].add(code)
    owned: dict[int, list[Ownership]] = defaultdict(list)
    for fact in (
        Ownership.objects.current().verified().filter(organisation__seats__in=last, valid__overlap=span).distinct()
    ):
        owned[fact.organisation_id].append(fact)
    rows = [_frozen(period, term, until, offices[seat], owned, by) for seat, period in last.items()]
    return len(SeatTerm.objects.bulk_create(rows, batch_size=1000))


def _frozen(
    period: SeatPeriod, term: Term, until: date, offices: set[str], owned: dict[int, list[Ownership]], by: "User"
) -> SeatTerm:
    seat = period.seat
    begins = max(first_day(seat.valid), first_day(term.valid))
    ends = min(seat.valid.upper or until, until)
    facts = owned[seat.organisation_id]
    return SeatTerm(
        term=term,
        seat=seat,
        held=date_range(begins, ends),
        functional_role=period.functional_role,
        chain_role=period.chain_role,
        voting=period.voting,
        suspended=period.suspended,
        ownership_type=next((fact.type for fact in facts if ends - ONE_DAY in fact.valid), ""),
        offices=sorted(offices),
        representative_id=period.representative_id,
        frozen_by=by,
    )


def _meet(one: DateRange, other: DateRange) -> bool:
    """Whether two ranges of days have a day in common."""
    start = max(first_day(one), first_day(other))
    return start in one and start in other
