"""Entering a project, changing what is said of it, and who takes part and where it stands."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.enums import Stage
from projects.forms.projects import EditForm, NewProjectForm
from projects.forms.rows import CountriesForm, ParticipantsForm, SitesForm
from projects.models import Project
from projects.views.places import InProject
from projects.workflows import participants, places, projects
from temp_portal.accounts.permissions import user_of
from temp_portal.audit.views import MoveFormMixin
from temp_portal.core.views import Crumb, FormView, ObjectFormView


class NewProject(MoveFormMixin, FormView):
    """A lead or an idea."""

    template_name = "committees/form.html"
    form_class = NewProjectForm
    rule = "projects.create_project"
    login_required = True
    title = gettext_lazy("Enter a project")
    intro = gettext_lazy(
        "Only a title, a code and a sponsor committee of yours are needed; the rest can be added later."
    )
    submit_label = gettext_lazy("Enter the project")

    def get_crumbs(self) -> Sequence[Crumb]:
        return [Crumb(_("Projects"), reverse("projects:project-list")), Crumb(_("New project"))]

    def get_back_url(self) -> str:
        return reverse("projects:project-list")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"by": user_of(self.request)}

    def act(self, form: Any) -> HttpResponse:
        said = form.cleaned_data
        made = projects.create(
            by=user_of(self.request),
            code=said["code"],
            committees=said["committees"],
            countries=said["host_countries"],
            lead=said["lead"],
            stage=Stage(said["stage"]),
            since=said["since"],
            **form.description(),
        )
        return self.done(_("The project has been entered."), made.get_absolute_url())


class EditProject(MoveFormMixin, InProject, ObjectFormView[Project]):
    """Titles, sponsors, sector, dates, visibility."""

    template_name = "committees/form.html"
    form_class = EditForm
    slug_field = "code"
    slug_url_kwarg = "code"
    rule = "projects.change_project"
    login_required = True
    title = gettext_lazy("Change the project")
    submit_label = gettext_lazy("Save the project")

    def get_queryset(self) -> QuerySet[Project]:
        rows: QuerySet[Project] = Project.objects.visible_to(self.request.user)
        return rows.select_related("parent")

    def get_initial(self) -> dict[str, Any]:
        return {"seen": projects.version(self.object)}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"by": user_of(self.request)}

    def act(self, form: Any) -> HttpResponse:
        said = form.cleaned_data
        projects.describe(
            self.project,
            by=user_of(self.request),
            seen=said["seen"],
            committees=said["committees"],
            **form.description(),
        )
        return self.done(_("The project has been saved."), self.get_back_url())


class RowsView(MoveFormMixin, InProject, FormView):
    """A page that writes all rows of one kind at once."""

    template_name = "projects/rows_form.html"
    rule = "projects.change_project"
    login_required = True

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"project": self.project}


class EditParticipants(RowsView):
    form_class = ParticipantsForm
    title = gettext_lazy("Participants")
    intro = gettext_lazy("Empty a row to take somebody out. Whoever stands here as lead leads the project.")
    submit_label = gettext_lazy("Save the participants")

    def get_initial(self) -> dict[str, Any]:
        return {"seen": participants.version(self.project)}

    def act(self, form: Any) -> HttpResponse:
        said = form.cleaned_data
        participants.save(
            self.project,
            form.members(),
            by=user_of(self.request),
            seen=said["seen"],
            is_consortium=said["is_consortium"],
        )
        return self.done(_("The participants have been saved."), self.get_back_url())


class EditCountries(RowsView):
    form_class = CountriesForm
    title = gettext_lazy("Host countries")
    intro = gettext_lazy("Give the share of every country or of none. Empty a row to take a country out.")
    submit_label = gettext_lazy("Save the countries")

    def get_initial(self) -> dict[str, Any]:
        return {"seen": places.countries_version(self.project)}

    def act(self, form: Any) -> HttpResponse:
        seen = form.cleaned_data["seen"]
        places.save_countries(self.project, form.hosts(), by=user_of(self.request), seen=seen)
        return self.done(_("The host countries have been saved."), self.get_back_url())


class EditSites(RowsView):
    form_class = SitesForm
    title = gettext_lazy("Sites")
    intro = gettext_lazy("Degrees of WGS 84 with a decimal point; south and west are negative.")
    submit_label = gettext_lazy("Save the sites")

    def get_initial(self) -> dict[str, Any]:
        return {"seen": places.sites_version(self.project)}

    def act(self, form: Any) -> HttpResponse:
        seen = form.cleaned_data["seen"]
        places.save_sites(self.project, form.places(), by=user_of(self.request), seen=seen)
        return self.done(_("The sites have been saved."), self.get_back_url())
