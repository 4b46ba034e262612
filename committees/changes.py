"""What was recorded of a committee's roster lately: each edit, bulk action or import as one, with its way back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from committees.history import value_text
from committees.models import Committee, Position, Seat
from temp_portal.audit.models import Recording, Transition

PAGE: Final = 25
NAMED: Final = 3

#: Particulars that are told; a person is recorded by id.
SHOWN: Final = {
    "functional_role": gettext_lazy("Functional role"),
    "chain_role": gettext_lazy("Chain role"),
    "voting": gettext_lazy("Voting"),
    "suspended": gettext_lazy("Suspended"),
}

KINDS: Final = {
    "admit": gettext_lazy("Admission"),
    "change": pgettext_lazy("noun", "Change"),
    "suspend": gettext_lazy("Suspension"),
    "resume": gettext_lazy("End of a suspension"),
    "resign": gettext_lazy("Resignation"),
    "expel": gettext_lazy("Expulsion"),
    "lapse": gettext_lazy("Lapse"),
    "correct": gettext_lazy("Corrected admission"),
    "reinstate": gettext_lazy("End taken back"),
    "appoint": gettext_lazy("Appointment"),
    "end_appointment": gettext_lazy("End of an appointment"),
    "synchronise": gettext_lazy("Synchronisation with a file"),
    "succeed": gettext_lazy("Taken over, divided or dissolved"),
    "take_back": gettext_lazy("Taken back"),
}


@dataclass(frozen=True, slots=True)
class RecentChange:
    """A recording as the page shows it. `by_now`: what took it back; `hindered`: later acts forbid taking it back."""

    recording: Recording
    what: str
    details: str
    effective_on: Any
    members: Sequence[Any]
    count: int
    by_now: Recording | None
    hindered: bool

    @property
    def rest(self) -> int:
        """How many members are not named."""
        return self.count - len(self.members)

    @property
    def may_be_undone(self) -> bool:
        return self.recording.takes_back_id is None and self.by_now is None and not self.hindered


def recent_changes(committee: Committee, *, before: int | None = None) -> tuple[list[RecentChange], int | None]:
    """The latest recordings (those before the key `before`), newest first, and the key from which the next page goes
    on. Six queries.
    """
    rows = Recording.objects.of(committee).filter(
        Exists(Transition.objects.about(Seat).filter(recording=OuterRef("pk")))
    )
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.select_related("by", "taken_back_by__by").order_by("-pk")[: PAGE + 1])
    page = found[:PAGE]
    return _told(committee, page), page[-1].pk if len(found) > PAGE else None


def _told(committee: Committee, page: Sequence[Recording]) -> list[RecentChange]:
    acts = Transition.objects.about(Seat).filter(recording__in=page)
    first = {act.recording_id: act for act in acts.order_by("recording_id", "id").distinct("recording_id")}
    touched = acts.order_by().values("recording").annotate(seats=ArrayAgg("subject_id", distinct=True))
    seats = dict(touched.values_list("recording", "seats"))
    named = {key for keys in seats.values() for key in keys[:NAMED]}
    members = {seat.pk: seat.organisation for seat in Seat.objects.filter(pk__in=named).select_related("organisation")}
    titles = {position.code: str(position) for position in Position.objects.filter(committee=committee)}
    hindered = _hindered(page)
    return [
        RecentChange(
            recording=each,
            what=str(KINDS.get(each.kind, each.kind)),
            details=" · ".join(filter(None, [*_details(first[each.pk].details, titles), each.note])),
            effective_on=first[each.pk].effective_on,
            members=[members[key] for key in seats[each.pk][:NAMED]],
            count=len(seats[each.pk]),
            by_now=getattr(each, "taken_back_by", None),
            hindered=each.pk in hindered,
        )
        for each in page
    ]


def _details(details: dict[str, Any], titles: dict[str, str]) -> list[str]:
    """What the first act of a recording says: what was set, to which position, by which document."""
    particulars = [
        _("%(field)s: %(value)s") % {"field": SHOWN[name], "value": value_text(name, value)}
        for name, value in details.get("after", {}).items()
        if name in SHOWN
    ]
    return [*particulars, titles.get(details.get("position", ""), ""), details.get("document", "")]


def _hindered(page: Sequence[Recording]) -> set[int]:
    """Recordings that touched a seat on which something else, not taken back, was recorded later."""
    stands = Q(recording__isnull=True) | Q(recording__takes_back__isnull=True, recording__taken_back_by__isnull=True)
    later = (
        Transition.objects.about(Seat)
        .filter(stands, subject_id=OuterRef("subject_id"), pk__gt=OuterRef("pk"))
        .exclude(recording=OuterRef("recording"))
    )
    acts = Transition.objects.about(Seat).filter(recording__in=page)
    return set(acts.filter(Exists(later)).values_list("recording", flat=True))
