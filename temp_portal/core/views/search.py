"""The page behind the search box of the header."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from temp_portal.core.find import find_everywhere
from temp_portal.core.search import SearchQuery
from temp_portal.core.views.pages import TemplateView


class SearchView(TemplateView):
    """First hits of every kind for `?q=`, each with a way to all of them."""

    template_name = "core/search.html"
    title = _("Search")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query = SearchQuery(self.request.GET.get("q", "").replace("\x00", ""))
        short = query.too_short
        page = {
            "search_text": query.typed,
            "found": find_everywhere(self.request.user, query),
            "hint": short.message if short else "",
        }
        return super().get_context_data(**page | kwargs)
