"""The search box of the header: every app says in its `search_index.py` what can be found in it.

# members/search_index.py
register(Finder(
    label=_("Organisations"),
    rows=lambda user: Organisation.objects.visible_to(user),
    title=lambda row: name_tag(row, native="legal_name", url=row.get_absolute_url()),
    note=lambda row: row.country.name,
    list_url="members:organisation-list",
))
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from temp_portal.core.search import SearchQuery

#: Hits shown of each kind before "all".
HITS = 8


@dataclass(frozen=True, slots=True)
class Hit:
    """One found record: its linked name, and a word about it."""

    title: SafeString
    note: str


@dataclass(frozen=True, slots=True)
class Found:
    """The first hits of one kind; `more_url` leads to all of them when there are more."""

    label: str
    hits: list[Hit]
    more_url: str


@dataclass(frozen=True, slots=True)
class Finder:
    """One kind of record that can be found.

    rows: what a user may see; field: ORM path of the stored search key; title: the linked name as HTML; note: a quiet
    word behind it; list_url: name of the list page that takes the same text as `?q=`; order: ORM paths of the hits.
    """

    label: str | Promise
    rows: Callable[[Any], QuerySet[Any]]
    title: Callable[[Any], SafeString]
    note: Callable[[Any], object]
    list_url: str
    field: str = "search_key"
    order: tuple[str, ...] = ("pk",)

    def find(self, user: Any, query: SearchQuery) -> Found | None:
        """The first hits for `query` that `user` may see; None without any."""
        rows = list(self.rows(user).filter(query.matches(self.field)).order_by(*self.order)[: HITS + 1])
        if not rows:
            return None
        hits = [Hit(self.title(row), str(self.note(row) or "")) for row in rows[:HITS]]
        more = f"{reverse(self.list_url)}?{urlencode({'q': query.typed})}" if len(rows) > HITS else ""
        return Found(str(self.label), hits, more)


_FINDERS: dict[str, Finder] = {}


def register(finder: Finder) -> None:
    """Make a kind of record findable; kinds are shown in the order of the apps."""
    _FINDERS[finder.list_url] = finder


def find_everywhere(user: Any, query: SearchQuery) -> list[Found]:
    """Hits of every kind for what was typed; nothing for nothing."""
    if query.is_blank:
        return []
    return [found for finder in _FINDERS.values() if (found := finder.find(user, query))]
