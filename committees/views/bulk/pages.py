"""One thing done to many members: chosen on the roster, shown row by row, confirmed by exact number.

The chosen rows travel in the form, each with its version, so that what is done is what was shown.
"""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from http import HTTPStatus
from typing import Any, Final, Generic, Self, TypeVar
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from committees.forms.bulk import FORMS, BulkForm, MessageForm
from committees.models import SeatPeriod
from committees.views.bulk.actions import ACTIONS, Action
from committees.views.committee import RosterPage
from committees.views.places import InCommittee
from committees.workflows import bulk
from committees.workflows.bulk import BULK_JOB, Change, RowsChanged, Step
from committees.workflows.bulk.rows import Row, changes, load, tell
from committees.workflows.messages import Addressed, addressed, send
from temp_portal.accounts.permissions import user_of
from temp_portal.audit.models import Recording
from temp_portal.core.forms import add_errors
from temp_portal.core.lists.bulk import MAX_PICKS, selection
from temp_portal.core.views import Crumb, TemplateView
from temp_portal.jobs import workflows as jobs

T = TypeVar("T")

#: Rows that a page lists at once.
LISTED: Final = 200
#: What the names of the buttons begin with that turn a page.
TURN: Final = "turn-"
#: A change of more rows is a job's work.
AT_ONCE: Final = 500
_ROW: Final = re.compile(r"(\d{1,18}):([\d.]{1,400})")


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    """Rows that share their fate, page by page: those of the page, how many there are, and the field that turns it."""

    shown: Sequence[T]
    count: int
    turn: str
    page: int

    @classmethod
    def of(cls, rows: Sequence[T], name: str, request: HttpRequest) -> Self:
        """The page of the rows that the request asks for by `turn-<name>`."""
        turn = f"{TURN}{name}"
        asked = request.POST.get(turn, "")
        page = min(int(asked) if re.fullmatch(r"[1-9]\d{0,5}", asked) else 1, max(-(-len(rows) // LISTED), 1))
        return cls(rows[(page - 1) * LISTED : page * LISTED], len(rows), turn, page)

    @property
    def first(self) -> int:
        """Number of the first row of the page."""
        return (self.page - 1) * LISTED + 1

    @property
    def last(self) -> int:
        """Number of the last row of the page."""
        return self.first + len(self.shown) - 1

    @property
    def is_paged(self) -> bool:
        return self.count > LISTED

    @property
    def earlier(self) -> int:
        """The page before, 0 on the first."""
        return self.page - 1

    @property
    def later(self) -> int:
        """The page after, 0 on the last."""
        return self.page + 1 if self.last < self.count else 0


def turns_a_page(request: HttpRequest) -> bool:
    """Whether the form was sent to see other rows, and for nothing else."""
    return any(name.startswith(TURN) for name in request.POST)


class OnSelection(InCommittee, TemplateView):
    """A page about rows that were chosen on the roster; it is reached by posting them."""

    for_officers = True
    login_required = True
    rule = "committees.keep_roster"
    template_name = "committees/bulk/page.html"

    def get(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Opened without rows: choose some."""
        return HttpResponseRedirect(self.roster_url)

    @cached_property
    def roster(self) -> RosterPage:
        """The list that the rows come from, with its filters."""
        page = RosterPage()
        page.setup(self.request, *self.args, **self.kwargs)
        return page

    @cached_property
    def roster_url(self) -> str:
        """Its address, as it was narrowed."""
        query = self.request.GET.urlencode()
        return reverse("committees:roster", args=[self.committee.slug]) + (f"?{query}" if query else "")

    @cached_property
    def shown(self) -> dict[int, str]:
        """The rows that the page showed, by key of the seat, with their versions."""
        found = (_ROW.fullmatch(part) for part in self.request.POST.get("rows", "").split())
        return {int(match[1]): match[2] for match in found if match}

    @cached_property
    def rows(self) -> list[Row]:
        """The chosen rows as they are recorded now."""
        chosen = list(self.shown) if "rows" in self.request.POST else self.picked_seats()
        return load(self.committee, chosen)

    def picked_seats(self) -> list[int]:
        return list(self.roster.get_selection().rows.values_list("seat_id", flat=True))

    def lost(self) -> list[str]:
        """Members whose row was picked, but is not on this roster any more: it was changed in the meantime."""
        if "rows" in self.request.POST or self.request.POST.get("all") == "1":
            return []
        picks = [int(pick) for pick in self.request.POST.getlist("pick")[:MAX_PICKS] if re.fullmatch(r"\d{1,18}", pick)]
        gone = SeatPeriod.objects.filter(pk__in=picks, seat__committee=self.committee).exclude(
            seat__in=[row.seat.pk for row in self.rows]
        )
        return [str(period.seat.organisation) for period in gone.select_related("seat__organisation")]

    def nothing_chosen(self) -> HttpResponse:
        messages.error(self.request, _("No row was chosen, or the rows have changed in the meantime. Choose again."))
        return HttpResponseRedirect(self.roster_url)

    def get_places(self) -> tuple[()]:
        return ()

    def get_crumbs(self) -> Sequence[Crumb]:
        return [*self.roster.get_crumbs()[:-1], Crumb(_("Roster"), self.roster_url), Crumb(self.get_title())]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = {
            "back_url": self.roster_url,
            "rows": " ".join(f"{row.seat.pk}:{row.version}" for row in self.rows),
            "count": len(self.rows),
            "lost": self.lost(),
        }
        return super().get_context_data(**page | kwargs)


class BulkChange(OnSelection):
    """Change, appoint, suspend or end: `act` in the address says which."""

    @cached_property
    def action(self) -> Action:
        try:
            return ACTIONS[self.kwargs["act"]]
        except KeyError:
            raise Http404 from None

    @property
    def form_class(self) -> type[BulkForm]:
        try:
            return FORMS[self.kwargs["act"]]
        except KeyError:
            raise Http404 from None

    def get_title(self) -> str:
        return str(self.action.title)

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        form_class = self.form_class
        if not self.rows:
            return self.nothing_chosen()
        if "rows" not in request.POST:
            return self.show(form_class(committee=self.committee))
        form = form_class(request.POST, committee=self.committee)
        if not form.is_valid():
            # Who only turns a page of the chosen rows has not said anything yet.
            typed = form_class(initial=request.POST.dict(), committee=self.committee)
            return self.show(typed if turns_a_page(request) else form)
        return self.answer(form)

    def answer(self, form: Any) -> HttpResponse:
        """The preview, or what it promised."""
        try:
            steps = bulk.prepare(form.order(), self.committee, list(self.shown))
            if "confirm" in self.request.POST:
                return self.confirmed(form, steps)
        except RowsChanged as refusal:
            return self.show(form, steps, told=refusal.told, status=HTTPStatus.CONFLICT)
        except ValidationError as error:
            add_errors(form, error)
            return self.show(form)
        return self.show(form, steps)

    def confirmed(self, form: Any, steps: list[Step]) -> HttpResponse:
        if changed := [step.row for step in steps if step.row.version != self.shown[step.row.seat.pk]]:
            raise RowsChanged(tell(changed))
        if self.request.POST["confirm"] != fingerprint(form, steps):
            return self.show(form, steps, again=True)
        if len(self.shown) > AT_ONCE:
            return self.given_to_a_job(form, len(changes(steps)))
        recording = bulk.perform(
            form.order(),
            self.committee,
            by=user_of(self.request),
            shown=self.shown,
            promised=len(changes(steps)),
        )
        return self.done(recording, len(changes(steps)))

    def given_to_a_job(self, form: BulkForm, promised: int) -> HttpResponse:
        """A worker writes many rows and checks everything again; the page of its job tells what came of it."""
        params = {
            "committee": self.committee.pk,
            "act": self.kwargs["act"],
            "typed": {name: self.request.POST.get(name, "") for name in form.fields},
            "shown": self.shown,
            "promised": promised,
        }
        title = f"{self.committee}: {self.action.confirm(promised)}"
        job = jobs.start(BULK_JOB, params, by=user_of(self.request), title=title, key=self.request.POST["confirm"])
        return HttpResponseRedirect(job.get_absolute_url())

    def done(self, recording: Recording, count: int) -> HttpResponse:
        """Back to the list, with the way back."""
        text = ngettext("Recorded for %(count)s member.", "Recorded for %(count)s members.", count)
        undo = reverse("committees:change-undo", args=[self.committee.slug, recording.pk])
        messages.success(self.request, text % {"count": count}, extra_tags=undo)
        return HttpResponseRedirect(self.roster_url)

    def show(self, form: Any, steps: list[Step] | None = None, *, status: int = 200, **said: Any) -> HttpResponse:
        page = {"form": form, "danger": self.action.danger, "planned": steps is not None}
        if steps is None:
            page["chosen"] = Part.of(self.rows, "chosen", self.request)
        else:
            # What was read for the plan is what is shown and what travels on.
            self.rows = [step.row for step in steps]
            page |= self.plan(form, steps)
        return self.render_to_response(self.get_context_data(**page | said), status=status)

    def plan(self, form: Any, steps: list[Step]) -> dict[str, Any]:
        parts = {
            change.value: Part.of([step for step in steps if step.change is change], change.value, self.request)
            for change in Change
        }
        number = parts[Change.CHANGED].count
        return {
            "parts": parts,
            "confirm_label": self.action.confirm(number) if number else "",
            "fingerprint": fingerprint(form, steps),
        }


def fingerprint(form: Any, steps: Sequence[Step]) -> str:
    """Stands for everything that the preview showed: what was typed, and what it makes of every row."""
    typed = {name: str(value) for name, value in form.cleaned_data.items()}
    rows = [[step.row.seat.pk, step.row.version, step.change, step.before, step.after] for step in steps]
    return hashlib.sha256(json.dumps([typed, rows], sort_keys=True).encode()).hexdigest()


class BulkMessage(OnSelection):
    """A message to those who act for the chosen members in the portal."""

    template_name = "committees/bulk/message.html"

    def get_title(self) -> str:
        return _("Write to members")

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        if not self.rows:
            return self.nothing_chosen()
        is_sent = "rows" in request.POST and not turns_a_page(request)
        form = MessageForm(request.POST if is_sent else None, initial={"key": uuid4()} | request.POST.dict())
        addresses = addressed([row.seat for row in self.rows])
        if form.is_bound and form.is_valid() and any(each.accounts for each in addresses):
            return self.sent(form.cleaned_data, addresses)
        page = {
            "form": form,
            "reached": Part.of([each for each in addresses if each.accounts], "reached", request),
            "unreached": Part.of([each for each in addresses if not each.accounts], "unreached", request),
        }
        return self.render_to_response(self.get_context_data(**page))

    def sent(self, data: dict[str, Any], addresses: Sequence[Addressed]) -> HttpResponse:
        count = send(
            self.committee,
            addresses,
            by=user_of(self.request),
            title=data["title"],
            text=data["text"],
            key=str(data["key"]),
        )
        text = ngettext("The message went to %(count)s account.", "The message went to %(count)s accounts.", count)
        messages.success(self.request, text % {"count": count})
        return HttpResponseRedirect(self.roster_url)


class BulkExport(RosterPage):
    """The chosen rows as a file, in the order and with the columns on screen."""

    http_method_names = ["post"]

    def get_matching(self) -> QuerySet[SeatPeriod]:
        return selection(self.request, super().get_matching()).rows

    def post(self, request: HttpRequest, *_args: Any, fmt: str, **_kwargs: Any) -> HttpResponseBase:
        return self.get(request, fmt=fmt)
