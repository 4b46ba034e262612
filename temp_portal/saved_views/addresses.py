"""A list's address taken apart: which list it is, and what of it a view keeps."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, QueryDict
from django.urls import Resolver404, resolve

from temp_portal.core.lists import ListView, Sharing

#: What belongs to the moment and not to the view: the page, and the view itself.
LEFT_OUT = ("view", "after", "before")
LONGEST_QUERY = 4_000


@dataclass(frozen=True, slots=True)
class ListAddress:
    """A list page by its path, and with whom its views may be shared."""

    path: str
    sharing: Sharing | None


def list_at(request: HttpRequest, path: str) -> ListAddress:
    """The list at `path`, as the reader of `request` may open it. Raises Http404 where there is none."""
    try:
        match = resolve(path)
    except Resolver404:
        raise Http404 from None
    kind: Any = getattr(match.func, "view_class", None)
    if not (isinstance(kind, type) and issubclass(kind, ListView)) or not kind.has_saved_views or "fmt" in match.kwargs:
        raise Http404
    page = kind()
    page.setup(request, *match.args, **match.kwargs)
    return ListAddress(path, page.get_sharing())


def kept(query: str | QueryDict) -> str:
    """What a view keeps of a query string."""
    params = query.copy() if isinstance(query, QueryDict) else QueryDict(query[:LONGEST_QUERY], mutable=True)
    for name in LEFT_OUT:
        params.pop(name, None)
    for name in [name for name, values in params.lists() if not any(values)]:
        params.pop(name)
    return params.urlencode(safe=",")
