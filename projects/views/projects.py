from collections.abc import Sequence
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.as_of import AsOf
from projects.columns import PROJECTS
from projects.filters import ProjectFilter
from projects.models import Project, Sponsorship
from projects.panels import render_panels
from projects.participation import participation
from projects.views.overviews import places
from projects.views.places import InProject
from temp_portal.core.lists import Empty, ListView
from temp_portal.core.views import Crumb, DetailView, Place, TemplateView


class ProjectList(ListView[Project]):
    template_name = "projects/list.html"
    title = gettext_lazy("Projects")
    columns = PROJECTS
    default_sort = "code"
    filterset_class = ProjectFilter
    search_label = gettext_lazy("Title or code, in any script")
    empty = Empty(gettext_lazy("No project is recorded yet."))

    def get_queryset(self) -> QuerySet[Project]:
        visible = Project.objects.visible_to(self.request.user)
        return visible.with_country_codes().select_related("lead").prefetch_related("countries")

    def get_places(self) -> Sequence[Place]:
        return places(self.request.GET, "project-list")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_create = self.request.user.has_perm("projects.create_project")
        return super().get_context_data(may_create=may_create, **kwargs)


class ProjectPage(DetailView[Project]):
    """What is recorded of a project; the panels come from all apps that know something about it."""

    template_name = "projects/project.html"
    slug_field = "code"
    slug_url_kwarg = "code"

    def get_queryset(self) -> QuerySet[Project]:
        sponsors = Prefetch("sponsorships", Sponsorship.objects.select_related("committee"))
        visible = Project.objects.visible_to(self.request.user)
        return visible.select_related("lead").prefetch_related("countries", sponsors)

    def get_title(self) -> str:
        return self.object.title

    def get_crumbs(self) -> Sequence[Crumb]:
        return [Crumb(_("Projects"), reverse("projects:project-list")), Crumb(self.object.code)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        seen = Project.objects.visible_to(user)
        page = {
            "dates": self._dates(),
            "parent": seen.filter(pk=self.object.parent_id).first(),
            "sites": self.object.sites.all(),
            "parts": seen.filter(parent=self.object).order_by("code"),
            "may_change": user.has_perm("projects.change_project", self.object),
            "panels": render_panels(self.request, self.object),
        }
        return super().get_context_data(**page | kwargs)

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


class ParticipantsPage(InProject, TemplateView):
    """Who takes part, with their ownership as on the day of `?as_of=`."""

    template_name = "projects/participants.html"
    title = gettext_lazy("Participants")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        as_of = AsOf.parse(self.request.GET)
        page = {"as_of": as_of, "has_errors": bool(as_of.error)} | participation(self.project, as_of.day)
        return super().get_context_data(**page | kwargs)
