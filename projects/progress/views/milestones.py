"""Milestones of a project: the list with its chart, and the forms about them."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.precision import precise
from projects.progress.enums import MilestoneState
from projects.progress.forms.milestones import MilestoneForm, ReachForm, ReasonForm
from projects.progress.gantt import draw
from projects.progress.models import Milestone
from projects.progress.workflows import milestones
from projects.views.places import InProject
from temp_portal.accounts.permissions import user_of
from temp_portal.audit.views import MoveFormMixin
from temp_portal.core.views import Crumb, FormView, ObjectFormView, TemplateView


class MilestonesPage(InProject, TemplateView):
    """The list, and the chart of the same rows."""

    template_name = "projects/progress/milestones.html"
    title = gettext_lazy("Milestones")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = Milestone.objects.filter(project=self.project)
        rows = list(found)
        chart = draw(rows)
        numbers = {each.pk: place for place, each in enumerate(_in_chart(rows), start=1)}
        page = {
            "rows": [
                {
                    "milestone": each,
                    "number": numbers.get(each.pk),
                    "weight": each.weight.normalize() if each.weight else None,
                    "planned": precise(each.planned_on, each.planned_precision),
                    "reached": precise(each.reached_on, each.reached_precision),
                }
                for each in rows
            ],
            "chart": chart,
            "reached_part": found.reached_part(),
            "keeps": self.request.user.has_perm("projects.change_project", self.project),
        }
        return super().get_context_data(**page | kwargs)


def _in_chart(rows: list[Milestone]) -> list[Milestone]:
    return [each for each in rows if each.state != MilestoneState.DROPPED]


class InMilestones(MoveFormMixin, InProject):
    """A form about the milestones of the project."""

    login_required = True
    rule = "projects.change_project"

    def get_back_url(self) -> str:
        return reverse("progress:milestones", args=[self.project.code])

    def get_crumbs(self) -> Sequence[Crumb]:
        return [*super().get_crumbs()[:-1], Crumb(_("Milestones"), self.get_back_url()), Crumb(self.get_title())]


class NewMilestone(InMilestones, FormView):
    form_class = MilestoneForm
    title = gettext_lazy("Add a milestone")
    submit_label = gettext_lazy("Add the milestone")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": Milestone(project=self.project)}

    def act(self, form: Any) -> HttpResponse:
        milestones.save(form.instance, by=user_of(self.request))
        return self.done(_("The milestone has been added."), self.get_back_url())


class MilestoneAction(InMilestones, ObjectFormView[Milestone]):
    """A form about one milestone."""

    def check(self, rule: str, target: Any = None) -> None:
        super().check(rule, self.project)

    def get_queryset(self) -> QuerySet[Milestone]:
        rows: QuerySet[Milestone] = Milestone.objects.filter(project=self.project).select_related("project")
        return rows

    def get_intro(self) -> str:
        return str(self.object)


class EditMilestone(MilestoneAction):
    form_class = MilestoneForm
    title = gettext_lazy("Change the milestone")
    submit_label = gettext_lazy("Save the milestone")

    def act(self, form: Any) -> HttpResponse:
        milestones.save(form.instance, by=user_of(self.request))
        return self.done(_("The milestone has been saved."), self.get_back_url())


class ReachMilestone(MilestoneAction):
    form_class = ReachForm
    title = gettext_lazy("The milestone was reached")
    submit_label = gettext_lazy("Record that it was reached")

    def act(self, form: Any) -> HttpResponse:
        reached = form.cleaned_data["reached"]
        milestones.reach(
            self.object,
            by=user_of(self.request),
            reached_on=reached.day,
            precision=reached.precision,
            reason=form.cleaned_data["reason"],
        )
        return self.done(_("The milestone has been reached."), self.get_back_url())


class DropMilestone(MilestoneAction):
    form_class = ReasonForm
    title = gettext_lazy("Drop the milestone")
    submit_label = gettext_lazy("Drop the milestone")
    danger = True

    def act(self, form: Any) -> HttpResponse:
        milestones.drop(self.object, by=user_of(self.request), reason=form.cleaned_data["reason"])
        return self.done(_("The milestone has been dropped. It stays on record."), self.get_back_url())


class PlanAgain(MilestoneAction):
    form_class = ReasonForm
    title = gettext_lazy("Plan the milestone again")
    submit_label = gettext_lazy("Plan it again")

    def act(self, form: Any) -> HttpResponse:
        milestones.plan_again(self.object, by=user_of(self.request), reason=form.cleaned_data["reason"])
        return self.done(_("The milestone is planned again."), self.get_back_url())
