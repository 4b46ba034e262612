"""Who would be charged what for a year: every voting seat that is held on a day, by its highest office."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Self

from django.db.models import Case, Min, OuterRef, Subquery, Value, When

from committees.enums import DUES_GROUP_OF_POSITION, DuesGroup
from committees.models import Appointment, Committee, DuesCharge, DuesTier, SeatPeriod

ORDER = list(DuesGroup)


@dataclass(frozen=True, slots=True)
class Planned:
    """A charge to be drawn up."""

    period: SeatPeriod
    tier: DuesTier


@dataclass(frozen=True, slots=True)
class Plan:
    """charges: who would be charged what; without_tier: members for whom no tier is in force; charged: those already.

    Members without a vote are not asked for dues and stand in none of them.
    """

    charges: Sequence[Planned]
    without_tier: Sequence[SeatPeriod]
    charged: int

    @classmethod
    def of(cls, committee: Committee, year: int, day: date) -> Self:
        """The plan for a year, by the roster, offices and tiers of `day`. Three queries."""
        tiers = {tier.kind: tier for tier in DuesTier.objects.filter(committee=committee).on(day)}
        charged = set(
            DuesCharge.objects.live()
            .filter(dues_year__committee=committee, dues_year__year=year)
            .values_list("seat_id", flat=True)
        )
        charges, without = [], []
        for period in _voting(committee, day):
            if period.seat_id in charged:
                continue
            tier = _tier(tiers, getattr(period, "dues_rank", None))
            if tier is None:
                without.append(period)
            else:
                charges.append(Planned(period, tier))
        return cls(charges, without, len(charged))

    @property
    def totals(self) -> list[tuple[str, Decimal]]:
        """(currency, sum) of what would be charged."""
        return totals((each.tier.currency, each.tier.amount) for each in self.charges)

    @property
    def fingerprint(self) -> str:
        """Stands for everything that a preview of the plan showed."""
        rows = [[each.period.seat_id, each.tier.pk, str(each.tier.amount)] for each in self.charges]
        return hashlib.sha256(json.dumps(rows).encode()).hexdigest()


def totals(amounts: Iterable[tuple[str, Decimal]]) -> list[tuple[str, Decimal]]:
    """Sums by currency, in the order of the codes; amounts of two currencies are never added."""
    sums: dict[str, Decimal] = {}
    for currency, amount in amounts:
        sums[currency] = sums.get(currency, Decimal(0)) + amount
    return sorted(sums.items())


def _voting(committee: Committee, day: date) -> Iterable[SeatPeriod]:
    """Who has a vote on the day, with `dues_rank`: the place in `ORDER` of the highest office held."""
    ranks = [
        When(position__code=code, then=Value(ORDER.index(group))) for code, group in DUES_GROUP_OF_POSITION.items()
    ]
    held = Appointment.objects.current().on(day).filter(seat=OuterRef("seat")).order_by().values("seat")
    highest = held.annotate(rank=Min(Case(*ranks))).values("rank")
    rows: Iterable[SeatPeriod] = (
        SeatPeriod.objects.of(committee)
        .on(day)
        .filter(voting=True)
        .annotate(dues_rank=Subquery(highest))
        .select_related("seat__organisation")
        .prefetch_related("seat__organisation__merged_into")
        .order_by("seat__organisation__legal_name", "seat")
    )
    return rows


def _tier(tiers: dict[str, DuesTier], rank: int | None) -> DuesTier | None:
    """The tier of the office, else that of the next lower group."""
    start = len(ORDER) - 1 if rank is None else rank
    return next((tiers[group] for group in ORDER[start:] if group in tiers), None)
