"""The pipeline as a list, as a board and as a funnel, each over what the user may see."""

from typing import Any, Final

from django.db.models import Count, F, QuerySet, Window
from django.db.models.functions import RowNumber
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy

from members.models import Person
from projects.introductions.columns import INTRODUCTIONS
from projects.introductions.enums import Step
from projects.introductions.filters import IntroductionFilter, district_key
from projects.introductions.funnel import by_district, funnel
from projects.introductions.models import Introduction
from projects.introductions.people import seen
from projects.introductions.views.places import InPipeline
from projects.models import Project
from temp_portal.audit.readings import read_all
from temp_portal.core.lists import Empty, KeysetPage, ListView
from temp_portal.core.lists.counting import RowCount
from temp_portal.core.tabular.export import Format
from temp_portal.core.views import TemplateView

#: Cards of one step on the board; the rest stands in the list.
SHOWN: Final = 20


class IntroductionList(InPipeline, ListView[Introduction]):
    template_name = "introductions/list.html"
    title = gettext_lazy("Introductions")
    place = "list"
    columns = INTRODUCTIONS
    filterset_class = IntroductionFilter
    default_sort = "-since"
    search_field = "entrepreneur__search_key"
    search_label = gettext_lazy("Name of the entrepreneur, in any script")
    row_label = "entrepreneur"
    empty = Empty(gettext_lazy("No introduction is on record yet."))

    def get_queryset(self) -> QuerySet[Introduction]:
        rows = Introduction.objects.visible_to(self.request.user).with_names().with_scores().with_since()
        found: QuerySet[Introduction] = rows
        return found

    def paginated(self) -> tuple[KeysetPage[Introduction], RowCount]:
        page, count = super().paginated()
        seen([row.entrepreneur for row in page.rows], by=self.request.user, place=self.request.path)
        return page, count

    def export(self, fmt: Format) -> HttpResponseBase:
        read_all(Person, self.get_matching(), "entrepreneur__person", by=self.request.user, place=self.request.path)
        return super().export(fmt)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        adds = self.request.user.has_perm("introductions.add_introduction")
        return super().get_context_data(**{"adds": adds} | kwargs)


class Board(InPipeline, TemplateView):
    """A column for each step with its latest introductions. Three queries."""

    template_name = "introductions/board.html"
    title = gettext_lazy("Board of introductions")
    place = "board"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        visible = Introduction.objects.visible_to(self.request.user)
        counts = dict(visible.order_by().values_list("state").annotate(count=Count("id")))
        numbered = Window(RowNumber(), partition_by=F("state"), order_by=F("id").desc())
        rows = visible.with_names().with_since().annotate(number=numbered).filter(number__lte=SHOWN).order_by("-id")
        cards: dict[str, list[Introduction]] = {}
        for row in rows:
            cards.setdefault(row.state, []).append(row)
        seen(
            [row.entrepreneur for found in cards.values() for row in found],
            by=self.request.user,
            place=self.request.path,
        )
        page = {
            "columns": [
                {
                    "step": step,
                    "count": counts.get(step.value, 0),
                    "cards": cards.get(step.value, []),
                    "url": f"{reverse('introductions:list')}?state={step.value}",
                }
                for step in Step
            ],
            "adds": self.request.user.has_perm("introductions.add_introduction"),
        }
        return super().get_context_data(**page | kwargs)


class Funnel(InPipeline, TemplateView):
    """How many reached each step, how many went on and how fast; money by district. Every figure opens its rows."""

    template_name = "introductions/funnel.html"
    title = gettext_lazy("Funnel of introductions")
    place = "funnel"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        visible = Introduction.objects.visible_to(user)
        filters = IntroductionFilter(self.request.GET, queryset=visible, request=self.request)
        narrowed = filters.qs if filters.form.is_valid() else visible
        districts = by_district(visible, Project.objects.money_visible_to(user))
        page = {
            "stages": funnel(narrowed),
            "districts": [(each, district_key(each.key, each.name)) for each in districts],
            "chosen": self._chosen(districts),
            "narrowed_by": self._narrowing(),
            "list_url": reverse("introductions:list"),
        }
        return super().get_context_data(**page | kwargs)

    def _chosen(self, districts: Any) -> str:
        """The name of the district whose funnel is shown; empty for that of all."""
        wanted = self.request.GET.get("district", "")
        return next((each.name for each in districts if district_key(each.key, each.name) == wanted), "")

    def _narrowing(self) -> str:
        """The district as the figures' links carry it along."""
        query = self.request.GET.copy()
        for name in set(query) - {"district", "committee"}:
            del query[name]
        return query.urlencode()
