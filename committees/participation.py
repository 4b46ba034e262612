"""Organisations that sit in committees today: every one once, however many seats it has."""

from collections.abc import Collection
from typing import Any

from django.db.models import (
    Aggregate,
    Count,
    DateField,
    Exists,
    Field,
    IntegerField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce, Least, Lower
from django.utils import timezone

from committees.composition import OBSERVER
from committees.models import Committee, Seat
from members.enums import GROUP_OF_TYPE, OwnershipGroup
from members.models import Organisation, Ownership


def participants(user: Any) -> "QuerySet[Organisation]":
    """Organisations with a seat in a committee that `user` sees.

    Annotated with `ownership_type`, `ownership_group`, `seat_count` and `member_since`, the first day of the oldest of
    today's seats.
    """
    seats = _sitting(user)
    own, theirs = seats.filter(organisation=OuterRef("pk")), seats.filter(organisation__merged_into=OuterRef("pk"))
    # A merged record stands for the remaining one only where that has no seat of its own.
    once = Q(merged_into__isnull=True) | ~Exists(seats.filter(organisation=OuterRef("merged_into")))
    found: QuerySet[Organisation] = (
        Organisation.objects.visible_to(user)
        .with_ownership()
        .filter(once, Exists(own))
        .annotate(
            seat_count=_of_all(own, Count("pk"), IntegerField())
            + Coalesce(_of_all(theirs, Count("pk"), IntegerField()), 0),
            member_since=Least(
                _of_all(own, Min(Lower("valid")), DateField()), _of_all(theirs, Min(Lower("valid")), DateField())
            ),
        )
    )
    return found


def _of_all(seats: "QuerySet[Seat]", figure: Aggregate, output_field: "Field[Any, Any]") -> Subquery:
    """One figure of all these seats."""
    alone = seats.order_by().annotate(one=Value(1)).values("one")
    return Subquery(alone.annotate(n=figure).values("n"), output_field=output_field)


def counted_as(user: Any, keys: Collection[str]) -> Q:
    """Condition: the organisation is counted under any of these groups, or `observer`, as in all percentages.

    A group means those of its members that have a vote somewhere; who has none is an observer.
    """
    votes = Q(pk__in=_sitting(user).filter(voting=True).values("organisation"))
    condition = Q(pk__in=[])
    if groups := [key for key in keys if key != OBSERVER]:
        condition |= votes & _owned_by(groups)
    if OBSERVER in keys:
        condition |= ~votes
    return condition


def _sitting(user: Any) -> "QuerySet[Seat]":
    """Today's seats in committees that `user` sees."""
    rows: QuerySet[Seat] = Seat.objects.sitting().filter(committee__in=Committee.objects.visible_to(user))
    return rows


def _owned_by(groups: Collection[str]) -> Q:
    verified = Ownership.objects.current().verified().on(timezone.localdate())
    kinds = [kind for kind, group in GROUP_OF_TYPE.items() if group in groups]
    condition = Q(pk__in=verified.filter(type__in=kinds).values("organisation"))
    if OwnershipGroup.UNVERIFIED in groups:
        condition |= ~Q(pk__in=verified.values("organisation"))
    return condition
