"""Organisations that sit in committees today: every one once, however many seats it has."""

from collections.abc import Collection
from typing import Any

from django.db.models import Count, DateField, Exists, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Lower
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
    own = seats.filter(organisation=OuterRef("pk")).order_by().values("organisation")
    found: QuerySet[Organisation] = (
        Organisation.objects.visible_to(user)
        .with_ownership()
        .filter(Exists(seats.filter(organisation=OuterRef("pk"))))
        .annotate(
            seat_count=Subquery(own.annotate(n=Count("pk")).values("n")),
            member_since=Subquery(own.annotate(n=Min(Lower("valid"))).values("n"), output_field=DateField()),
        )
    )
    return found


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
