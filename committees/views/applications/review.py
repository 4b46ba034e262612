"""One application as the committee sees it, and the three decisions about it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.columns.applications import TONES
from committees.enums import ApplicationState
from committees.forms.decisions import ApproveForm, RejectForm, ReturnForm
from committees.models import Application
from committees.review import (
    checks,
    composition_effect,
    declared_group,
    rule_changes,
    suggested_role,
    verified_ownership,
)
from committees.rules import represents_applicant
from committees.timeline import timeline
from committees.views.answers import answers
from committees.workflows import applications
from members.models import Person
from temp_portal.accounts.permissions import user_of
from temp_portal.audit.readings import read
from temp_portal.audit.views import MoveFormMixin
from temp_portal.core.views import Crumb, DetailView, ObjectFormView


class ReviewMixin:
    """An application that the user sees as an officer of the committee or of the Secretariat; 404 otherwise."""

    login_required = True
    request: HttpRequest
    object: Application

    def get_queryset(self) -> QuerySet[Application]:
        rows: QuerySet[Application] = Application.objects.for_officers(self.request.user)
        return rows.select_related("committee", "organisation", "representative", "seat", "decided_by")

    def get_title(self) -> str:
        return str(self.object.organisation)

    def get_crumbs(self) -> list[Crumb]:
        committee = self.object.committee
        return [
            Crumb(_("Committees"), reverse("committees:catalogue")),
            Crumb(str(committee), committee.get_absolute_url()),
            Crumb(_("Applications"), reverse("committees:queue", args=[committee.slug])),
            Crumb(self.object.number or "", self.object.get_absolute_url()),
        ]


class Review(ReviewMixin, DetailView[Application]):
    """What the enterprise says beside what the decision rests on. Its own representative is sent to the status page."""

    template_name = "committees/applications/review.html"

    def get_queryset(self) -> QuerySet[Application]:
        rows: QuerySet[Application] = Application.objects.visible_to(self.request.user)
        return rows.select_related("committee", "organisation", "representative", "seat", "decided_by")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        application = self.get_object()
        if not request.user.has_perm("committees.view_queue", application):
            return HttpResponseRedirect(reverse("committees:apply-application", args=[application.pk]))
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        application, user = self.object, self.request.user
        waits = application.state == ApplicationState.SUBMITTED
        read(Person, [application.representative_id], by=user, place=self.request.path)
        page: dict[str, Any] = {
            "application": application,
            "tone": TONES[application.state],
            "answers": answers(application),
            "checks": checks(application, user),
            "events": timeline(application, for_applicant=False),
            "waits": waits,
            "is_overdue": waits and Application.objects.overdue().filter(pk=application.pk).exists(),
            "may_decide": user.has_perm("committees.decide_application", application),
            "has_conflict": represents_applicant(user, application),
        }
        if waits:
            page |= {
                "effect": composition_effect(application),
                "changes": rule_changes(application),
                "declared_group": "" if verified_ownership(application) else declared_group(application),
            }
        return super().get_context_data(**page | kwargs)


class DecisionView(ReviewMixin, MoveFormMixin, ObjectFormView[Application]):
    """One decision. The review page posts its reason here; only what carries `confirm` is carried out."""

    rule = "committees.decide_application"
    template_name = "committees/applications/decide.html"

    def check(self, rule: str, target: Model | None = None) -> None:
        """Says why the own organisation is out of bounds."""
        if represents_applicant(self.request.user, target):
            raise PermissionDenied(_("You represent this organisation: a colleague has to decide on its application."))
        super().check(rule, target)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "confirm" not in request.POST:
            return self.get(request, *args, **kwargs)
        return super().post(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        return super().get_initial() | {"reason": self.request.POST.get("reason", "")}

    def get_back_url(self) -> str:
        return self.object.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"application": self.object} | kwargs)

    def decided(self, message: str) -> HttpResponse:
        """On to the rest of the queue."""
        return self.done(message, reverse("committees:queue", args=[self.object.committee.slug]))


class Approve(DecisionView):
    form_class = ApproveForm
    submit_label = gettext_lazy("Approve and give the seat")

    def get_title(self) -> str:
        return _("Admit %(organisation)s") % {"organisation": self.object.organisation}

    def get_intro(self) -> str:
        names = {"organisation": self.object.organisation, "committee": self.object.committee}
        return _("%(organisation)s receives a seat in: %(committee)s. The enterprise is told at once.") % names

    def get_initial(self) -> dict[str, Any]:
        return super().get_initial() | {"functional_role": suggested_role(self.object)}

    def act(self, form: ApproveForm) -> HttpResponse:
        applications.approve(self.object, by=user_of(self.request), **form.seat())
        return self.decided(_("%(organisation)s has been admitted.") % {"organisation": self.object.organisation})


class ReturnForCompletion(DecisionView):
    rule = "committees.return_application"
    form_class = ReturnForm
    submit_label = gettext_lazy("Return to the enterprise")

    def get_title(self) -> str:
        return _("Return the application of %(organisation)s") % {"organisation": self.object.organisation}

    def act(self, form: ReturnForm) -> HttpResponse:
        applications.return_for_completion(self.object, by=user_of(self.request), note=form.cleaned_data["reason"])
        return self.decided(_("The application was returned; the enterprise has been told what is missing."))


class Reject(DecisionView):
    form_class = RejectForm
    danger = True
    submit_label = gettext_lazy("Reject and write to the enterprise")

    def get_title(self) -> str:
        return _("Reject the application of %(organisation)s") % {"organisation": self.object.organisation}

    def get_intro(self) -> str:
        return _("It cannot be undone. The enterprise reads your reason.")

    def act(self, form: RejectForm) -> HttpResponse:
        applications.reject(self.object, by=user_of(self.request), reason=form.cleaned_data["reason"])
        return self.decided(_("The application was rejected; the enterprise has been told why."))
