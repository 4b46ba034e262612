"""The register of a project: the matrix of any day, the list, a risk and the forms about it."""

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.risks import workflows
from projects.risks.columns import RISKS, level_tag
from projects.risks.enums import RiskState
from projects.risks.filters import RiskFilter
from projects.risks.forms import AssessForm, CloseForm, NewRiskForm, ReopenForm, RiskForm
from projects.risks.matrix import matrix_of
from projects.risks.models import Risk
from projects.views.places import InProject
from temp_portal.accounts.permissions import user_of
from temp_portal.audit.models import Transition
from temp_portal.audit.views import MoveFormMixin
from temp_portal.core.forms import DayField
from temp_portal.core.lists import Empty, ListView
from temp_portal.core.views import Crumb, DetailView, FormView, ObjectFormView


class Register(InProject, ListView[Risk]):
    """The matrix over the list; `?as_of=` shows both as they stood on a day."""

    template_name = "projects/risks/register.html"
    columns = RISKS
    filterset_class = RiskFilter
    default_sort = "-level"
    search_field = ""
    title = gettext_lazy("Risk register")
    empty = Empty(gettext_lazy("No risk is on record yet."))
    login_required = True
    rule = "risks.view_register"

    @cached_property
    def day(self) -> date:
        """The day that is shown: today, unless an earlier one is asked for."""
        today = timezone.localdate()
        try:
            typed = DayField(required=False).clean(self.request.GET.get("as_of", ""))
        except ValidationError:
            return today
        return min(typed or today, today)

    def get_queryset(self) -> QuerySet[Risk]:
        rows = Risk.objects.filter(project=self.project)
        found: Any = rows if self.day == timezone.localdate() else rows.open_on(self.day)
        assessed: QuerySet[Risk] = found.with_assessment(self.day).select_related("project")
        return assessed

    def get_filename(self) -> str:
        return f"{self.project.code}-risks-{self.day.isoformat()}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        past = self.day < timezone.localdate()
        only = {} if past else {"state": RiskState.OPEN.value}
        address = self.request.path

        def url(likelihood: int, impact: int) -> str:
            return self.state.url(likelihood=str(likelihood), impact=str(impact), **only)

        page = {
            "matrix": matrix_of(Risk.objects.filter(project=self.project), self.day, url),
            "day": self.day,
            "past": past,
            "today_url": address,
            "keeps": self.request.user.has_perm("risks.keep_register", self.project),
            "may_see_exposure": self.request.user.has_perm("risks.view_exposure"),
        }
        return super().get_context_data(**page | kwargs)


class InRegister(InProject):
    """A page about the risks of the project."""

    login_required = True

    def get_crumbs(self) -> Sequence[Crumb]:
        register = Crumb(_("Risk register"), reverse("risks:register", args=[self.project.code]))
        return [*super().get_crumbs()[:-1], register, Crumb(self.get_title())]

    def get_back_url(self) -> str:
        return reverse("risks:register", args=[self.project.code])


class RiskPage(InRegister, DetailView[Risk]):
    """What is held of a risk, and what was held of it before."""

    template_name = "projects/risks/risk.html"
    rule = "risks.view_register"

    def get_queryset(self) -> QuerySet[Risk]:
        rows: QuerySet[Risk] = Risk.objects.filter(project=self.project).with_assessment().select_related("project")
        return rows

    def get_title(self) -> str:
        return str(self.object)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        assessments = self.object.assessments.newest().select_related("recorded_by")
        moves = Transition.objects.of(self.object).select_related("by").order_by("-at", "-pk")
        page = {
            "level": level_tag(self.object.score),  # type: ignore[attr-defined]  # what the queryset annotates
            "assessments": [(each, level_tag(each.likelihood * each.impact)) for each in assessments],
            "events": [
                {
                    "title": str(RiskState(move.to_state).label).capitalize(),
                    "by": move.by or "",
                    "at": move.effective_on,
                    "quote": move.reason,
                }
                for move in moves
            ],
            "keeps": self.request.user.has_perm("risks.keep_register", self.object),
        }
        return super().get_context_data(**page | kwargs)


class NewRisk(MoveFormMixin, InRegister, FormView):
    form_class = NewRiskForm
    rule = "risks.keep_register"
    title = gettext_lazy("Record a risk")
    submit_label = gettext_lazy("Record the risk")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": Risk(project=self.project)}

    def act(self, form: Any) -> HttpResponse:
        made = workflows.save(form.instance, by=user_of(self.request), **form.assessment())
        return self.done(_("The risk is on record."), made.get_absolute_url())


class RiskAction(MoveFormMixin, InRegister, ObjectFormView[Risk]):
    """A form about one risk."""

    rule = "risks.keep_register"

    def get_queryset(self) -> QuerySet[Risk]:
        rows: QuerySet[Risk] = Risk.objects.filter(project=self.project).select_related("project")
        return rows

    def get_intro(self) -> str:
        return str(self.object)

    def get_back_url(self) -> str:
        return self.object.get_absolute_url()


class EditRisk(RiskAction):
    form_class = RiskForm
    title = gettext_lazy("Change the risk")
    submit_label = gettext_lazy("Save the risk")

    def act(self, form: Any) -> HttpResponse:
        workflows.save(form.instance, by=user_of(self.request))
        return self.done(_("The risk has been saved."), self.get_back_url())


class AssessRisk(RiskAction):
    form_class = AssessForm
    title = gettext_lazy("Assess the risk again")
    submit_label = gettext_lazy("Record the assessment")

    def act(self, form: Any) -> HttpResponse:
        workflows.assess(self.object, by=user_of(self.request), **form.cleaned_data)
        return self.done(_("The assessment is on record."), self.get_back_url())


class CloseRisk(RiskAction):
    form_class = CloseForm
    title = gettext_lazy("Close the risk")
    submit_label = gettext_lazy("Close the risk")

    def act(self, form: Any) -> HttpResponse:
        workflows.close(self.object, by=user_of(self.request), **form.cleaned_data)
        return self.done(_("The risk has been closed. It stays on record."), self.get_back_url())


class ReopenRisk(RiskAction):
    form_class = ReopenForm
    title = gettext_lazy("Open the risk again")
    submit_label = gettext_lazy("Open the risk again")

    def act(self, form: Any) -> HttpResponse:
        workflows.reopen(self.object, by=user_of(self.request), **form.cleaned_data)
        return self.done(_("The risk is open again."), self.get_back_url())
