"""Named views of a list. An app above keeps them and says so here: this package knows no users and no tables."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from temp_portal.core.lists.views import ListView


@dataclass(frozen=True, slots=True)
class Sharing:
    """With whom a view of the list may be shared: those who keep this record, say a committee."""

    kind: str
    record_id: int


class Menu(Protocol):
    """What a list page shows of its named views.

    template: shown above the list, with this object as `saved`.
    redirect: the address that holds all of the chosen view, where the present one only names it; else empty.
    """

    @property
    def template(self) -> str: ...

    @property
    def redirect(self) -> str: ...


def _nobody(_page: "ListView[Any]") -> Menu | None:
    return None


_keeper: Callable[["ListView[Any]"], Menu | None] = _nobody


def keep_with(keeper: Callable[["ListView[Any]"], Menu | None]) -> None:
    """Let `keeper` say which named views a list page has for its reader."""
    global _keeper
    _keeper = keeper


def menu(page: "ListView[Any]") -> Menu | None:
    """The named views of the page for its reader; None where nobody keeps any."""
    return _keeper(page)
