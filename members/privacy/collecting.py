"""The copy of everything that is held about a person or an organisation, as declared in every `personal_data.py`."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any, Final

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.utils.formats import localize
from django.utils.text import capfirst
from django.utils.timezone import localtime

from members.models import Organisation, Person
from temp_portal.accounts.models import User
from temp_portal.audit.holdings import Holding, Subject, holdings
from temp_portal.core.db import DateRange

#: Rows of one kind that a page shows; the copy holds all of them.
SHOWN: Final = 20


@dataclass(frozen=True, slots=True)
class Section:
    """Rows of one kind: the model's name, its label and those of the columns in the active language, and the rows."""

    name: str
    label: str
    fields: list[tuple[str, str]]
    rows: list[Any]

    def first_texts(self) -> Iterator[list[tuple[str, str]]]:
        """The first rows in words, for a page."""
        return islice(self.texts(), SHOWN)

    @property
    def more(self) -> int:
        """How many rows a page leaves out."""
        return max(len(self.rows) - SHOWN, 0)

    def values(self) -> Iterator[dict[str, Any]]:
        """Each row as it is stored, for programs."""
        return ({name: _stored(row, name) for name, _label in self.fields} for row in self.rows)

    def texts(self) -> Iterator[list[tuple[str, str]]]:
        """Each row as (label, text) in the active language, without what is empty."""
        for row in self.rows:
            shown = ((label, _shown(row, name)) for name, label in self.fields)
            yield [(label, text) for label, text in shown if text]


def about_user(user: User) -> Subject:
    """The account with the person behind it."""
    person = Person.objects.filter(user=user).first()
    return Subject(people=_records(person) if person else (), users=[user.pk])


def about_person(person: Person) -> Subject:
    """The person with all records that are one with it, and their accounts."""
    records = _records(person)
    users = Person.objects.filter(pk__in=records, user__isnull=False).values_list("user_id", flat=True)
    return Subject(people=records, users=list(users))


def about_organisation(organisation: Organisation) -> Subject:
    """The organisation with all records that are one with it."""
    return Subject(organisations=list(Organisation.objects.same_as(organisation).values_list("pk", flat=True)))


def sections(subject: Subject) -> Iterator[Section]:
    """Everything about the subject, kind by kind; kinds without a row are left out. One query a kind."""
    for each in holdings():
        rows = list(each.rows(subject).select_related(*_relations(each)).order_by("pk"))
        if rows:
            labels = [(name, str(capfirst(_label(each.model, name)))) for name in each.fields]
            yield Section(each.model._meta.label, str(capfirst(each.label)), labels, rows)


def _records(person: Person) -> list[int]:
    return list(Person.objects.same_as(person).values_list("pk", flat=True))


def _relations(each: Holding) -> list[str]:
    """Relations among the fields, with the record into which theirs was merged, under whose name it is shown."""
    found = []
    for name in each.fields:
        relation = each.model._meta.get_field(name)
        if relation.is_relation and (related := relation.related_model):
            found.append(name)
            found += [f"{name}__{deeper}" for deeper in _shown_by(related)]
    return found


def _shown_by(model: Any) -> Iterator[str]:
    """Relations that the model's text needs."""
    names = {field.name: field for field in model._meta.get_fields() if field.is_relation and field.many_to_one}
    if "merged_into" in names:
        yield "merged_into"
    for name in ("committee", "organisation"):
        if name in names:
            yield name
            if name == "organisation":
                yield "organisation__merged_into"


def _label(model: type[Model], name: str) -> Any:
    try:
        return getattr(model._meta.get_field(name), "verbose_name", name)
    except FieldDoesNotExist:
        return name


def _stored(row: Any, name: str) -> Any:
    value = getattr(row, name)
    if isinstance(value, Model):
        return {"id": value.pk, "name": str(value)}
    if isinstance(value, DateRange):
        return {"from": value.lower, "until": value.upper}
    if isinstance(value, str | int | float | bool | list | dict | date | datetime | None):
        return value
    return str(value)


def _shown(row: Any, name: str) -> str:
    if hasattr(row, f"get_{name}_display"):
        return str(getattr(row, f"get_{name}_display")())
    value = getattr(row, name)
    if isinstance(value, DateRange):
        return " – ".join(str(day) if day else "…" for day in (value.lower, value.upper))
    if isinstance(value, datetime):
        return localtime(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, list):
        return ", ".join(str(part) for part in value)
    if hasattr(value, "code") and hasattr(value, "name"):
        return str(value.name)
    return "" if value is None else str(localize(value) if isinstance(value, bool | int | float) else value)
