"""Whose positions may be seen by whom, and what they were (domain brief §9)."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from committees.history import APPOINTMENT_CONTENT, last_day, wrong
from committees.models import Appointment, Committee, Seat, SeatPeriod
from committees.querysets import OFFICERS
from members.models import Person
from temp_portal.accounts.enums import ScopeKind
from temp_portal.accounts.permissions import scope_ids
from temp_portal.core.db import first_day


def visible_people(user: Any) -> "QuerySet[Person]":
    """Everybody whose name is published; and those whom the user works with.

    These are, for officers, whoever holds or held a seat or an office in their committees; and what
    `PersonQuerySet.visible_to` says: for the Secretariat all, for a representative the people of the own organisations.
    """
    return Person.objects.filter(
        Q(pk__in=Person.objects.publishable().values("pk"))
        | Q(pk__in=Person.objects.visible_to(user).values("pk"))
        | Q(pk__in=_in_committees_of(user).values("pk"))
    )


def known_to(user: Any, person: Person) -> bool:
    """Whether the user works with the person, and so may read contacts and what was corrected."""
    if not user.is_authenticated:
        return False
    close = Q(pk__in=Person.objects.visible_to(user).values("pk")) | Q(pk__in=_in_committees_of(user).values("pk"))
    return Person.objects.filter(close, pk=person.pk).exists()


def _in_committees_of(user: Any) -> "QuerySet[Person]":
    own = scope_ids(user, ScopeKind.COMMITTEE, *OFFICERS)
    sat = SeatPeriod.objects.filter(seat__committee_id__any=own).values("representative")
    held = Appointment.objects.filter(position__committee_id__any=own).values("person")
    found: QuerySet[Person] = Person.objects.filter(Q(pk__in=sat) | Q(pk__in=held))
    return found


@dataclass(frozen=True, slots=True)
class Held:
    """Days on which a person held a position, or represented a member."""

    seat: Seat
    first: date
    last: date | None
    office: Appointment | None = None


def offices_of(person: Person, committees: "QuerySet[Committee]") -> list[Held]:
    """Offices held through time in these committees, the latest first. One query."""
    rows = (
        Appointment.objects.current()
        .filter(person__in=Person.objects.same_as(person), position__committee__in=committees)
        .select_related("position", "term", "seat__organisation", "seat__committee")
        .order_by("-valid", "pk")
    )
    return [Held(each.seat, first_day(each.valid), last_day(each), each) for each in rows]


def represented_by(person: Person, committees: "QuerySet[Committee]") -> list[Held]:
    """Members that the person represented, with unbroken days as one entry, the latest first. One query."""
    rows = (
        SeatPeriod.objects.current()
        .filter(representative__in=Person.objects.same_as(person), seat__committee__in=committees)
        .select_related("seat__organisation", "seat__committee")
        .order_by("seat", "valid")
    )
    found: list[Held] = []
    for each in rows:
        first, last = first_day(each.valid), last_day(each)
        before = found[-1] if found else None
        if before and before.seat == each.seat and before.last and before.last + timedelta(days=1) == first:
            found[-1] = Held(each.seat, before.first, last)
        else:
            found.append(Held(each.seat, first, last))
    return sorted(found, key=lambda held: held.first, reverse=True)


def office_corrections(person: Person, committees: "QuerySet[Committee]") -> list[Appointment]:
    """Appointments of the person that were on record in error. One query."""
    same = Person.objects.same_as(person)
    rows = Appointment.objects.filter(person__in=same, position__committee__in=committees)
    content = (*APPOINTMENT_CONTENT, "seat_id")
    return wrong(rows.select_related("position__committee", "superseded_by", "seat__organisation"), content)
