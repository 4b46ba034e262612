"""The Secretariat records what happened to an organisation as a legal person: first shown, then done as shown."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.forms.legal import DivisionForm, EventForm, RenameForm, TakeoverForm
from committees.workflows.succession import fates, succeed
from members.carried import carried_by
from members.enums import EventKind
from members.models import Organisation
from members.workflows.legal import rename
from temp_portal.accounts.permissions import user_of
from temp_portal.audit.views import MoveFormMixin
from temp_portal.core.forms import add_errors
from temp_portal.core.views import Crumb, ObjectFormView


@dataclass(frozen=True, slots=True)
class Act:
    """An event as a page: its kind, its form, and what page and button say."""

    kind: EventKind
    form: type[EventForm]
    title: str | Promise
    label: str | Promise


ACTS: Final = {
    "rename": Act(
        EventKind.RENAMED, RenameForm, gettext_lazy("The organisation was renamed"), gettext_lazy("Renamed…")
    ),
    "takeover": Act(
        EventKind.MERGED, TakeoverForm, gettext_lazy("The organisation was taken over"), gettext_lazy("Taken over…")
    ),
    "division": Act(
        EventKind.SPLIT, DivisionForm, gettext_lazy("The organisation was divided"), gettext_lazy("Divided…")
    ),
    "dissolution": Act(
        EventKind.DISSOLVED, EventForm, gettext_lazy("The organisation was dissolved"), gettext_lazy("Dissolved…")
    ),
}


class RecordEvent(MoveFormMixin, ObjectFormView[Organisation]):
    """A legal event: `act` in the address says which."""

    template_name = "committees/legal/page.html"
    login_required = True
    rule = "members.record_event"
    submit_label = gettext_lazy("Show what changes")

    @cached_property
    def event(self) -> Act:
        """The event that is recorded."""
        try:
            return ACTS[self.kwargs["act"]]
        except KeyError:
            raise Http404 from None

    def get_queryset(self) -> QuerySet[Organisation]:
        return Organisation.objects.visible_to(self.request.user).unmerged()

    def get_title(self) -> str:
        return str(self.event.title)

    def get_intro(self) -> str:
        return str(self.object)

    def get_back_url(self) -> str:
        return self.object.get_absolute_url()

    def get_crumbs(self) -> Sequence[Crumb]:
        return [
            Crumb(_("Organisations"), reverse("members:organisation-list")),
            Crumb(str(self.object), self.object.get_absolute_url()),
        ]

    def get_form_class(self) -> type[EventForm]:
        return self.event.form

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"organisation": self.object}

    def act(self, form: Any) -> HttpResponse:
        shown = self.preview(form)
        if self.request.POST.get("confirm", "") != shown["fingerprint"]:
            again = "confirm" in self.request.POST
            return self.render_to_response(self.get_context_data(form=form, again=again, **shown))
        try:
            self.record(form)
        except ValidationError as error:
            add_errors(form, error)
            return self.render_to_response(self.get_context_data(form=form, **shown))
        return self.done(_("It has been recorded."), self.get_back_url())

    def record(self, form: Any) -> None:
        by = user_of(self.request)
        if self.event.kind == EventKind.RENAMED:
            rename(self.object, by=by, **form.order())
        else:
            succeed(self.object, by=by, kind=self.event.kind, **form.order())

    def preview(self, form: Any) -> dict[str, Any]:
        """Every seat with what becomes of it, and everything else that hangs on the organisation and stays."""
        renamed = self.event.kind == EventKind.RENAMED
        found = [] if renamed else fates(self.object, form.cleaned_data.get("successor"))
        typed = {name: str(value) for name, value in form.cleaned_data.items()}
        rows = [[each.seat.pk, each.passes, each.has_seat, [office.pk for office in each.offices]] for each in found]
        return {
            "planned": True,
            "renamed": renamed,
            "fates": found,
            "successor": form.cleaned_data.get("successor"),
            "offices_pass": form.cleaned_data.get("offices", False),
            "carried": [each for each in carried_by(self.object) if each.lines],
            "fingerprint": hashlib.sha256(json.dumps([typed, rows], sort_keys=True).encode()).hexdigest(),
        }
