"""What the portal holds about a person, an account or an organisation: told by every app in its `personal_data.py`.

    holding(
        Representative,
        person=["person"], organisation=["organisation"],      # paths by which a row hangs on one
        fields=["organisation", "post", "valid"],              # what the person gets a copy of
        erased={"post": ""},                                   # columns emptied when the person is erased
        stays=_("Who spoke for an organisation when is part of …"),   # why the row itself remains
    )
    left_out(Report, "created_by", why=…)                      # a relation to a person that is nobody's data

From these declarations the copy of one's data is collected and an erasure is previewed and done. A test goes through
every relation to a person, an account or an organisation: each is declared, or left out with a reason.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Model, Q, QuerySet

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose data: the records of one person (several when merged), the account, and organisations as a whole."""

    people: Sequence[int] = ()
    users: Sequence[int] = ()
    organisations: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Holding:
    """Rows of one model that hang on a person, an account or an organisation.

    `where` limits which rows are meant. `erased` gives the columns that are emptied with their new value; `deleted`
    says that the rows go altogether.
    `set_aside` names the trigger ("app.Model:name") that otherwise keeps the emptied columns as they are.
    """

    model: type[Model]
    fields: Sequence[str]
    person: Sequence[str] = ()
    user: Sequence[str] = ()
    organisation: Sequence[str] = ()
    where: Q = field(default_factory=Q)
    erased: Mapping[str, Any] = field(default_factory=dict)
    deleted: bool = False
    set_aside: str = ""
    stays: "StrOrPromise" = ""

    def rows(self, subject: Subject) -> "QuerySet[Any]":
        """What hangs on the subject; nothing where no path leads to it."""
        found = Q(pk__in=[])
        for paths, keys in (
            (self.person, subject.people),
            (self.user, subject.users),
            (self.organisation, subject.organisations),
        ):
            for path in paths if keys else ():
                found |= Q(**{f"{path}__in": keys})
        return self.model._default_manager.filter(found, self.where)

    @property
    def label(self) -> str:
        """What the rows are, in the active language."""
        return str(self.model._meta.verbose_name_plural)


@dataclass(frozen=True, slots=True)
class Trace:
    """Where names stand in texts outside of the rows that hang on the person.

    `count` tells how many records mention one of the names; `wipe` takes the names out and tells the same. Without
    `wipe` the texts remain, for the reason `stays`.
    """

    label: "StrOrPromise"
    count: Callable[[Sequence[str]], int]
    wipe: Callable[[Sequence[str]], int] | None = None
    stays: "StrOrPromise" = ""


_holdings: Final[list[Holding]] = []
_left_out: Final[dict[tuple[str, str], "StrOrPromise"]] = {}
_traces: Final[list[Trace]] = []


def holding(model: type[Model], **told: Any) -> None:
    """Declare rows that hang on people, accounts or organisations; see `Holding`."""
    _holdings.append(Holding(model, **told))


def left_out(model: type[Model], *fields: str, why: "StrOrPromise") -> None:
    """Declare relations that make a row nobody's personal data, with the reason."""
    _left_out.update({(model._meta.label, name): why for name in fields})


def trace(place: Trace) -> None:
    """Declare a place where names stand in texts."""
    _traces.append(place)


def holdings() -> Iterator[Holding]:
    """Every declaration, in the order of the apps."""
    return iter(_holdings)


def traces() -> Iterator[Trace]:
    return iter(_traces)


def why_left_out(model: type[Model], name: str) -> "StrOrPromise | None":
    """The reason why a relation is nobody's personal data; None when nobody gave one.

    Who recorded or decided something is named by columns that end in `_by`: these stay with the chain of what was
    done, and the name that they lead to is erased on the account.
    """
    if name == "by" or name.endswith("_by"):
        return "Who acted stays on record; the name is that of the account."
    return _left_out.get((model._meta.label, name))


def paths_of(model: type[Model]) -> Iterable[str]:
    """First steps of the paths by which rows of the model are declared."""
    return {
        path.split("__")[0]
        for each in _holdings
        if each.model is model
        for path in (*each.person, *each.user, *each.organisation)
    }
