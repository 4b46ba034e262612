"""What every page has: a title, the way here, the places beside it, and a rule that opens it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import Promise
from django.views import generic
from django.views.generic.base import ContextMixin, View

if TYPE_CHECKING:

    class _Base(ContextMixin, View):
        """What the mixin is mixed into."""

else:
    _Base = object


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step on the way here; the last one has no address."""

    label: str | Promise
    url: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of the sub-navigation. `count` is shown beside the label, `current` marks the open one."""

    label: str | Promise
    url: str
    current: bool = False
    count: int | None = None


class PageMixin(_Base):
    """Title, breadcrumbs, sub-navigation and access of a page.

    title: plain text for `<title>` and the heading, unless `get_title` works it out.
    rule: name of a permission in an app's `rules.py`; None leaves the page open to everybody.
    login_required: a visitor is sent to sign in and comes back.
    """

    title: str | Promise = ""
    rule: str | None = None
    login_required = False
    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """A visitor who is refused is asked to sign in; a user who is refused gets 403."""
        if self.login_required and not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        try:
            if self.rule and not self.is_about_object():
                self.check(self.rule)
            return super().dispatch(request, *args, **kwargs)
        except PermissionDenied:
            if request.user.is_authenticated:
                raise
            return redirect_to_login(request.get_full_path())

    def is_about_object(self) -> bool:
        """Whether the rule is checked later, against the row that the page is about."""
        return False

    def check(self, rule: str, target: Model | None = None) -> None:
        """PermissionDenied (403) unless the user has the right called `rule` on `target`."""
        if not self.request.user.has_perm(rule, target):
            raise PermissionDenied

    def get_title(self) -> str:
        """Text of `<title>` and of the heading."""
        return str(self.title)

    def get_crumbs(self) -> Sequence[Crumb]:
        """The way from the front page to here."""
        return ()

    def get_places(self) -> Sequence[Place]:
        """The sub-navigation under the heading."""
        return ()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = {"title": self.get_title(), "crumbs": self.get_crumbs(), "places": self.get_places()}
        return super().get_context_data(**page | kwargs)


class TemplateView(PageMixin, generic.TemplateView):
    """A page without a row or form of its own."""
