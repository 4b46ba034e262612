"""The three decisions about an application, each a form of its own."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.forms.decisions import ApproveForm, RejectForm, ReturnForm
from committees.models import Application
from committees.review import suggested_role
from committees.rules import has_conflict
from committees.views.applications.review import ReviewMixin, conflict_words
from committees.workflows import applications
from temp_portal.accounts.permissions import user_of
from temp_portal.audit.views import MoveFormMixin
from temp_portal.core.views import ObjectFormView


class DecisionView(ReviewMixin, MoveFormMixin, ObjectFormView[Application]):
    """One decision. The review page posts its reason here; only what carries `confirm` is carried out."""

    rule = "committees.decide_application"
    template_name = "committees/applications/decide.html"

    def check(self, rule: str, target: Model | None = None) -> None:
        """Says why the own organisation is out of bounds."""
        if isinstance(target, Application) and has_conflict(self.request.user, target):
            raise PermissionDenied(conflict_words(self.request.user, target))
        super().check(rule, target)

    @property
    def confirmed(self) -> bool:
        return "confirm" in self.request.POST

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        act = super().post if self.confirmed else self.get
        return act(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        return super().get_initial() | {"reason": self.request.POST.get("reason", "")}

    def get_form_kwargs(self) -> dict[str, Any]:
        about = {"application": self.object, "writer_language": user_of(self.request).language}
        unsent = {} if self.confirmed else {"data": None, "files": None}  # what nobody has seen yet has no errors
        return super().get_form_kwargs() | about | unsent

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

    def get_intro(self) -> str:
        return _(
            "Name reasons, write in your own words, or ask beside single fields. Your clock stops until it returns."
        )

    def act(self, form: ReturnForm) -> HttpResponse:
        applications.return_for_completion(self.object, by=user_of(self.request), **form.returned())
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
        applications.reject(self.object, by=user_of(self.request), **form.cleaned_data)
        return self.decided(_("The application was rejected; the enterprise has been told why."))
