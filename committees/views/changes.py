"""What was recorded of a roster lately, and its way back."""

import re
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic.base import View

from committees.changes import recent_changes
from committees.models import Synchronisation
from committees.views.places import InCommittee
from committees.workflows import synchronisation, takeback
from temp_portal.accounts.models import User
from temp_portal.accounts.permissions import user_of
from temp_portal.audit.models import Recording
from temp_portal.audit.workflow import StateConflict
from temp_portal.core.views import Crumb, TemplateView


class OfChanges(InCommittee):
    for_officers = True
    login_required = True
    place = "roster"
    title = gettext_lazy("Recent changes of the roster")

    def get_changes_url(self) -> str:
        return reverse("committees:changes", args=[self.committee.slug])


class Changes(OfChanges, TemplateView):
    """Each edit, bulk action and import with who, when and what; whoever keeps the roster takes it back here."""

    template_name = "committees/changes.html"

    def get_crumbs(self) -> Sequence[Crumb]:
        return [
            Crumb(_("Committees"), reverse("committees:catalogue")),
            Crumb(str(self.committee), self.committee.get_absolute_url()),
            Crumb(_("Roster"), reverse("committees:roster", args=[self.committee.slug])),
            Crumb(_("Recent changes")),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        typed = self.request.GET.get("before", "")
        before = int(typed) if re.fullmatch(r"\d{1,18}", typed) else None
        changes, older = recent_changes(self.committee, before=before)
        page = {
            "changes": changes,
            "older": older,
            "may_undo": self.request.user.has_perm("committees.keep_roster", self.committee),
        }
        return super().get_context_data(**page | kwargs)


class UndoChange(OfChanges, View):
    """Take one recording back."""

    rule = "committees.keep_roster"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        recording = get_object_or_404(Recording.objects.of(self.committee), pk=self.kwargs["pk"])
        try:
            _take_back(recording, by=user_of(request))
        except StateConflict as conflict:
            messages.error(request, conflict.message())
        except ValidationError as error:
            for message in error.messages:
                messages.error(request, message)
        else:
            messages.success(request, _("Taken back. The roster is as it was before."))
        return HttpResponseRedirect(self.get_changes_url())


def _take_back(recording: Recording, *, by: User) -> None:
    """A file that was applied has a state of its own, which goes back with what it changed."""
    file = Synchronisation.objects.filter(recording=recording).first()
    if file is None:
        takeback.take_back(recording, by=by)
    else:
        synchronisation.take_back(file, by=by, reason="")
