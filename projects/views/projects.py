from collections.abc import Sequence
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.columns import PROJECTS
from projects.enums import MoneyKind
from projects.filters import ProjectFilter
from projects.models import MoneyEvent, Participant, Project, Sponsorship
from temp_portal.audit.models import Transition
from temp_portal.core.lists import Empty, ListView
from temp_portal.core.views import Crumb, DetailView


class ProjectList(ListView[Project]):
    title = gettext_lazy("Projects")
    columns = PROJECTS
    default_sort = "code"
    filterset_class = ProjectFilter
    search_label = gettext_lazy("Title or code, in any script")
    empty = Empty(gettext_lazy("No project is recorded yet."))

    def get_queryset(self) -> QuerySet[Project]:
        visible = Project.objects.visible_to(self.request.user)
        return visible.with_country_codes().select_related("lead").prefetch_related("countries")


class ProjectPage(DetailView[Project]):
    template_name = "projects/project.html"
    slug_field = "code"
    slug_url_kwarg = "code"

    def get_queryset(self) -> QuerySet[Project]:
        sponsors = Prefetch("sponsorships", Sponsorship.objects.select_related("committee"))
        participants = Prefetch(
            "participants", Participant.objects.select_related("organisation").order_by("role", "id")
        )
        visible = Project.objects.visible_to(self.request.user)
        return visible.select_related("lead", "parent").prefetch_related("countries", sponsors, participants)

    def get_title(self) -> str:
        return self.object.title

    def get_crumbs(self) -> Sequence[Crumb]:
        return [Crumb(_("Projects"), reverse("projects:project-list")), Crumb(self.object.code)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        money = MoneyEvent.objects.in_force().filter(project=self.object)
        page = {
            "totals": [row | {"label": MoneyKind(row["kind"]).label} for row in money.totals()],
            "money_events": money.order_by("event_date", "id"),
            "moves": self._moves(),
            "dates": self._dates(),
        }
        return super().get_context_data(**page | kwargs)

    def _moves(self) -> list[dict[str, Any]]:
        labels = dict(Project._meta.get_field("stage").flatchoices)
        return [
            {"label": labels.get(move.to_state, move.to_state), "day": move.effective_on, "reason": move.reason}
            for move in Transition.objects.of(self.object)
        ]

    def _dates(self) -> list[tuple[str, Any, str]]:
        """Planned and actual dates with their precision, those that are known."""
        names = {
            "start_planned": _("Planned start"),
            "start_actual": _("Actual start"),
            "end_planned": _("Planned end"),
            "end_actual": _("Actual end"),
        }
        return [
            (label, getattr(self.object, name), getattr(self.object, f"{name}_precision"))
            for name, label in names.items()
            if getattr(self.object, name)
        ]
