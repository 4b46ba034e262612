"""A quarterly update: read, filled in and sent, returned or accepted."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.progress.enums import OPEN, UpdateState
from projects.progress.forms.milestones import WordsForm
from projects.progress.forms.updates import UpdateForm
from projects.progress.models import ProgressUpdate
from projects.progress.workflows import updates
from projects.views.places import InProject
from temp_portal.accounts.models import User
from temp_portal.accounts.permissions import user_of
from temp_portal.audit.models import Transition
from temp_portal.audit.views import MoveFormMixin
from temp_portal.audit.workflow import StateConflict
from temp_portal.core.titles import labelled
from temp_portal.core.views import Crumb, DetailView, ObjectFormView


class OfUpdate(InProject):
    """A page about one quarter's update of the project."""

    object: Any
    login_required = True
    slug_field = "round__quarter"
    slug_url_kwarg = "quarter"

    def get_queryset(self) -> QuerySet[ProgressUpdate]:
        rows = ProgressUpdate.objects.visible_to(self.request.user).filter(project=self.project)
        found: QuerySet[ProgressUpdate] = rows.select_related(
            "round", "project", "saved_by", "submitted_by", "decided_by"
        )
        return found

    def get_title(self) -> str:
        return _("Update for %(quarter)s") % {"quarter": self.object.quarter.label()}

    def get_crumbs(self) -> Sequence[Crumb]:
        progress = reverse("progress:progress", args=[self.project.code])
        return [*super().get_crumbs()[:-1], Crumb(_("Progress"), progress), Crumb(self.get_title())]

    def get_back_url(self) -> str:
        address: str = self.object.get_absolute_url()
        return address


class UpdatePage(OfUpdate, DetailView[ProgressUpdate]):
    """What was reported, and what happened to it."""

    template_name = "projects/progress/update.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, update = user_of(self.request), self.object
        moves = Transition.objects.of(update).select_related("by").order_by("-at", "-pk")
        decides = update.state == UpdateState.SUBMITTED and user.has_perm("progress.decide_update", update)
        texts = ("work_done", "next_steps", "difficulties", "safety")
        page = {
            "texts": [(update._meta.get_field(name).verbose_name, getattr(update, name)) for name in texts],
            "fills_in": update.state in OPEN and user.has_perm("progress.fill_in_update", update),
            "decides": decides,
            "own": decides and update.submitted_by_id == user.pk,
            "documents": update.attached.select_related("document"),
            "changes": update.milestone_changes.select_related("milestone"),
            "events": [_event(move) for move in moves],
        }
        return super().get_context_data(**page | kwargs)


def _event(move: Transition) -> dict[str, Any]:
    title = UpdateState(move.to_state).label.capitalize()
    return {"title": title, "by": move.by or "", "at": move.at, "quote": move.reason}


class UpdateAction(MoveFormMixin, OfUpdate, ObjectFormView[ProgressUpdate]):
    """A form about the update."""

    def get_crumbs(self) -> Sequence[Crumb]:
        own = Crumb(OfUpdate.get_title(self), self.get_back_url())
        return [*super().get_crumbs()[:-1], own, Crumb(self.get_title())]

    def get_intro(self) -> str:
        return labelled(self.project.title, OfUpdate.get_title(self))


class FillIn(UpdateAction):
    """The whole update on one page, saved as it is filled in; sending checks that it is complete."""

    template_name = "projects/progress/fill_in.html"
    form_class = UpdateForm
    rule = "progress.fill_in_update"
    submit_label = gettext_lazy("Save the draft")

    def get_title(self) -> str:
        return _("Fill in the update")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """An update that is out of the lead's hands is read, not filled in."""
        page = super().get(request, *args, **kwargs)
        return page if self.object.state in OPEN else HttpResponseRedirect(self.get_back_url())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.headers.get("X-Requested-With") != "XMLHttpRequest":
            return super().post(request, *args, **kwargs)
        self.object = self.get_object()
        return self.autosave(self.get_form())

    def autosave(self, form: Any) -> JsonResponse:
        """Keep what was typed so far (see autosave.js); 422 when something is not valid, 409 when it is too late."""
        if not form.is_valid():
            return JsonResponse({"errors": form.errors}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        version, user = form.cleaned_data["_version"], user_of(self.request)
        try:
            saved = updates.save(self.object, form.answers(), by=user, version=version)
        except updates.Stale:
            return JsonResponse({"theirs": ["_version"]}, status=HTTPStatus.CONFLICT)
        except StateConflict as conflict:
            return JsonResponse({"error": conflict.message()}, status=HTTPStatus.CONFLICT)
        return JsonResponse(
            {"version": saved.version, "saved_at": timezone.localtime(saved.saved_at).strftime("%H:%M")}
        )

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"update": self.object}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = {
            "document_url": reverse("progress:document-new", args=[self.project.code]),
            "saved": {"at": self.object.saved_at, "by": self.object.saved_by},
        }
        return super().get_context_data(**page | kwargs)

    def act(self, form: Any) -> HttpResponse:
        user, sending = user_of(self.request), "send" in self.request.POST
        try:
            self._keep(form, user, sending=sending)
        except updates.Stale as stale:
            # Whoever saves again after the warning has compared.
            form.data = form.data.copy()
            form.data["_version"] = str(stale.version)
            raise
        if sending:
            return self.done(_("The update has been sent."), self.get_back_url())
        return self.done(_("The draft has been saved. Nobody else is told yet."), self.request.path)

    @transaction.atomic
    def _keep(self, form: Any, user: User, *, sending: bool) -> None:
        updates.save(self.object, form.answers(), by=user, version=form.cleaned_data["_version"])
        if sending:
            updates.submit(self.object, by=user)


class Return(UpdateAction):
    form_class = WordsForm
    rule = "progress.decide_update"
    submit_label = gettext_lazy("Return the update")

    def get_title(self) -> str:
        return _("Return the update")

    def act(self, form: Any) -> HttpResponse:
        updates.return_(self.object, by=user_of(self.request), note=form.cleaned_data["note"])
        return self.done(_("The update has been returned, and the lead enterprise is told."), self.get_back_url())


class Accept(UpdateAction):
    form_class = Form
    rule = "progress.decide_update"
    submit_label = gettext_lazy("Accept the update")

    def get_title(self) -> str:
        return _("Accept the update")

    def act(self, _form: Any) -> HttpResponse:
        updates.accept(self.object, by=user_of(self.request))
        return self.done(_("The update has been accepted."), self.get_back_url())
