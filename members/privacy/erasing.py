"""Erasing a person: what would go and what remains, counted; and the doing of it. Declared in every `personal_data.py`.

Facts, transitions and minutes are never touched: they point to the person by number, and the name stands on the person
alone. Earlier versions of the emptied columns go as well, and the names in texts of notices and mails.
"""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any, Final

import pgtrigger
from django.db import models, transaction
from django.utils.text import capfirst

from members.models import Organisation, Person, Representative
from members.privacy.collecting import about_person
from members.privacy.models import Erasure
from temp_portal.accounts.models import RoleGrant, User
from temp_portal.accounts.workflows import end_role
from temp_portal.audit.history import empty_columns
from temp_portal.audit.holdings import Holding, Subject, Trace, holdings, traces

#: How the fate of rows is called in the record of an erasure.
DELETED: Final = "deleted"
EMPTIED: Final = "emptied"
KEPT: Final = "kept"


@dataclass(frozen=True, slots=True)
class Line:
    """Rows of one kind: how many, which columns are emptied, what becomes of the rows, and why they remain."""

    label: str
    count: int
    fate: str
    columns: list[str]
    stays: str

    def as_json(self) -> dict[str, Any]:
        return {
            "label": self.label,
            "count": self.count,
            "fate": self.fate,
            "columns": self.columns,
            "stays": self.stays,
        }


def subject_of(erasure: Erasure) -> Subject:
    """Whose data the erasure is about: a person, or everybody who only ever spoke for the organisation."""
    if isinstance(erasure.subject, Person):
        return about_person(erasure.subject)
    return contacts_of(erasure.subject)


def contacts_of(organisation: Organisation) -> Subject:
    """The people of an organisation who speak for no other one, and their accounts."""
    same = Organisation.objects.same_as(organisation)
    elsewhere = Representative.objects.exclude(organisation__in=same).values("person")
    own = Representative.objects.filter(organisation__in=same).exclude(person__in=elsewhere).values("person")
    people = Person.objects.filter(pk__in=own, erased_at__isnull=True).values_list("pk", "merged_into")
    records = {key for pair in people for key in pair if key is not None}
    records |= set(Person.objects.filter(merged_into__in=records).values_list("pk", flat=True))
    users = Person.objects.filter(pk__in=records, user__isnull=False).values_list("user_id", flat=True)
    return Subject(people=sorted(records), users=list(users))


def preview(subject: Subject) -> list[Line]:
    """What erasing the subject would do. Counts only; nothing is changed."""
    lines = [_line(each, each.rows(subject).count()) for each in holdings()]
    names = names_of(subject)
    lines += [_trace_line(place, place.count(names)) for place in traces()]
    return [line for line in lines if line.count]


@transaction.atomic
def erase(subject: Subject, *, by: User) -> list[Line]:
    """Erase the subject; a second time nothing is left to do. Returns what was done."""
    names = names_of(subject)
    # Settled before anything is emptied: the paths lead over what is emptied.
    rows = [(each, list(each.rows(subject).values_list("pk", flat=True))) for each in holdings()]
    for grant in RoleGrant.objects.not_ended().filter(user__in=subject.users):
        end_role(grant, by=by)
    lines = [_line(each, len(keys)) for each, keys in rows]
    for each, keys in rows:
        _erase_rows(each, keys)
    lines += [_trace_line(place, place.wipe(names) if place.wipe else place.count(names)) for place in traces()]
    return [line for line in lines if line.count]


def names_of(subject: Subject) -> list[str]:
    """Every form of the names, addresses and numbers by which texts may mention the subject."""
    people = Person.objects.filter(pk__in=subject.people, erased_at__isnull=True)
    told = people.values_list("name", "name_latin", "name_zh", "name_ru", "email", "phone")
    accounts = User.objects.filter(pk__in=subject.users).values_list("name", "email")
    return sorted({text for row in (*told, *accounts) for text in row if text})


def _erase_rows(each: Holding, keys: Sequence[int]) -> None:
    rows = each.model._default_manager.filter(pk__in=keys)
    if each.deleted:
        rows.delete()
        return
    if each.erased and keys:
        with ExitStack() as stack:
            if each.set_aside:
                stack.enter_context(pgtrigger.ignore(each.set_aside))
            empty_columns(rows, each.erased)


def _line(each: Holding, count: int) -> Line:
    fate = DELETED if each.deleted else EMPTIED if each.erased else KEPT
    columns = [str(_verbose(each.model, name)) for name in each.erased if name not in HIDDEN]
    return Line(str(capfirst(each.label)), count, fate, columns, "" if each.deleted else str(each.stays))


def _trace_line(place: Trace, count: int) -> Line:
    return Line(str(capfirst(str(place.label))), count, EMPTIED if place.wipe else KEPT, [], str(place.stays))


#: Columns that the erasure sets for its own bookkeeping.
HIDDEN: Final = {"search_key", "erased_at", "is_active", "password", "user"}


def _verbose(model: type[models.Model], name: str) -> Any:
    return getattr(model._meta.get_field(name), "verbose_name", name)
