"""The settings of a committee: its state and next steps, description, terms, positions and filings."""

from collections.abc import Sequence
from datetime import timedelta
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.checklists import present_items
from committees.composition.verdicts import rules_of
from committees.forms.committees import FilingForm, PositionForm, StepForm, TermForm
from committees.history import committee_events
from committees.models import AdmissionProcedure, Position, QuestionSet, Term
from committees.positions import MEMBERSHIPS
from committees.views.committee import industries, texts
from committees.views.places import InCommittee
from committees.workflows import committees, offices
from committees.workflows.lifecycle import Step, flow
from temp_portal.accounts.permissions import user_of
from temp_portal.audit.views import MoveFormMixin
from temp_portal.core.views import Crumb, FormView, ObjectFormView, TemplateView

TERM_YEARS = 5
PREPARATION = timedelta(days=183)


class InSettings(InCommittee):
    """For those who keep or lead the committee, and for the Secretariat."""

    for_officers = True
    login_required = True
    place = "settings"

    def get_crumbs(self) -> Sequence[Crumb]:
        return [
            Crumb(_("Committees"), reverse("committees:catalogue")),
            Crumb(str(self.committee), self.committee.get_absolute_url()),
            Crumb(_("Settings"), self.settings_url),
        ]

    @property
    def settings_url(self) -> str:
        return reverse("committees:settings", args=[self.committee.slug])

    def get_back_url(self) -> str:
        """Where the forms lead back to."""
        return self.settings_url


class Settings(InSettings, TemplateView):
    """Everything about the committee itself on one page, with a button to each change the reader may make."""

    template_name = "committees/settings.html"
    rule = "committees.view_settings"

    def get_title(self) -> str:
        return _("Settings of %(committee)s") % {"committee": self.committee}

    def get_crumbs(self) -> Sequence[Crumb]:
        return [*super().get_crumbs()[:2], Crumb(_("Settings"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = user_of(self.request)
        steps = committees.steps_for(self.committee, user)
        positions = Position.objects.filter(committee=self.committee).exclude(code__in=MEMBERSHIPS)
        page = {
            "may_change": user.has_perm("committees.change_committee", self.committee),
            "steps": [step for step in steps if not step.danger and not step.guided],
            "may_re_elect": any(step.guided for step in steps),
            "dangers": [step for step in steps if step.danger],
            "terms": self.committee.terms.all(),
            "filings": self.committee.filings.all(),
            "positions": positions.with_taken(timezone.localdate()).order_by("rank"),
            "rules": rules_of([self.committee.pk], timezone.localdate())[self.committee.pk],
            "mandates": texts(self.committee, "mandate"),
            "asked": QuestionSet.objects.asked_now().filter(committee=self.committee).first(),
            "industries": industries(self.committee),
            "events": committee_events(self.committee),
            "procedure": AdmissionProcedure.of(self.committee),
            "checklist_size": len(present_items(self.committee)),
        }
        return super().get_context_data(**page | kwargs)


class SettingsForm(MoveFormMixin, InSettings):
    """A form that leads back to the settings."""

    rule = "committees.change_committee"

    def get_places(self) -> tuple[()]:
        return ()


class TakeStep(SettingsForm, FormView):
    """One step of the committee's life with its evidence; 404 for a step that does not exist."""

    form_class = StepForm
    rule = "committees.move_committee"

    @cached_property
    def step(self) -> Step:
        step = flow.moves.get(self.kwargs["step"])
        if not isinstance(step, Step) or step.guided:
            raise Http404
        return step

    def get_title(self) -> str:
        return str(self.step.label)

    def get_intro(self) -> str:
        names = {"committee": self.committee, "state": self.committee.get_state_display()}
        return _("%(committee)s, at present: %(state)s.") % names

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"step": self.step}

    def get_initial(self) -> dict[str, Any]:
        today = timezone.localdate()
        term_end = today.replace(year=today.year + TERM_YEARS, day=1) - timedelta(days=1)
        return {"deadline": today + PREPARATION, "term_ends_on": term_end}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        step = {"submit_label": self.step.label, "danger": self.step.danger}
        return super().get_context_data(**step | kwargs)

    def act(self, form: Any) -> HttpResponse:
        moved = committees.advance(self.committee, self.step.name, by=user_of(self.request), evidence=form.evidence())
        message = _("Recorded. The committee is now: %(state)s.")
        return self.done(message % {"state": moved.get_state_display()}, self.settings_url)


class NewTerm(SettingsForm, FormView):
    form_class = TermForm
    title = gettext_lazy("Add a term of office")
    submit_label = gettext_lazy("Save the term")

    def act(self, form: Any) -> HttpResponse:
        offices.save_term(self.committee, by=user_of(self.request), **form.cleaned_data)
        return self.done(_("The term has been saved."), self.settings_url)


class EditTerm(SettingsForm, ObjectFormView[Term]):
    form_class = TermForm
    title = gettext_lazy("Change a term of office")
    submit_label = gettext_lazy("Save the term")

    def get_queryset(self) -> QuerySet[Term]:
        return self.committee.terms.all()

    def get_initial(self) -> dict[str, Any]:
        return TermForm.initial_of(self.object)

    def act(self, form: Any) -> HttpResponse:
        offices.save_term(self.committee, by=user_of(self.request), term=self.object, **form.cleaned_data)
        return self.done(_("The term has been saved."), self.settings_url)


class SaveFiling(SettingsForm, FormView):
    form_class = FilingForm
    title = gettext_lazy("Record a filing")
    intro = gettext_lazy("A second filing with the same recipient corrects the first one.")
    submit_label = gettext_lazy("Save the filing")

    def act(self, form: Any) -> HttpResponse:
        offices.save_filing(self.committee, by=user_of(self.request), **form.cleaned_data)
        return self.done(_("The filing has been saved."), self.settings_url)


class EditPosition(SettingsForm, ObjectFormView[Position]):
    form_class = PositionForm
    submit_label = gettext_lazy("Save the position")

    def get_queryset(self) -> QuerySet[Position]:
        return self.committee.positions.all()

    def get_title(self) -> str:
        return _("Position: %(title)s") % {"title": self.object}

    def act(self, form: Any) -> HttpResponse:
        offices.save_position(self.committee, by=user_of(self.request), position=self.object, **form.cleaned_data)
        return self.done(_("The position has been saved."), self.settings_url)
