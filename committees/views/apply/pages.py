"""The application as a whole: task list or status, check before sending, taking it back."""

from typing import Any

from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from committees.columns.applications import TONES
from committees.enums import SHARED_SECTIONS, ApplicationState
from committees.forms.applications import WithdrawForm
from committees.models import Application
from committees.texts import translated
from committees.timeline import timeline
from committees.views.answers import Answers, answers
from committees.views.apply.receipt import receipt_url
from committees.views.apply.sections import too_late
from committees.views.apply.steps import Step, flat, groups_of, overview_url, siblings
from committees.workflows import applications, drafts
from temp_portal.accounts.permissions import user_of
from temp_portal.audit.views import MoveFormMixin
from temp_portal.audit.workflow import StateConflict
from temp_portal.core.views import Crumb, DetailView, ObjectFormView


class OwnApplicationMixin:
    """An application of an organisation that the user represents; 404 for any other."""

    login_required = True
    request: HttpRequest
    object: Application

    def get_queryset(self) -> QuerySet[Application]:
        own = Application.objects.of_representative(self.request.user)
        return own.select_related("committee", "organisation", "representative", "seat")

    def get_title(self) -> str:
        names = " · ".join(str(each.committee) for each in siblings(self.object))
        return _("Application to join: %(committee)s") % {"committee": names}

    def get_crumbs(self) -> list[Crumb]:
        return [Crumb(_("My page"), reverse("accounts:me")), Crumb(self.object.number or _("Application"))]

    def get_back_url(self) -> str:
        return overview_url(self.object)


class Overview(OwnApplicationMixin, DetailView[Application]):
    """The task list while the enterprise holds the application, its status afterwards."""

    def get_template_names(self) -> list[str]:
        return ["apply/tasks.html" if self.editable() else "apply/status.html"]

    def editable(self) -> bool:
        return self.object.state in applications.flow.moves["submit"].sources

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        application = self.object
        page: dict[str, Any] = {
            "application": application,
            "tone": TONES[application.state],
            "events": timeline(application, for_applicant=True),
            "may_withdraw": application.state in applications.flow.moves["withdraw"].sources,
            "texts": translated(application) if application.number else [],
            "conditions": application.conditions.all(),
        }
        page["again_from"] = applications.again_from(application)
        page |= self.tasks() if self.editable() else {"answers": answers(application)}
        return super().get_context_data(**page | kwargs)

    def tasks(self) -> dict[str, Any]:
        groups = groups_of(self.object)
        steps = flat(groups)
        incomplete = open_steps(steps)
        asked = [each for each in steps if each.remarks]
        check_url = reverse("committees:apply-check", args=[self.object.pk])
        return {
            "groups": groups,
            "together": siblings(self.object),
            "total": len(steps),
            "complete": len(steps) - len(incomplete),
            "ready": not incomplete,
            "check_url": check_url,
            "next_url": next((each.url for each in [*incomplete, *asked]), check_url),
            "goes_on": bool(incomplete or asked),
            "is_returned": self.object.state == ApplicationState.RETURNED,
            "decided_by": applications.due_if_submitted(self.object),
            "new_questions": drafts.newer_questions(self.object),
        }


def open_steps(steps: list[Step]) -> list[Step]:
    """What has still to be filled in."""
    return [each for each in steps if not each.complete]


class Check(OwnApplicationMixin, MoveFormMixin, ObjectFormView[Application]):
    """All answers once more; the button hands the application in, once."""

    template_name = "apply/check.html"
    form_class = Form
    submit_label = gettext_lazy("Submit the application")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """While something is missing, and once it is submitted, the overview says what to do."""
        self.object = self.get_object()
        held = self.object.state in applications.flow.moves["submit"].sources
        if not held or open_steps(flat(groups_of(self.object))):
            return HttpResponseRedirect(overview_url(self.object))
        return super().get(request, *args, **kwargs)

    def get_title(self) -> str:
        return _("Check your answers")

    def get_crumbs(self) -> list[Crumb]:
        return [*super().get_crumbs()[:1], Crumb(self.object.number or _("Application"), overview_url(self.object))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        together = siblings(self.object)
        page: dict[str, Any] = {"application": self.object, "several": len(together) > 1}
        page["parts"] = [(each, self.parts(each, together)) for each in together]
        return super().get_context_data(**page | kwargs)

    def parts(self, application: Application, together: list[Application]) -> list[Answers]:
        """The answers of one application; what several share is shown with the first."""
        is_first = application == together[0]
        return [each for each in answers(application) if is_first or each.section not in SHARED_SECTIONS]

    def act(self, _form: Any) -> HttpResponse:
        submitted = drafts.submit_together(self.object, by=user_of(self.request))
        numbers = ", ".join(str(each.number) for each in submitted)
        message = ngettext(
            "Your application has been received. Its number is %(numbers)s.",
            "Your applications have been received. Their numbers are %(numbers)s.",
            len(submitted),
        )
        return self.done(message % {"numbers": numbers}, receipt_url(self.object))

    def conflicted(self, form: Any, conflict: StateConflict) -> HttpResponse:
        """A second press after the first has arrived: what was wanted has happened."""
        if conflict.instance.current_state == ApplicationState.SUBMITTED:
            return HttpResponseRedirect(receipt_url(self.object))
        return super().conflicted(form, conflict)

    def conflict_message(self, conflict: StateConflict) -> str:
        return too_late(conflict)


class TakeNewQuestions(OwnApplicationMixin, MoveFormMixin, ObjectFormView[Application]):
    """The committee has published new questions: the draft answers those, and keeps what fits."""

    form_class = Form
    title = gettext_lazy("Answer the new questions")
    submit_label = gettext_lazy("Take the new questions")
    intro = gettext_lazy("Answers to questions that are still asked are kept. Otherwise the draft keeps its questions.")

    def act(self, _form: Any) -> HttpResponse:
        drafts.take_new_questions(self.object, by=user_of(self.request))
        return self.done(_("The application now has the committee's new questions."), overview_url(self.object))

    def conflict_message(self, conflict: StateConflict) -> str:
        return too_late(conflict)


class Withdraw(OwnApplicationMixin, MoveFormMixin, ObjectFormView[Application]):
    """Asks once, then takes the application back."""

    form_class = WithdrawForm
    danger = True
    submit_label = gettext_lazy("Withdraw the application")
    intro = gettext_lazy("It cannot be undone; you can begin a new application at any time.")

    def get_title(self) -> str:
        return _("Withdraw the application to: %(committee)s") % {"committee": self.object.committee}

    def act(self, form: Any) -> HttpResponse:
        applications.withdraw(self.object, by=user_of(self.request), reason=form.cleaned_data["reason"])
        return self.done(_("The application has been withdrawn."), overview_url(self.object))

    def conflict_message(self, conflict: StateConflict) -> str:
        return too_late(conflict)
