"""The cells of a roster, edited in place. `workflows.cells` writes them; `static/js/grid.js` sends them."""

from functools import cached_property
from http import HTTPStatus
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from committees.as_of import AsOf
from committees.forms.cells import CELLS, CellForm, OptionsForm
from committees.history import seat_events
from committees.models import Committee, Seat, SeatPeriod
from committees.views.committee import RosterPage
from committees.workflows.cells import RowChanged, write
from committees.workflows.takeback import take_back
from temp_portal.accounts.permissions import user_of
from temp_portal.audit.models import Recording
from temp_portal.core.forms import add_errors
from temp_portal.core.markup import date_text, moment_text


class OfRow(RosterPage):
    """Something about one row of today's roster, with the columns that the page's address names.

    Answers are pieces of the page: the row as it is recorded now, and what is to be said about it.
    """

    rule = "committees.keep_roster"

    @cached_property
    def as_of(self) -> AsOf:
        return AsOf(timezone.localdate())

    @cached_property
    def seat(self) -> Seat:
        """The row's seat; 404 for one of another committee."""
        rows = Seat.objects.filter(committee=self.committee)
        found: Seat = get_object_or_404(
            rows.select_related("committee", "organisation", "representative"), pk=self.kwargs["pk"]
        )
        return found

    def answer(self, status: int = HTTPStatus.OK, **said: Any) -> HttpResponse:
        """The row, and what is said: `saved` with `undo_url`, the refusals of a `form`, or a `conflict`."""
        rows: Any = self.get_queryset()
        period: SeatPeriod | None = rows.on(self.as_of.day).filter(seat=self.seat).first()
        row = self.render_rows([period]) if period else ""
        return render(self.request, "committees/grid/answer.html", {"row": row, **said}, status=status)


class Cell(OfRow):
    """What a cell can be set to (GET `?field=`), and its new value (POST)."""

    def get(self, _request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        field = self.request.GET.get("field", "")
        if field not in CELLS:
            raise Http404
        return render(self.request, "committees/grid/options.html", {"form": OptionsForm(field, self.seat)})

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        form = CellForm(request.POST, seat=self.seat)
        if not form.is_valid():
            return self.answer(HTTPStatus.UNPROCESSABLE_ENTITY, form=form)
        values = dict(form.cleaned_data)
        seen = values.pop("version")
        try:
            recorded = write(self.seat, by=user_of(request), seen=seen, **values)
        except RowChanged:
            return self.answer(HTTPStatus.CONFLICT, conflict=self.who_was_faster())
        except ValidationError as error:
            add_errors(form, error)
            return self.answer(HTTPStatus.UNPROCESSABLE_ENTITY, form=form)
        if recorded is None:
            return self.answer()
        saved = _("Saved, from %(day)s.") % {"day": date_text(values["effective_on"])}
        undo = reverse("committees:cell-undo", args=[self.committee.slug, self.seat.pk, recorded.pk])
        return self.answer(saved=saved, undo_url=undo)

    def who_was_faster(self) -> str:
        """What was recorded about the seat last, and by whom."""
        last = seat_events(self.seat)[0]
        told = {"who": last.by, "when": moment_text(last.at), "what": last.title, "details": last.quote}
        if last.quote:
            return _("%(who)s, %(when)s: %(what)s (%(details)s).") % told
        return _("%(who)s, %(when)s: %(what)s.") % told


class UndoCell(OfRow):
    """Take back what was saved a moment ago."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        of_committee = {"subject_type": Committee._meta.label_lower, "subject_id": self.committee.pk}
        recording = get_object_or_404(Recording, pk=self.kwargs["recording"], **of_committee)
        try:
            take_back(recording, by=user_of(request))
        except ValidationError as error:
            return self.answer(HTTPStatus.CONFLICT, refused=error.messages)
        return self.answer(saved=_("Taken back."))
