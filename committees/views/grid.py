"""The cells of a roster, edited in place. `workflows.cells` writes them; `static/js/grid.js` sends them."""

from collections.abc import Iterable
from functools import cached_property
from http import HTTPStatus
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from committees.as_of import AsOf
from committees.forms.cells import CELLS, CellForm, OptionsForm, PasteForm
from committees.history import seat_events
from committees.models import Committee, Seat
from committees.pasting import Line, check, edits, read
from committees.views.committee import RosterPage
from committees.workflows.cells import RowChanged, RowsRefused, write, write_all
from committees.workflows.takeback import take_back
from temp_portal.accounts.permissions import user_of
from temp_portal.audit.models import Recording
from temp_portal.core.forms import add_errors
from temp_portal.core.markup import date_text, moment_text, number


class OfRows(RosterPage):
    """Something about rows of today's roster, with the columns that the page's address names.

    Answers are pieces of the page: the rows as they are recorded now, and what is to be said about them.
    """

    rule = "committees.keep_roster"
    http_method_names = ["post"]

    @cached_property
    def as_of(self) -> AsOf:
        return AsOf(timezone.localdate())

    def answer(self, seats: Iterable[int], status: int = HTTPStatus.OK, **said: Any) -> HttpResponse:
        """The rows, and what is said: `saved` with `undo_url`, the refusals of a `form`, or a `conflict`."""
        rows: Any = self.get_queryset()
        page = {"rows": self.render_rows(list(rows.on(self.as_of.day).filter(seat__in=seats)))}
        return render(self.request, "committees/grid/answer.html", page | said, status=status)

    def answer_with_undo(self, seats: Iterable[int], recorded: Recording, message: str) -> HttpResponse:
        """The rows as they are now, and the way back."""
        undo = reverse("committees:roster-undo", args=[self.committee.slug, recorded.pk])
        return self.answer(seats, saved=message, undo_url=undo)


class Cell(OfRows):
    """What a cell can be set to (GET `?field=`), and its new value (POST)."""

    http_method_names = ["get", "post"]

    @cached_property
    def seat(self) -> Seat:
        """The row's seat; 404 for one of another committee."""
        rows = Seat.objects.filter(committee=self.committee)
        found: Seat = get_object_or_404(
            rows.select_related("committee", "organisation", "representative"), pk=self.kwargs["pk"]
        )
        return found

    def get(self, _request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        field = self.request.GET.get("field", "")
        if field not in CELLS:
            raise Http404
        return render(self.request, "committees/grid/options.html", {"form": OptionsForm(field, self.seat)})

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        row = [self.seat.pk]
        form = CellForm(request.POST, seat=self.seat)
        if not form.is_valid():
            return self.answer(row, HTTPStatus.UNPROCESSABLE_ENTITY, form=form)
        values = dict(form.cleaned_data)
        seen = values.pop("version")
        try:
            recorded = write(self.seat, by=user_of(request), seen=seen, **values)
        except RowChanged:
            return self.answer(row, HTTPStatus.CONFLICT, conflict=self.who_was_faster())
        except ValidationError as error:
            add_errors(form, error)
            return self.answer(row, HTTPStatus.UNPROCESSABLE_ENTITY, form=form)
        if recorded is None:
            return self.answer(row)
        return self.answer_with_undo(
            row, recorded, _("Saved, from %(day)s.") % {"day": date_text(values["effective_on"])}
        )

    def who_was_faster(self) -> str:
        """What was recorded about the seat last, and by whom."""
        last = seat_events(self.seat)[0]
        told = {"who": last.by, "when": moment_text(last.at), "what": last.title, "details": last.quote}
        if last.quote:
            return _("%(who)s, %(when)s: %(what)s (%(details)s).") % told
        return _("%(who)s, %(when)s: %(what)s.") % told


class Undo(OfRows):
    """Take back what was saved a moment ago."""

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        of_committee = {"subject_type": Committee._meta.label_lower, "subject_id": self.committee.pk}
        recorded = get_object_or_404(Recording, pk=self.kwargs["pk"], **of_committee)
        seats = list(recorded.transitions.about(Seat).values_list("subject_id", flat=True))
        try:
            take_back(recorded, by=user_of(request))
        except ValidationError as error:
            return self.answer(seats, HTTPStatus.CONFLICT, refused=error.messages)
        return self.answer(seats, saved=_("Taken back."))


class Paste(OfRows):
    """Cells out of a spreadsheet: what they would change, then (POST `save=1`) the change, as one recording."""

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        form = PasteForm(request.POST)
        if not form.is_valid():
            return self.answer([], HTTPStatus.UNPROCESSABLE_ENTITY, form=form)
        terms = dict(form.cleaned_data) | {"by": user_of(request)}
        lines = read(self.committee, terms.pop("cells"))
        check(self.committee, lines, **terms)
        if request.POST.get("save") == "1":
            try:
                return self.write_lines([line for line in lines if line.will_change], **terms)
            except RowsRefused:
                check(self.committee, lines, **terms)  # somebody was faster: it is shown once more
        changing = sum(line.will_change for line in lines)
        page = {"lines": lines, "changing": changing, "day": terms["effective_on"]}
        return render(request, "committees/grid/paste.html", page)

    def write_lines(self, lines: list[Line], **terms: Any) -> HttpResponse:
        """Write what was shown."""
        if not lines:
            return self.answer([])
        recorded = write_all(self.committee, edits(lines), **terms)
        message = ngettext("%(count)s cell saved.", "%(count)s cells saved.", len(lines))
        return self.answer_with_undo(
            {line.cell.seat for line in lines}, recorded, message % {"count": number(len(lines))}
        )
