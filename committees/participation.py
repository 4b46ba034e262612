"""Organisations that sit in committees today: every one once, however many seats it has."""

from typing import Any

from django.db.models import Case, Count, DateField, Exists, Min, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Lower

from committees.composition import OBSERVER
from committees.models import Committee, Seat
from members.models import Organisation


def participants(user: Any) -> "QuerySet[Organisation]":
    """Organisations with a seat in a committee that `user` sees.

    Annotated with `ownership_group`, `counted_as` (the group, or observer for whoever votes nowhere), `seat_count` and
    `member_since`, the first day of the oldest of today's seats.
    """
    seats = Seat.objects.sitting().filter(committee__in=Committee.objects.visible_to(user), organisation=OuterRef("pk"))
    grouped = seats.order_by().values("organisation")
    found: QuerySet[Organisation] = (
        Organisation.objects.visible_to(user)
        .with_ownership()
        .filter(Exists(seats))
        .annotate(
            seat_count=Subquery(grouped.annotate(n=Count("pk")).values("n")),
            member_since=Subquery(grouped.annotate(n=Min(Lower("valid"))).values("n"), output_field=DateField()),
            counted_as=Case(When(Exists(seats.filter(voting=True)), then="ownership_group"), default=Value(OBSERVER)),
        )
    )
    return found
