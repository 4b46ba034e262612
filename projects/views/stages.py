"""Moving a project from stage to stage, and recording what its stage has to show."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.enums import Stage
from projects.forms.stages import BackForm, CancelForm, DecisionForm, EvidenceForm, ResumeForm, StopForm
from projects.models import Project, StageEvidence
from projects.stages import missing, needs_of, next_stage
from projects.views.places import InProject
from projects.workflows import evidence, stages
from temp_portal.accounts.permissions import user_of
from temp_portal.audit.views import MoveFormMixin
from temp_portal.core.views import FormView, ObjectFormView

if TYPE_CHECKING:
    from temp_portal.accounts.models import User

Act = Callable[[Project, Any, "User"], Project]


@dataclass(frozen=True)
class Step:
    """What one kind of move is called, what it asks for, and what does it."""

    label: str | Promise
    form: type[DecisionForm]
    act: Act
    danger: bool = False


STEPS: Final[dict[str, Step]] = {
    "forward": Step(
        gettext_lazy("Move on to the next stage"),
        DecisionForm,
        lambda project, form, user: stages.advance(project, by=user, decision=form.decision()),
    ),
    "back": Step(
        gettext_lazy("Move back to an earlier stage"),
        BackForm,
        lambda project, form, user: stages.step_back(project, form.target, by=user, decision=form.decision()),
    ),
    "suspend": Step(
        gettext_lazy("Suspend the project"),
        StopForm,
        lambda project, form, user: stages.suspend(project, by=user, decision=form.decision()),
    ),
    "resume": Step(
        gettext_lazy("Take the project up again"),
        ResumeForm,
        lambda project, form, user: stages.resume(project, form.target, by=user, decision=form.decision()),
    ),
    "cancel": Step(
        gettext_lazy("Cancel the project"),
        CancelForm,
        lambda project, form, user: stages.cancel(project, by=user, decision=form.decision()),
        danger=True,
    ),
}


def steps_for(project: Project) -> list[tuple[str, Step]]:
    """(name, step) of the moves that are possible from the present stage."""
    legal = {name.split("_")[0] for name, move in stages.flow.moves.items() if project.stage in move.sources}
    return [(name, step) for name, step in STEPS.items() if name in legal]


class MoveStage(MoveFormMixin, InProject, FormView):
    """One move with what it rests on; 404 for a move that does not exist."""

    rule = "projects.change_project"
    login_required = True

    @cached_property
    def step(self) -> Step:
        try:
            return STEPS[self.kwargs["step"]]
        except KeyError:
            raise Http404 from None

    def get_form_class(self) -> type[forms.Form]:
        return self.step.form

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"project": self.project}

    def get_title(self) -> str:
        target = next_stage(self.project.stage)
        if self.kwargs["step"] == "forward" and target:
            return _("Move on to “%(stage)s”") % {"stage": target.label}
        return str(self.step.label)

    def get_intro(self) -> str:
        """Where the project stands, and what keeps it there."""
        names = {"project": self.project.title, "stage": self.project.get_stage_display()}
        text = _("%(project)s, at present: %(stage)s.") % names
        before = stages.stage_before(self.project)
        if before and self.kwargs["step"] == "resume":
            text += " " + _("It goes on at “%(stage)s”, where it stood.") % {"stage": before.label}
        return text

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = {"submit_label": self.step.label, "danger": self.step.danger}
        return super().get_context_data(**page | kwargs)

    def act(self, form: Any) -> HttpResponse:
        moved = self.step.act(self.project, form, user_of(self.request))
        message = _("Recorded. The project is now at: %(stage)s.")
        return self.done(message % {"stage": moved.get_stage_display()}, self.get_back_url())


class RecordEvidence(MoveFormMixin, InProject, FormView):
    """One thing that the present stage has to show."""

    form_class = EvidenceForm
    rule = "projects.change_project"
    login_required = True
    title = gettext_lazy("Record evidence")
    submit_label = gettext_lazy("Record the evidence")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"project": self.project}

    def get_initial(self) -> dict[str, Any]:
        open_needs = [need for need in missing(needs_of(self.project)) if need.is_evidence]
        return {"kind": self.request.GET.get("kind") or (open_needs[0].key if open_needs else None)}

    def get_intro(self) -> str:
        return _("Stage “%(stage)s” of %(project)s.") % {
            "stage": Stage(self.project.stage).label,
            "project": self.project.title,
        }

    def act(self, form: Any) -> HttpResponse:
        evidence.record(self.project, by=user_of(self.request), **form.cleaned_data)
        return self.done(_("The evidence has been recorded."), f"{self.get_back_url()}#course")


class TakeBackEvidence(MoveFormMixin, InProject, ObjectFormView[StageEvidence]):
    """It no longer counts."""

    form_class = forms.Form
    rule = "projects.change_project"
    login_required = True
    title = gettext_lazy("Take evidence back")
    intro = gettext_lazy("It stays on record and no longer counts for the stage.")
    submit_label = gettext_lazy("Take it back")
    danger = True

    def get_queryset(self) -> QuerySet[StageEvidence]:
        rows: QuerySet[StageEvidence] = StageEvidence.objects.standing().filter(project=self.project)
        return rows

    def check(self, rule: str, target: Any = None) -> None:
        super().check(rule, self.project)

    def act(self, _form: Any) -> HttpResponse:
        evidence.take_back(self.object, by=user_of(self.request))
        return self.done(_("The evidence has been taken back."), f"{self.get_back_url()}#course")


def step_links(project: Project) -> list[tuple[str, str]]:
    """(label, address) of the moves that are possible now."""
    return [
        (str(step.label), reverse("projects:project-stage", args=[project.code, name]))
        for name, step in steps_for(project)
    ]
