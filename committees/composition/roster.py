"""Who sits in committees on a day, with all that a rule may ask of them. Two queries for any number of committees."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Final

from django.db.models import FilteredRelation, Q

from committees.enums import COUNCIL, OFFICERS, RuleBase
from committees.models import Appointment, SeatPeriod
from members.enums import GROUP_OF_TYPE, OwnershipGroup, OwnershipType
from members.models import Organisation, Ownership

OWNERSHIPS: Final = "seat__organisation__ownerships"
SEAT: Final = ("seat__committee", "seat", "seat__organisation", "seat__organisation__country", "voting")
OWNED: Final = ("owned__type", "owned__controller", "owned__chinese_controlled", "owned__evidence_on")
NO_OFFICE: Final[frozenset[str]] = frozenset()
#: Offices that make a seat one of the council, or one of the officers.
OFFICES_OF_BASE = {RuleBase.COUNCIL: frozenset(COUNCIL), RuleBase.OFFICERS: frozenset(OFFICERS)}


@dataclass(frozen=True, slots=True)
class Owned:
    """What is verified about the owners of an organisation for a day."""

    type: OwnershipType
    controller: str = ""
    chinese_controlled: bool = False
    evidence_on: date | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """A seat on a day. `owned` is None unless the ownership is verified for the day."""

    organisation: int
    country: str = ""
    voting: bool = True
    owned: Owned | None = None
    offices: frozenset[str] = frozenset()

    @property
    def group(self) -> OwnershipGroup:
        """Under which the member is counted by registration."""
        return GROUP_OF_TYPE[self.owned.type] if self.owned else OwnershipGroup.UNVERIFIED

    @property
    def is_chinese_abroad(self) -> bool:
        """Whether it is registered abroad and controlled from China (境外中资)."""
        return bool(self.owned and self.owned.type == OwnershipType.OVERSEAS and self.owned.chinese_controlled)


@dataclass(frozen=True)
class Roster:
    """The seats of one committee on `day`."""

    day: date
    members: tuple[Member, ...] = ()

    @cached_property
    def voting(self) -> list[Member]:
        """Without observers, who stand outside every rule."""
        return [member for member in self.members if member.voting]

    def among(self, base: str) -> list[Member]:
        """Voting members that belong to the base of a rule."""
        offices = OFFICES_OF_BASE.get(RuleBase(base))
        return [member for member in self.voting if offices is None or offices & member.offices]

    def holding(self, *codes: str) -> list[Member]:
        """Members that hold one of these offices, with or without a vote."""
        return [member for member in self.members if member.offices.intersection(codes)]

    def plus(self, members: Iterable[Member]) -> "Roster":
        """The roster with further members."""
        return replace(self, members=(*self.members, *members))

    def with_offices(self, offices: dict[int, frozenset[str]]) -> "Roster":
        """The roster with all offices held anew, by organisation."""
        return replace(
            self,
            members=tuple(replace(each, offices=offices.get(each.organisation, frozenset())) for each in self.members),
        )


def roster_of(committee: int, day: date, *, known_at: datetime | None = None) -> Roster:
    """The roster of one committee."""
    return rosters([committee], day, known_at=known_at)[committee]


def rosters(committees: Collection[int], day: date, *, known_at: datetime | None = None) -> dict[int, Roster]:
    """The roster of each committee on `day`, by what was known at `known_at` (present knowledge without it)."""
    offices: dict[int, set[str]] = defaultdict(set)
    appointed = Appointment.objects.known_at(known_at).on(day).filter(seat__committee__in=committees)
    for seat, code in appointed.values_list("seat", "position__code"):
        offices[seat].add(code)
    held = SeatPeriod.objects.known_at(known_at).on(day).filter(seat__committee__in=committees)
    rows = held.annotate(owned=FilteredRelation(OWNERSHIPS, condition=_verified(day, known_at))).order_by("seat")
    found: dict[int, list[Member]] = {pk: [] for pk in committees}
    for committee, seat, organisation, country, voting, *owned in rows.values_list(*SEAT, *OWNED):
        facts = Owned(OwnershipType(owned[0]), *owned[1:]) if owned[0] else None
        codes = frozenset(offices[seat]) if seat in offices else NO_OFFICE
        found[committee].append(Member(organisation, country, voting, facts, codes))
    return {pk: Roster(day, tuple(members)) for pk, members in found.items()}


def _verified(day: date, known_at: datetime | None) -> Q:
    """Ownerships of the day that were verified, as known at a moment."""
    known = Q(**{f"{OWNERSHIPS}__superseded_at__isnull": True})
    if known_at is not None:
        known |= Q(**{f"{OWNERSHIPS}__superseded_at__gt": known_at})
        known &= Q(**{f"{OWNERSHIPS}__recorded_at__lte": known_at})
    return known & Q(**{f"{OWNERSHIPS}__verified_at__isnull": False, f"{OWNERSHIPS}__valid__contains": day})


def as_members(organisations: Collection[Organisation], day: date) -> list[Member]:
    """What organisations would be as voting members without an office. One query."""
    facts = Ownership.objects.current().on(day).verified().filter(organisation__in=organisations)
    columns = ("organisation", "type", "controller", "chinese_controlled", "evidence_on")
    owned = {pk: Owned(OwnershipType(kind), *rest) for pk, kind, *rest in facts.values_list(*columns)}
    return [Member(each.pk, each.country.code or "", owned=owned.get(each.pk)) for each in organisations]
