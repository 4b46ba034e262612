"""What the file would change, the questions about its rows, and afterwards what it has changed and the way back."""

from functools import cached_property
from http import HTTPStatus
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from committees.enums import SynchronisationState as State
from committees.forms.synchronise import DecisionForm, TakeBackForm
from committees.models import Synchronisation
from committees.synchronisation import work
from committees.synchronisation.plan import Group, Plan, make_plan
from committees.views.synchronise.places import TONES, OfFile, steps, url_of
from committees.workflows import synchronisation as workflow
from temp_portal.accounts.permissions import user_of
from temp_portal.audit.views import MoveFormMixin
from temp_portal.audit.workflow import StateConflict
from temp_portal.core.views import DetailView, ObjectFormView

#: Entries of a group that the page shows; the file of the comparison has all.
SHOWN: Final = 100


class SynchronisationPage(OfFile, DetailView[Synchronisation]):
    """What the file would change, the questions about its rows, and afterwards what it has changed."""

    template_name = "committees/synchronise/synchronisation.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = self.get_object()
        if not self.object.mapping:
            step = "columns" if self.object.headers else "sheet"
            return HttpResponseRedirect(url_of(f"synchronisation-{step}", self.object))
        return super().get(request, *args, **kwargs)

    @cached_property
    def plan(self) -> Plan:
        """What applying would do now."""
        return make_plan(self.object, by=user_of(self.request))

    def form(self, data: Any = None) -> DecisionForm:
        """The decisions as they stand, or as they were sent."""
        return DecisionForm(data, synchronisation=self.object, plan=self.plan)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = self.object
        page: dict[str, Any] = {
            "steps": steps(State(own.state)),
            "tone": TONES[State(own.state)],
            "facts": self._facts(),
            "job": own.job if own.state in (State.COMPARING, State.APPLYING) else None,
        }
        if own.state == State.COMPARED:
            form = kwargs.get("form") or self.form()
            page |= {"plan": self.plan, "form": form, "groups": groups(self.plan), "asked": form.asked}
        elif own.state in (State.APPLIED, State.TAKEN_BACK):
            page["outcome"] = [(label, own.outcome.get(group, 0)) for group, label in outcome_labels()]
        return super().get_context_data(**page | kwargs)

    def _facts(self) -> list[tuple[str, Any]]:
        own = self.object
        return [
            (_("Roster of"), own.effective_on),
            (_("Sheet"), own.sheet),
            (_("Uploaded by"), own.created_by),
            (_("Decision document"), own.document),
            (_("Reason"), own.reason),
        ]

    def post(self, *_args: Any, **_kwargs: Any) -> HttpResponse:
        self.object = self.get_object()
        if self.object.state != State.COMPARED:
            return self._again()
        form = self.form(self.request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form, has_errors=True))
        try:
            return self._decided(form)
        except StateConflict as conflict:
            messages.error(self.request, conflict.message())
            self.object = self.get_object()
            return self.render_to_response(self.get_context_data(), status=HTTPStatus.CONFLICT)

    def _decided(self, form: DecisionForm) -> HttpResponse:
        """Apply what was shown; decisions that differ from what was shown are looked at first."""
        own, user, decisions = self.object, user_of(self.request), form.decisions()
        is_shown = all(getattr(own, name) == value for name, value in decisions.items())
        if "apply" in self.request.POST and is_shown:
            done = work.proceed(workflow.apply(own, by=user, **form.record()), by=user)
            if done.state == State.APPLIED:
                messages.success(self.request, _("The roster has been brought in line with the file."))
            return HttpResponseRedirect(own.get_absolute_url())
        if "apply" in self.request.POST:
            messages.warning(self.request, _("Your choices change what is written. Look at it again, then apply."))
        work.proceed(workflow.decide(own, by=user, **decisions, **form.record()), by=user)
        return HttpResponseRedirect(own.get_absolute_url())

    def _again(self) -> HttpResponse:
        """Compare once more after a failure or a broken attempt; a file that is done stays as it is, with 409."""
        user = user_of(self.request)
        if not self.object.mapping:
            return self.get(self.request)
        try:
            work.proceed(workflow.decide(self.object, by=user), by=user)
        except StateConflict as conflict:
            messages.error(self.request, conflict.message())
            return self.render_to_response(self.get_context_data(), status=HTTPStatus.CONFLICT)
        return HttpResponseRedirect(self.object.get_absolute_url())


def outcome_labels() -> list[tuple[str, str]]:
    """What is counted once a file is applied."""
    return [
        (Group.JOINED, _("Joined")),
        (Group.CHANGED, _("Changed")),
        (Group.LEFT, _("Left")),
        (Group.UNCHANGED, _("Unchanged")),
    ]


def group_labels() -> dict[Group, str]:
    """The groups of a comparison, first those that ask for something."""
    return {
        Group.UNKNOWN: _("Unknown"),
        Group.AMBIGUOUS: _("Ambiguous"),
        Group.REJECTED: _("Rejected"),
        Group.JOINED: pgettext("rows", "Join"),
        Group.CHANGED: pgettext("rows", "Change"),
        Group.LEFT: _("Not in the file"),
        Group.UNCHANGED: _("Unchanged"),
    }


def groups(plan: Plan) -> list[dict[str, Any]]:
    """The groups as the page shows them: key, label, number, the entries shown, how many more."""
    return [
        {
            "key": group.value,
            "label": label,
            "count": len(plan.entries[group]),
            "entries": plan.entries[group][:SHOWN],
            "more": len(plan.entries[group]) - SHOWN,
        }
        for group, label in group_labels().items()
    ]


class TakeBack(OfFile, MoveFormMixin, ObjectFormView[Synchronisation]):
    """Undo everything that the file changed."""

    form_class = TakeBackForm
    title = gettext_lazy("Take the synchronisation back")
    submit_label = gettext_lazy("Take everything back")
    danger = True

    def get_intro(self) -> str:
        return _("%(file)s: everything that it changed becomes as it was before.") % {"file": self.object.name}

    def get_back_url(self) -> str:
        return self.object.get_absolute_url()

    def act(self, form: TakeBackForm) -> HttpResponse:
        workflow.take_back(self.object, by=user_of(self.request), reason=form.cleaned_data["reason"])
        return self.done(_("The roster is as it was before the file."), self.object.get_absolute_url())
