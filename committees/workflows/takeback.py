"""Take back what one recording did to a roster, however many seats it touched.

Facts are never deleted: those which the recording wrote are superseded, those which it superseded are written again,
and the seats are brought in line. Reports with a cut-off in between keep their figures.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.contrib.postgres.fields import DateRangeField
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Exists, Func, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Lower, Upper
from django.utils import timezone
from django.utils.translation import gettext as _

from committees.models import Application, Appointment, Committee, Position, Seat, SeatPeriod
from committees.workflows import appointments, seats
from committees.workflows.guards import explained, lock, refuse_read_only
from committees.workflows.recordings import begin
from committees.workflows.telling import KINDS, tell
from committees.workflows.trail import ANNULLED, seat_transition
from members.models import Organisation
from members.workflows import take_back_of_organisations
from temp_portal.audit.models import Recording, Transition
from temp_portal.core.db import DateRange

if TYPE_CHECKING:
    from temp_portal.accounts.models import User

F = TypeVar("F", SeatPeriod, Appointment)
TAKE_BACK = "take_back"
#: Recordings that are a part of an election only: term and state of the committee belong to it.
ELECTIONS = ("re_elect", "elect")
NAMED_AT_MOST = 3


@transaction.atomic
def take_back(recording: Recording, *, by: "User", reason: str = "") -> Recording:
    """Undo the recording as a whole, in a fixed number of statements; returns the recording of the undoing.

    Refused, naming the seats and who, when one of them was changed since, and when what would come back has no place
    any more. A later change that was taken back itself is no hindrance.
    """
    committee = lock(Committee.objects.get(pk=recording.subject_id))
    if not by.has_perm("committees.keep_roster", committee):
        raise PermissionDenied
    _refuse_second(recording)
    if recording.kind in ELECTIONS:
        raise ValidationError(_("An election is not taken back: the term has begun. Correct single offices instead."))
    acts = list(recording.transitions.about(Seat).order_by("id"))
    if not acts and not recording.transitions.about(Organisation).exists():
        raise ValidationError(_("Nothing was changed on the roster, so there is nothing to take back."))
    rows = _checked(recording, committee, acts)
    with explained(Recording):
        within = begin(committee, TAKE_BACK, by=by, note=reason, takes_back=recording)
    if rows:
        _restore(recording, acts, rows, by=by, reason=reason, within=within)
    # A seat that was never held does not keep an organisation in the register.
    annulled: dict[type[Model], Q] = {Seat: Q(valid__isempty=True)}
    take_back_of_organisations(recording, by=by, reason=reason, within=within, passed_over=annulled)
    return within


def _checked(recording: Recording, committee: Committee, acts: Sequence[Transition]) -> list[Seat]:
    """The seats that it touched, locked; refused when one of them cannot become again what it was."""
    for day in {act.effective_on for act in acts}:
        refuse_read_only(committee, day)
    rows = _locked({act.subject_id for act in acts})
    _refuse_changed_since(recording, rows)
    _refuse_decided(acts)
    return rows


def _restore(recording: Recording, acts: Sequence[Transition], rows: Sequence[Seat], **record: Any) -> None:
    """Bring the seats back to what they were; `record`: by whom, why, and within which recording."""
    periods = _reversal(SeatPeriod, seats.CONTENT, recording, rows)
    offices = _reversal(Appointment, appointments.CONTENT, recording, rows)
    positions = _lock_offices(offices)
    _write(SeatPeriod, periods, seats.CONTENT, **record)
    _write(Appointment, offices, appointments.CONTENT, **record)
    appointments.refuse_overfull(positions.values(), min(act.effective_on for act in acts))
    _bring_in_line(rows)
    Transition.objects.bulk_create(_trail(acts, rows, **record))
    undone = {act.subject_id for act in acts if act.move in KINDS}
    told = [row for row in rows if row.pk in undone]
    tell(TAKE_BACK, told, effective_on=min(act.effective_on for act in acts), reason=record["reason"])


def taken_back(recording: Recording) -> Recording | None:
    """The recording that took this one back, if one did."""
    found: Recording | None = Recording.objects.filter(takes_back=recording).select_related("by").first()
    return found


def _refuse_second(recording: Recording) -> None:
    if recording.takes_back_id is not None:
        raise ValidationError(_("This took something back: record it again instead of taking that back."))
    if earlier := taken_back(recording):
        message = _("%(who)s has taken this back already, on %(when)s.")
        raise ValidationError(message % {"who": _who(earlier.by), "when": _moment(earlier.at)})


def _locked(ids: Collection[int]) -> list[Seat]:
    rows = Seat.objects.select_for_update(of=("self",)).filter(pk__in=ids).select_related("organisation")
    found = list(rows.order_by("pk"))
    # Whoever merges one of the organisations meanwhile waits here, or is waited for.
    theirs = Organisation.objects.filter(pk__in={row.organisation_id for row in found}).order_by("pk")
    list(theirs.select_for_update(of=("self",), no_key=True).values_list("pk"))
    return found


def _refuse_changed_since(recording: Recording, rows: Sequence[Seat]) -> None:
    """The last act on each seat must be of this recording, leaving out what was taken back meanwhile."""
    stands = Q(recording__takes_back__isnull=True, recording__taken_back_by__isnull=True)
    last = (
        Transition.objects.about(Seat)
        .filter(Q(recording__isnull=True) | stands, subject_id__in=[row.pk for row in rows])
        .order_by("subject_id", "-id")
        .distinct("subject_id")
        .select_related("by")
    )
    later = {act.subject_id: (act.by, act.at) for act in last if act.recording_id != recording.pk}
    if later:
        raise _changed_since(rows, later)


def _changed_since(rows: Sequence[Seat], later: dict[int, tuple[Any, datetime | None]]) -> ValidationError:
    """The refusal; `later` tells who changed a seat, and when."""
    told = [
        _("%(member)s (%(who)s, %(when)s)")
        % {"member": row.organisation, "who": _who(later[row.pk][0]), "when": _moment(later[row.pk][1])}
        for row in rows
        if row.pk in later
    ]
    names = ", ".join(told[:NAMED_AT_MOST]) + (" …" if len(told) > NAMED_AT_MOST else "")
    message = _("This cannot be taken back: something was recorded since. Take that back first: %(seats)s")
    return ValidationError(message % {"seats": names})


def _refuse_decided(acts: Sequence[Transition]) -> None:
    """A seat given by the decision on an application is no slip of the roster."""
    admitted = {act.subject_id for act in acts if act.move == "admit"}
    decided = Application.objects.filter(seat__in=admitted).select_related("organisation").first()
    if decided is not None:
        message = _("%(member)s was admitted on application %(number)s. End the membership instead.")
        raise ValidationError(message % {"member": decided.organisation, "number": decided.number})


@dataclass(frozen=True)
class _Reversal(Generic[F]):
    """Of one kind of fact: those to be superseded, and those to be written again."""

    wrong: list[F]
    lost: list[F]


def _reversal(model: type[F], content: Sequence[str], recording: Recording, rows: Sequence[Seat]) -> _Reversal[F]:
    """What the recording left and what it removed.

    A fact that it wrote may have been superseded by a later change and written again when that one was taken back: the
    present fact of the same content stands for it.
    """
    touched = Q(superseded_at__isnull=True) | Q(recorded_in=recording) | Q(superseded_in=recording)
    facts = list(model.objects.filter(touched, seat__in=rows).order_by("pk"))
    present = {_content(fact, content): fact for fact in facts if fact.superseded_at is None}
    wrote = [fact for fact in facts if fact.recorded_in_id == recording.pk and fact.superseded_in_id != recording.pk]
    wrong = [(fact, present.get(_content(fact, content))) for fact in wrote]
    if gone := {fact.seat_id: (fact.superseded_by, fact.superseded_at) for fact, now in wrong if now is None}:
        raise _changed_since(rows, gone)
    return _Reversal(
        wrong=[now for _fact, now in wrong if now is not None],
        lost=[fact for fact in facts if fact.superseded_in_id == recording.pk and fact.recorded_in_id != recording.pk],
    )


def _content(fact: SeatPeriod | Appointment, names: Sequence[str]) -> tuple[Any, ...]:
    return fact.valid, *(getattr(fact, name) for name in names)


def _write(
    model: type[F], reversal: _Reversal[F], content: Sequence[str], *, by: "User", reason: str, within: Recording
) -> None:
    wrong = model.objects.filter(pk__in=[fact.pk for fact in reversal.wrong])
    wrong.supersede(by=by, reason=reason, within=within)
    with explained(model):
        model.objects.bulk_create(
            model(
                valid=fact.valid, recorded_by=by, recorded_in=within, **{name: getattr(fact, name) for name in content}
            )
            for fact in reversal.lost
        )


def _lock_offices(offices: _Reversal[Appointment]) -> dict[int, Position]:
    """The positions to which holders come back, locked as in `appointments`; the facts learn who may share them now."""
    ids = {fact.position_id for fact in offices.lost}
    rows = Position.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk")
    positions = {row.pk: row for row in rows}
    for fact in offices.lost:
        fact.exclusive = positions[fact.position_id].single_holder
    return positions


def _bring_in_line(rows: Sequence[Seat]) -> None:
    """Make each seat what its present facts say; a seat without any was never held."""
    touched = Seat.objects.filter(pk__in=[row.pk for row in rows])
    facts = SeatPeriod.objects.current().filter(seat=OuterRef("pk"))
    last = facts.order_by("-valid")
    touched.filter(~Exists(facts)).update(valid=DateRange(empty=True), ended_as="")
    span = Func(
        Subquery(facts.order_by("valid").values(day=Lower("valid"))[:1]),
        Subquery(last.values(day=Upper("valid"))[:1]),
        function="daterange",
        output_field=DateRangeField(),
    )
    held = touched.filter(Exists(facts))
    _refuse_overlap(held.annotate(span=span))
    with explained(Seat):
        held.update(
            valid=span,
            ended_as=Subquery(last.values("exit")[:1]),
            **{name: Subquery(last.values(name)[:1]) for name in seats.PARTICULARS},
        )


def _refuse_overlap(spans: "QuerySet[Seat]") -> None:
    """`span` are the days that a seat gets back; another seat of the organisation may lie on them by now."""
    others = Seat.objects.filter(committee=OuterRef("committee"), valid__overlap=OuterRef("span"))
    others = others.exclude(pk=OuterRef("pk"))
    own = Q(Exists(others.filter(organisation=OuterRef("organisation"))))
    # Seats of a record that was merged, or took one in, are few.
    one_of_two = Q(organisation__merged_into__isnull=False) | Exists(
        Organisation.objects.filter(merged_into=OuterRef("organisation"))
    )
    same = Coalesce(OuterRef("organisation__merged_into"), OuterRef("organisation"))
    akin = one_of_two & Exists(
        others.annotate(same=Coalesce("organisation__merged_into", "organisation")).filter(same=same)
    )
    taken = spans.filter(own | akin).select_related("organisation").first()
    if taken is not None:
        message = _("%(member)s has another seat in this committee on these days by now.")
        raise ValidationError(message % {"member": taken.organisation})


def _trail(acts: Sequence[Transition], rows: Sequence[Seat], **common: Any) -> Iterator[Transition]:
    """One transition for each seat, from the state that the recording left to the one before it."""
    by_seat: dict[int, list[Transition]] = {}
    for act in acts:
        by_seat.setdefault(act.subject_id, []).append(act)
    for row in rows:
        own = by_seat[row.pk]
        yield seat_transition(
            row,
            TAKE_BACK,
            source=own[-1].to_state,
            target=own[0].from_state or ANNULLED,
            effective_on=min(act.effective_on for act in own),
            took_back=[{"move": act.move, "position": act.details.get("position", "")} for act in own],
            **common,
        )


def _who(user: Any) -> str:
    return str(user or _("somebody"))


def _moment(at: datetime | None) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M")
