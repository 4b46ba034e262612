"""The named views above a list: which there are, which one is chosen, and whether the list still shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from temp_portal.core.lists import ListView
from temp_portal.saved_views.addresses import kept
from temp_portal.saved_views.models import SavedView


@dataclass(frozen=True, slots=True)
class SavedMenu:
    """See `core.lists.saved.Menu`. `query`: what the list shows now, as a view would keep it."""

    path: str
    query: str
    views: Sequence[SavedView]
    current: SavedView | None
    user_id: int
    redirect: str = ""
    template: str = "saved_views/menu.html"

    @property
    def is_changed(self) -> bool:
        """Whether the list shows something else than the chosen view."""
        return self.current is not None and kept(self.current.query) != self.query

    @property
    def is_own(self) -> bool:
        return self.current is not None and self.current.owner_id == self.user_id

    @property
    def everything_url(self) -> str:
        """The list as it comes, without the reader's default view."""
        return f"{self.path}?view="

    @property
    def save_url(self) -> str:
        """The page that asks for a name."""
        return f"{reverse('saved_views:save')}?{urlencode({'path': self.path, 'query': self.query})}"


def menu_of(page: ListView[Any]) -> SavedMenu | None:
    """The named views of the list for its reader; one query. None for a visitor."""
    request = page.request
    if not request.user.is_authenticated:
        return None
    views = list(SavedView.objects.visible_to(request.user).filter(path=request.path))
    own = request.user.pk
    chosen = _chosen(views, request.GET.get("view"), bare=not request.GET, owner=own)
    query = kept(request.GET)
    redirect = ""
    if chosen and not query and (wanted := kept(chosen.query)):
        redirect = f"{request.path}?{wanted}&view={chosen.pk}"
    return SavedMenu(request.path, query, views, chosen, own, redirect)


def _chosen(views: Sequence[SavedView], named: str | None, *, bare: bool, owner: int) -> SavedView | None:
    """The view that the address names; for an address without anything the reader's own default."""
    if bare:
        return next((view for view in views if view.is_default and view.owner_id == owner), None)
    return next((view for view in views if str(view.pk) == named), None)
