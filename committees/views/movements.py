"""What changed on a committee's roster between two days."""

from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.columns.movements import MOVEMENTS
from committees.enums import MovementKind
from committees.files.movements import MOVEMENT_FILES
from committees.filters.movements import MovementFilter
from committees.forms.spans import FIRST, LAST, SpanForm, shortcuts
from committees.models import Seat, SeatPeriod
from committees.movements import Balance, Movement, Span, balance_of, movements
from committees.views.places import InCommittee
from temp_portal.core.lists import Empty, MemoryListView
from temp_portal.core.views import Crumb


class MovementsPage(InCommittee, MemoryListView):
    """Who joined, left, moved, was reclassified or took an office, and what was corrected meanwhile."""

    template_name = "committees/movements.html"
    columns = MOVEMENTS
    formats = MOVEMENT_FILES
    filterset_class = MovementFilter
    default_sort = "-day"
    empty = Empty(gettext_lazy("Nothing changed on the roster between these days."))
    login_required = True
    for_officers = True
    place = "movements"

    def get_title(self) -> str:
        return _("What changed in %(committee)s") % {"committee": self.committee}

    def get_crumbs(self) -> Sequence[Crumb]:
        return [
            Crumb(_("Committees"), reverse("committees:catalogue")),
            Crumb(str(self.committee), self.committee.get_absolute_url()),
            Crumb(_("Roster"), reverse("committees:roster", args=[self.committee.slug])),
            Crumb(_("What changed")),
        ]

    def get_filename(self) -> str:
        return f"{self.committee.slug}-{self.span.first.isoformat()}-{self.span.last.isoformat()}"

    @cached_property
    def span_form(self) -> SpanForm:
        return SpanForm(self.request.GET)

    @cached_property
    def span(self) -> Span:
        """The days that are compared."""
        return self.span_form.span

    @cached_property
    def everything(self) -> list[Movement]:
        """All that changed, whatever the filter."""
        return movements(Seat.objects.filter(committee=self.committee), self.span)

    @cached_property
    def balance(self) -> Balance:
        """The membership at both ends."""
        return balance_of(self.committee, self.span)

    def get_queryset(self) -> QuerySet[SeatPeriod]:
        return SeatPeriod.objects.none()

    def get_rows(self) -> list[Movement]:
        kinds = self.filterset.form.cleaned_data.get("kind")
        return [each for each in self.everything if each.kind in kinds] if kinds else self.everything

    def counts(self) -> list[tuple[MovementKind, int, str]]:
        """(kind, how many, address of its rows) of every kind, zeros included."""
        numbers = Counter(each.kind for each in self.everything)
        return [(kind, numbers[kind], self.state.url(kind=kind.value)) for kind in MovementKind]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = {
            "span": self.span,
            "span_form": self.span_form,
            "balance": self.balance,
            "counts": self.counts(),
            "urls": {kind.value: url for kind, _number, url in self.counts()},
            "shortcuts": shortcuts(),
            "kept_for_span": self.state.kept([FIRST, LAST]),
            "has_errors": not self.span_form.is_valid(),
        }
        return super().get_context_data(**page) | page | kwargs
