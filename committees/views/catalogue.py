"""The public catalogue of committees, and the list of everybody who takes part."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.cards import by_sector
from committees.columns.committees import CATALOGUE, MEMBERS
from committees.filters.committees import CatalogueFilter, MemberFilter
from committees.models import Committee
from committees.participation import participants
from members.models import Organisation
from temp_portal.core.lists import Empty, ListView
from temp_portal.core.views import Crumb


class Catalogue(ListView[Committee]):
    """Committees as cards, grouped by sector; the same rows as a table in the downloads."""

    template_name = "committees/catalogue.html"
    title = gettext_lazy("Committees")
    columns = CATALOGUE
    default_sort = "sector"
    filterset_class = CatalogueFilter
    page_size = 100
    empty = Empty(
        gettext_lazy("No committee is public yet. A committee appears here as soon as its preparatory group is formed.")
    )

    def get_queryset(self) -> QuerySet[Committee]:
        rows: QuerySet[Committee] = Committee.objects.visible_to(self.request.user).with_catalogue()
        return rows

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = super().get_context_data(**kwargs)
        page["sectors"] = by_sector(page["list"].page.rows, timezone.localdate())
        page["may_create"] = self.request.user.has_perm("committees.create_committee")
        return page


class MemberList(ListView[Organisation]):
    """Every organisation that sits in a committee."""

    title = gettext_lazy("Who takes part")
    columns = MEMBERS
    default_sort = "organisation"
    filterset_class = MemberFilter
    empty = Empty(gettext_lazy("No organisation sits in a committee yet."))

    def get_queryset(self) -> QuerySet[Organisation]:
        return participants(self.request.user)

    def get_crumbs(self) -> Sequence[Crumb]:
        return [Crumb(_("Committees"), reverse("committees:catalogue")), Crumb(_("Who takes part"))]
