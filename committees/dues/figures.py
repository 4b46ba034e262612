"""Sums of dues, by year and currency."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, Sum

from committees.enums import DuesStanding
from committees.models import Committee, DuesCharge, DuesYear

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class YearOfDues:
    """The dues of one year in one currency. `open` is what is still owed, `overdue` the part of it in arrears."""

    year: DuesYear
    currency: str
    count: int
    amount: Decimal
    paid: Decimal
    waived: Decimal
    open: Decimal
    arrears: int
    untouched: bool


def years_of(committee: Committee) -> list[YearOfDues]:
    """The years that were drawn up, the last one first. Two queries."""
    years = {year.pk: year for year in DuesYear.objects.drawn_up().filter(committee=committee)}
    waived = Q(standing=DuesStanding.WAIVED)
    rows: Iterable[dict[str, Any]] = (
        DuesCharge.objects.filter(dues_year__in=years)
        .with_standing()
        .values("dues_year", "currency")
        .annotate(
            count=Count("pk"),
            total=Sum("amount"),
            received=Sum("paid"),
            remitted=Sum(F("amount") - F("paid"), filter=waived),
            owed=Sum("open"),
            late=Count("pk", filter=Q(standing=DuesStanding.ARREARS)),
            waivers=Count("pk", filter=waived),
        )
        .order_by("-dues_year__year", "currency")
    )
    return [
        YearOfDues(
            years[row["dues_year"]],
            row["currency"],
            row["count"],
            row["total"],
            row["received"],
            row["remitted"] or ZERO,
            row["owed"],
            row["late"],
            untouched=not row["received"] and not row["waivers"],
        )
        for row in rows
    ]
