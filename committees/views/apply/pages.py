"""The application as a whole: task list or status, check before sending, taking it back."""

from typing import Any

from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.columns.applications import TONES
from committees.completeness import missing
from committees.enums import ApplicationState
from committees.forms.applications import WithdrawForm
from committees.models import Application
from committees.timeline import timeline
from committees.views.answers import answers
from committees.views.apply.sections import overview_url, sections_of, too_late
from committees.workflows import applications
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
        return _("Application to join: %(committee)s") % {"committee": self.object.committee}

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
        }
        page |= self.tasks() if self.editable() else {"answers": answers(application)}
        return super().get_context_data(**page | kwargs)

    def tasks(self) -> dict[str, Any]:
        sections = sections_of(self.object)
        open_ones = [each for each in sections if not each["complete"]]
        check_url = reverse("committees:apply-check", args=[self.object.pk])
        return {
            "sections": sections,
            "complete": len(sections) - len(open_ones),
            "ready": not open_ones,
            "check_url": check_url,
            "next_url": open_ones[0]["url"] if open_ones else check_url,
            "is_returned": self.object.state == ApplicationState.RETURNED,
        }


class Check(OwnApplicationMixin, MoveFormMixin, ObjectFormView[Application]):
    """All answers once more; the button hands the application in, once."""

    template_name = "apply/check.html"
    form_class = Form
    submit_label = gettext_lazy("Submit the application")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """While something is missing, and once it is submitted, the overview says what to do."""
        self.object = self.get_object()
        if self.object.state not in applications.flow.moves["submit"].sources or missing(self.object):
            return HttpResponseRedirect(overview_url(self.object))
        return super().get(request, *args, **kwargs)

    def get_title(self) -> str:
        return _("Check your answers")

    def get_crumbs(self) -> list[Crumb]:
        return [*super().get_crumbs()[:1], Crumb(self.object.number or _("Application"), overview_url(self.object))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"application": self.object, "answers": answers(self.object)} | kwargs)

    def act(self, _form: Any) -> HttpResponse:
        submitted = applications.submit(self.object, by=user_of(self.request))
        message = _("Your application has been received. Its number is %(number)s.") % {"number": submitted.number}
        return self.done(message, overview_url(submitted))

    def conflicted(self, form: Any, conflict: StateConflict) -> HttpResponse:
        """A second press after the first has arrived: what was wanted has happened."""
        if conflict.instance.current_state == ApplicationState.SUBMITTED:
            return HttpResponseRedirect(overview_url(self.object))
        return super().conflicted(form, conflict)

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
