"""One introduction: its page, and the forms that record, change, move, land and link it."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.introductions.columns import TONES
from projects.introductions.enums import WAY
from projects.introductions.forms.introductions import (
    FirstDayForm,
    IntroductionForm,
    LandForm,
    LinkForm,
    MoveForm,
    NewIntroductionForm,
    ReasonedMoveForm,
)
from projects.introductions.funnel import money_of
from projects.introductions.history import LABELS, events_of
from projects.introductions.models import Entrepreneur, Introduction
from projects.introductions.people import seen
from projects.introductions.views.places import WithinPipeline
from projects.introductions.workflows import entrepreneurs, introductions
from projects.introductions.workflows.introductions import CHANGE, FLOW, LAND, WITH_REASON
from temp_portal.accounts.permissions import user_of
from temp_portal.audit.models import Transition
from temp_portal.audit.views import MoveFormMixin
from temp_portal.core.views import Crumb, DetailView, FormView, ObjectFormView


class OfIntroduction(WithinPipeline):
    """A page about one introduction; 404 for whoever does not see it."""

    object: Any
    request: HttpRequest

    def get_queryset(self) -> QuerySet[Introduction]:
        rows = Introduction.objects.visible_to(self.request.user).with_names()
        found: QuerySet[Introduction] = rows.select_related("landing_event", "created_by")
        return found

    def get_crumbs(self) -> Sequence[Crumb]:
        here = Crumb(str(self.object), self.object.get_absolute_url())
        return [Crumb(_("Introductions"), reverse("introductions:list")), here]

    def get_back_url(self) -> str:
        """Where forms lead back to."""
        address: str = self.object.get_absolute_url()
        return address


class IntroductionPage(OfIntroduction, DetailView[Introduction]):
    """From the introduction to the project and its money."""

    template_name = "introductions/introduction.html"

    def get_title(self) -> str:
        return _("%(entrepreneur)s: introduction") % {"entrepreneur": self.object.entrepreneur}

    def get_crumbs(self) -> Sequence[Crumb]:
        return [*super().get_crumbs()[:-1], Crumb(str(self.object))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = user_of(self.request)
        seen([self.object.entrepreneur], by=user, place=self.request.path)
        project = self.object.project
        page = {
            "tone": TONES[self.object.state],
            "steps": self._steps(),
            "moves": [(move.name, LABELS[move.name]) for move in FLOW.available(self.object, user)],
            "may_change": user.has_perm(CHANGE, self.object),
            "events": events_of(self.object),
            "sees_project": project is not None and user.has_perm("projects.view_project", project),
            "money": money_of(project) if project and user.has_perm("projects.see_money", project) else None,
        }
        return super().get_context_data(**page | kwargs)

    def _steps(self) -> list[dict[str, Any]]:
        """The way with the day on which each step was reached; what was left by an exit stays unmarked beyond."""
        days: dict[str, Any] = {}
        for move in Transition.objects.of(self.object).exclude(move="link"):
            days[move.to_state] = move.effective_on
        state = self.object.state
        place = WAY.index(state) if state in WAY else -1
        return [
            {
                "label": capfirst(str(step.label)),
                "at": days.get(step.value),
                "state": "now" if step == state else "done" if step.value in days and index <= max(place, 0) else "",
            }
            for index, step in enumerate(WAY)
        ]


class Recording(MoveFormMixin, WithinPipeline):
    """A form that puts an introduction on record."""

    request: HttpRequest
    submit_label = gettext_lazy("Put the introduction on record")

    def introduced(self, form: Any, entrepreneur: Entrepreneur) -> HttpResponse:
        """Write the introduction and go to its page."""
        user, made = user_of(self.request), form.instance
        made.entrepreneur, made.created_by = entrepreneur, user
        introductions.introduce(made, by=user, effective_on=form.cleaned_data["effective_on"])
        return self.done(_("The introduction is on record."), made.get_absolute_url())


class NewIntroduction(Recording, FormView):
    """Put an entrepreneur and the introduction on record together."""

    form_class = NewIntroductionForm
    rule = "introductions.add_introduction"
    title = gettext_lazy("Record an introduction")

    def get_back_url(self) -> str:
        return reverse("introductions:list")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    @transaction.atomic
    def act(self, form: Any) -> HttpResponse:
        entrepreneur = entrepreneurs.enter(by=user_of(self.request), **form.entrepreneur())
        return self.introduced(form, entrepreneur)


class IntroduceAgain(Recording, ObjectFormView[Entrepreneur]):
    """Another introduction of somebody who is on record."""

    form_class = FirstDayForm
    rule = "introductions.assess_entrepreneur"

    def get_queryset(self) -> QuerySet[Entrepreneur]:
        found: QuerySet[Entrepreneur] = Entrepreneur.objects.visible_to(self.request.user).with_names()
        return found

    def get_title(self) -> str:
        return _("Introduce %(entrepreneur)s again") % {"entrepreneur": self.object}

    def get_back_url(self) -> str:
        return self.object.get_absolute_url()

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": None, "user": self.request.user}

    def act(self, form: Any) -> HttpResponse:
        return self.introduced(form, self.object)


class IntroductionForms(MoveFormMixin, OfIntroduction, ObjectFormView[Introduction]):
    """A form about one introduction."""

    rule = CHANGE

    def get_crumbs(self) -> Sequence[Crumb]:
        return [*super().get_crumbs(), Crumb(self.get_title())]


class EditIntroduction(IntroductionForms):
    form_class = IntroductionForm
    title = gettext_lazy("Change the introduction")
    submit_label = gettext_lazy("Save")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def act(self, form: Any) -> HttpResponse:
        introductions.change(form.instance, by=user_of(self.request))
        return self.done(_("The introduction has been changed."), self.get_back_url())


class Step(IntroductionForms):
    """Any move: its name stands in the address."""

    @property
    def move(self) -> str:
        """The name of the move; 404 for one that does not exist."""
        name: str = self.kwargs["step"]
        if name not in FLOW.moves:
            raise Http404
        return name

    def get_title(self) -> str:
        return str(LABELS[self.move])

    def get_intro(self) -> str:
        told = {"entrepreneur": self.object.entrepreneur, "state": self.object.get_state_display()}
        return _("%(entrepreneur)s: now “%(state)s”.") % told

    def get_form_class(self) -> type[Any]:
        if self.move == LAND:
            return LandForm
        return ReasonedMoveForm if self.move in WITH_REASON else MoveForm

    def get_form_kwargs(self) -> dict[str, Any]:
        needed = {"introduction": self.object, "user": self.request.user} if self.move == LAND else {}
        return super().get_form_kwargs() | needed

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = {"submit_label": LABELS[self.move], "danger": self.move in ("decline", "lose")}
        return super().get_context_data(**page | kwargs)

    def act(self, form: Any) -> HttpResponse:
        user = user_of(self.request)
        if self.move == LAND:
            introductions.land(self.object, by=user, **form.cleaned_data)
        else:
            introductions.move(self.object, self.move, by=user, **form.cleaned_data)
        return self.done(_("It is on record."), self.get_back_url())


class LinkProject(IntroductionForms):
    form_class = LinkForm
    title = gettext_lazy("Link to a project")
    submit_label = gettext_lazy("Save the link")

    def get_initial(self) -> dict[str, Any]:
        return {"code": self.object.project.code if self.object.project else ""}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def act(self, form: Any) -> HttpResponse:
        introductions.link(self.object, by=user_of(self.request), project=form.cleaned_data["code"])
        return self.done(_("The link has been saved."), self.get_back_url())
