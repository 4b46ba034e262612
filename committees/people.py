"""Whose positions may be seen by whom, and what they were (domain brief §9)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.postgres.aggregates import StringAgg
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils import timezone
from django.utils.translation import get_language

from committees.history import APPOINTMENT_CONTENT, last_day, wrong
from committees.models import Appointment, Committee, Seat, SeatPeriod
from committees.querysets import OFFICERS
from members.models import Person, Representative
from members.querysets import SECRETARIAT, PersonQuerySet
from temp_portal.accounts.enums import Role, ScopeKind
from temp_portal.accounts.permissions import holds, scope_ids
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


def kept_people(user: Any, *roles: Role) -> PersonQuerySet:
    """Whom the user works with as an officer (in one of `roles`), for the list of people and its forms.

    That is whoever holds or held a seat or an office in the committee, or speaks for one of its members today.
    """
    people: PersonQuerySet = Person.objects.unmerged()
    if holds(user, *SECRETARIAT):
        return people
    own = scope_ids(user, ScopeKind.COMMITTEE, *(roles or OFFICERS))
    members = Seat.objects.sitting().filter(committee_id__any=own).values("organisation")
    speaking = Representative.objects.live().filter(organisation__in=members).values("person")
    of_committee = _in_committees_of(user, *roles).values("pk")
    return people.filter(
        Q(pk__in=of_committee) | Q(pk__in=speaking) | Q(merged__in=of_committee) | Q(merged__in=speaking)
    ).distinct()


def _in_committees_of(user: Any, *roles: Role) -> "QuerySet[Person]":
    own = scope_ids(user, ScopeKind.COMMITTEE, *(roles or OFFICERS))
    sat = SeatPeriod.objects.filter(seat__committee_id__any=own).values("representative")
    held = Appointment.objects.filter(position__committee_id__any=own).values("person")
    found: QuerySet[Person] = Person.objects.filter(Q(pk__in=sat) | Q(pk__in=held))
    return found


def works_in(committee: Committee) -> Q:
    """Condition: the person holds an office in the committee today, or speaks for one of its members."""
    seats = Seat.objects.sitting().filter(committee=committee)
    speaking = Representative.objects.live().filter(organisation__in=seats.values("organisation"))
    office = Appointment.objects.current().on(timezone.localdate()).filter(position__committee=committee)
    sources = (seats.values("representative"), speaking.values("person"), office.values("person"))
    return reduce(or_, (Q(pk__in=each) | Q(merged__in=each) for each in sources))


def holds_office(codes: Collection[str]) -> Q:
    """Condition: the person holds a position of one of these codes today."""
    held = Appointment.objects.current().on(timezone.localdate()).filter(position__code__in=codes).values("person")
    return Q(pk__in=held) | Q(merged__in=held)


def with_work(people: PersonQuerySet) -> "QuerySet[Person]":
    """Annotate what a list says beside the name: `organisation_names`, `committee_names` and `office_titles` of today
    in the reader's language, and the consents (`with_consents`).
    """
    today, language = timezone.localdate(), (get_language() or "en").replace("-", "_")
    organisation = Coalesce(
        NullIf(f"organisation__name_{language}", Value("")), "organisation__legal_name", output_field=TextField()
    )
    offices = Appointment.objects.current().on(today).filter(person_id__any=_records(OuterRef("pk")))
    held = Appointment.objects.current().on(today).filter(person_id__any=_records(OuterRef(OuterRef("pk"))))
    sits = Q(representative_id__any=_records(OuterRef("pk"))) | Q(pk__any=ArraySubquery(held.values("seat")))
    seats = Seat.objects.sitting().filter(sits)
    represented = Representative.objects.live(today).filter(person_id__any=_records(OuterRef("pk")))
    found: QuerySet[Person] = people.with_consents().annotate(
        organisation_names=_joined(represented, organisation),
        committee_names=_joined(seats, _in_language("committee__name", language)),
        office_titles=_joined(offices, _in_language("position__title", language)),
    )
    return found


def _records(person: Any) -> ArraySubquery:
    """Ids of a person's own and merged records, within the subquery of a person: an index finds what belongs to them,
    where a condition across the join would read every row for each person.
    """
    return ArraySubquery(Person.objects.filter(Q(pk=OuterRef(person)) | Q(merged_into=OuterRef(person))).values("pk"))


def _in_language(path: str, language: str) -> Coalesce:
    return Coalesce(NullIf(f"{path}_{language}", Value("")), f"{path}_en", output_field=TextField())


def _joined(rows: "QuerySet[Any]", text: Coalesce) -> Subquery:
    """The texts of all rows, each once."""
    alone = rows.order_by().annotate(one=Value(1)).values("one")
    return Subquery(alone.annotate(texts=StringAgg(text, ", ", distinct=True)).values("texts"))


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
