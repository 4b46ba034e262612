"""Requests about personal data: the Secretariat's queue, and the page of one for who asked and who answers."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.privacy import workflows
from members.privacy.columns import REQUESTS
from members.privacy.enums import REQUEST_TONES, RequestKind, RequestState
from members.privacy.filters import RequestFilter
from members.privacy.forms import AnswerForm
from members.privacy.models import PrivacyRequest
from members.privacy.views.desk import DESK, OnDesk
from members.privacy.views.own import crumbs
from temp_portal.accounts.permissions import user_of
from temp_portal.audit.models import Transition
from temp_portal.audit.views import MoveFormMixin
from temp_portal.core.lists import Empty, ListView
from temp_portal.core.views import Crumb, ObjectFormView


class RequestList(OnDesk, ListView[PrivacyRequest]):
    title = gettext_lazy("Requests about personal data")
    place = "requests"
    columns = REQUESTS
    default_sort = "due"
    filterset_class = RequestFilter
    search_field = ""
    empty = Empty(gettext_lazy("Nobody has asked about personal data yet."))

    def get_queryset(self) -> QuerySet[PrivacyRequest]:
        return PrivacyRequest.objects.visible_to(self.request.user).select_related("created_by")


class RequestPage(MoveFormMixin, ObjectFormView[PrivacyRequest]):
    """What was asked and answered; the form of the answer for who may give it."""

    form_class = AnswerForm
    template_name = "privacy/request.html"
    login_required = True
    submit_label = gettext_lazy("Answer and tell the person")

    def get_queryset(self) -> QuerySet[PrivacyRequest]:
        user = user_of(self.request)
        all_of_them = PrivacyRequest.objects.visible_to(user)
        seen = PrivacyRequest.objects.filter(Q(created_by=user) | Q(pk__in=all_of_them.values("pk")))
        return seen.select_related("person__merged_into", "organisation", "created_by", "answered_by")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.check("privacy.answer_request", self.get_object())
        return super().post(request, *args, **kwargs)

    def get_crumbs(self) -> Sequence[Crumb]:
        if self.object.created_by == self.request.user:
            return crumbs(Crumb(str(self.object)))
        return [Crumb(DESK, reverse("privacy:request-list")), Crumb(str(self.object))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked, user = self.object, self.request.user
        waits = asked.state == RequestState.OPEN
        page = {
            "tone": REQUEST_TONES[asked.state],
            "waits": waits,
            "may_answer": waits and user.has_perm("privacy.answer_request", asked),
            "may_erase": waits
            and asked.kind == RequestKind.ERASURE
            and asked.person is not None
            and user.has_perm("privacy.propose_erasure"),
            "events": [
                {"title": _("Asked") if each.move == "ask" else _("Answered"), "at": each.at, "by": each.by}
                for each in Transition.objects.of(asked).select_related("by")
            ],
        }
        return super().get_context_data(**page | kwargs)

    def act(self, form: Any) -> HttpResponse:
        given = form.cleaned_data
        workflows.answer(self.object, granted=given["granted"], answer=given["answer"], by=user_of(self.request))
        return self.done(_("The answer has been sent."), reverse("privacy:request-list"))
