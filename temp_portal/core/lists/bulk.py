"""Doing one thing to many rows: what was ticked, or everything that the filters match, by exact number."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

M = TypeVar("M", bound=Model)

#: A page's checkboxes, and a generous bound on hand-made requests.
MAX_PICKS = 1_000


def _everybody(_request: HttpRequest) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class BulkAction:
    """A button in the bar under a list; it posts the selection to the page that asks for confirmation.

    label: the effect, with "…" when a confirmation follows.
    url: URL name without arguments, or a path.
    danger: quiet red text.
    menu: actions of one menu stand together behind a button of that name.
    allowed: whether this request may see the button (the target checks again).
    """

    label: str | Promise
    url: str
    danger: bool = False
    menu: str | Promise = ""
    allowed: Callable[[HttpRequest], bool] = _everybody

    @property
    def href(self) -> str:
        """Address that receives the selection."""
        return self.url if self.url.startswith("/") else reverse(self.url)


@dataclass(frozen=True, slots=True)
class BulkMenu:
    """Actions that stand together; without a label each is a button of its own."""

    label: str
    actions: Sequence[BulkAction]


def menus(actions: Iterable[BulkAction]) -> list[BulkMenu]:
    """The actions as the bar shows them: neighbours of one menu together."""
    return [BulkMenu(label, list(found)) for label, found in groupby(actions, key=lambda action: str(action.menu))]


@dataclass(frozen=True, slots=True)
class Selection(Generic[M]):
    """Rows that a bulk action is about. `everything`: all that the filters match rather than those ticked."""

    rows: QuerySet[M]
    everything: bool

    def count(self) -> int:
        """The exact number, to be shown before anything happens."""
        return self.rows.count()


def selection(request: HttpRequest, matching: QuerySet[M]) -> Selection[M]:
    """The posted selection out of `matching` (the list's own filtered queryset: nobody picks what he cannot see).

    Reads `all=1` or repeated `pick=<primary key>`; anything that is no key is left out.
    """
    if request.POST.get("all") == "1":
        return Selection(matching, everything=True)
    picks = [pick for pick in request.POST.getlist("pick")[:MAX_PICKS] if _is_key(matching, pick)]
    return Selection(matching.filter(pk__in=picks), everything=False)


def _is_key(queryset: QuerySet[Any], text: str) -> bool:
    """Whether `text` can be a primary key of the queryset's model."""
    key: Any = queryset.model._meta.pk
    try:
        key.run_validators(key.to_python(text))
    except (ValidationError, ValueError):
        return False
    return True
