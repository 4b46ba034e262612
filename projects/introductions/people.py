"""Which people of the registry an officer may name: those with whom the officer works anyway (brief §9)."""

from typing import Any

from django.db.models import Q

from committees.people import kept_people
from members.models import Person
from members.querysets import PersonQuerySet
from temp_portal.audit.readings import read


def known_people(user: Any) -> PersonQuerySet:
    """The people of the user's committees, of whom the user speaks for, and the user; all for the Secretariat."""
    own = Person.objects.visible_to(user).values("pk")
    people: PersonQuerySet = Person.objects.unmerged()
    return people.filter(Q(pk__in=kept_people(user).values("pk")) | Q(pk__in=own))


def seen(entrepreneurs: Any, *, by: Any, place: str) -> None:
    """Record that `by` saw these entrepreneurs, as far as they are people of the registry."""
    read(Person, [each.person_id for each in entrepreneurs], by=by, place=place)
