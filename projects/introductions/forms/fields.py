"""Choosing one person out of those whom the user works with: the options come from the server for what is typed."""

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.db.models import Q
from django.urls import reverse

from committees.forms.pickers import RemoteSelect
from members.models import Person
from projects.introductions.people import known_people
from temp_portal.core.forms import ModelChoiceField

if TYPE_CHECKING:
    from django.db.models import QuerySet


class PersonSelect(RemoteSelect):
    """A select that holds the chosen person only; the script asks `pick-person` for others."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return super().get_context(name, value, (attrs or {}) | {"data-load": reverse("introductions:pick-person")})

    def optgroups(self, name: str, value: Any, attrs: dict[str, Any] | None = None) -> list[Any]:
        iterator: Any = self.choices
        chosen = [each for each in value if str(each).isdecimal()]
        people = iterator.queryset.filter(pk__in=chosen) if chosen else []
        self.choices = [("", ""), *((each.pk, str(each)) for each in people)]
        return forms.Select.optgroups(self, name, value, attrs)


class PersonField(ModelChoiceField[Person]):
    """A person whom the user works with; the form says who the user is by `offer_people`."""

    def __init__(self, **options: Any) -> None:
        super().__init__(Person.objects.none(), required=False, widget=PersonSelect, **options)


def offer(form: forms.BaseForm, name: str, rows: "QuerySet[Any]") -> None:
    """Let one choose from these rows."""
    cast("forms.ModelChoiceField[Any]", form.fields[name]).queryset = rows


def offer_people(form: forms.BaseForm, name: str, user: Any, present: int | None = None) -> None:
    """Offer those whom the user works with, and who stands there already."""
    known = known_people(user).values("pk")
    offer(form, name, Person.objects.filter(Q(pk__in=known) | Q(pk=present)))
