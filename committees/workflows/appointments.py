"""Offices: who is appointed to which position from when, and when that ends.

An appointment is a dated fact of a seat. All functions raise PermissionDenied, or ValidationError with a message for
the user. They record a Transition of the seat.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from committees.models import Appointment, Committee, Position, Seat, Term
from committees.workflows.guards import explained, lock_seat, refuse_future, refuse_read_only
from committees.workflows.recordings import begin
from committees.workflows.trail import seat_transition
from members.models import Person
from members.workflows import refuse_merged
from temp_portal.audit.models import Recording, Transition
from temp_portal.core.db import date_range, first_day

if TYPE_CHECKING:
    from temp_portal.accounts.models import User

CONTENT = ("position_id", "seat_id", "person_id", "term_id", "exclusive", "reason")


@transaction.atomic
def appoint(
    seat: Seat,
    position: Position,
    *,
    by: "User",
    effective_on: date,
    person: Person | None = None,
    document: str = "",
    reason: str = "",
    into: Recording | None = None,
) -> Appointment:
    """Appoint the seat's organisation to a position from `effective_on`, through `person` (else its representative).

    Refused outside the days of the seat, when the position is full, or when the seat holds it already.
    """
    held = lock_seat(seat, by)
    # The position's row is the lock of its holders: a maximum above one is guarded by nothing else.
    office = Position.objects.select_for_update(of=("self",)).get(pk=position.pk)
    if office.committee_id != held.committee_id:
        raise PermissionDenied
    refuse_future(effective_on)
    refuse_read_only(held.committee, effective_on)
    refuse_merged(person)
    _refuse_outside(held, effective_on)
    _refuse_held(held, office, effective_on)
    _refuse_full(office, effective_on)
    within = into or begin(held.committee, "appoint", by=by)
    with explained(Appointment):
        appointment: Appointment = Appointment.objects.create(
            position=office,
            seat=held,
            person=person or (held.representative and held.representative.remaining),
            term=Term.objects.filter(committee=held.committee, valid__contains=effective_on).first(),
            exclusive=office.single_holder,
            valid=date_range(effective_on),
            reason=reason,
            recorded_by=by,
            recorded_in=within,
        )
    seat_transition(
        held,
        "appoint",
        by=by,
        effective_on=effective_on,
        reason=reason,
        within=within,
        document=document,
        position=office.code,
    ).save()
    return appointment


@transaction.atomic
def end(
    appointment: Appointment,
    *,
    by: "User",
    effective_on: date,
    document: str = "",
    reason: str = "",
    into: Recording | None = None,
) -> Appointment | None:
    """End an appointment: `effective_on` is the first day on which the office is not held.

    On its first day the appointment is taken back as if it had never been (None is returned): the fact stays on record
    as superseded.
    """
    held = lock_seat(appointment.seat, by)
    refuse_future(effective_on)
    refuse_read_only(held.committee, effective_on)
    running = Appointment.objects.current().filter(pk=appointment.pk).select_related("position").first()
    if running is None or running.valid.upper is not None:
        raise ValidationError(_("This appointment has ended."))
    if effective_on < first_day(running.valid):
        message = _("The appointment began on %(day)s: choose that day or a later one.")
        raise ValidationError({"effective_on": message % {"day": first_day(running.valid).isoformat()}})
    within = into or begin(held.committee, "end_appointment", by=by)
    closed = _cut([running], by=by, effective_on=effective_on, reason=reason, within=within)
    seat_transition(
        held,
        "end_appointment",
        by=by,
        effective_on=effective_on,
        reason=reason,
        within=within,
        document=document,
        position=running.position.code,
    ).save()
    return closed[0] if closed else None


@transaction.atomic
def change_person(
    appointment: Appointment, *, by: "User", effective_on: date, person: Person, document: str = "", reason: str = ""
) -> Appointment:
    """Another person holds the office for the member from `effective_on`; seat and office stay."""
    held = lock_seat(appointment.seat, by)
    refuse_future(effective_on)
    refuse_read_only(held.committee, effective_on)
    running = Appointment.objects.current().filter(pk=appointment.pk).select_related("position").first()
    if running is None or running.valid.upper is not None:
        raise ValidationError(_("This appointment has ended."))
    if effective_on < first_day(running.valid):
        message = _("The appointment began on %(day)s: choose that day or a later one.")
        raise ValidationError({"effective_on": message % {"day": first_day(running.valid).isoformat()}})
    if person.pk == running.person_id:
        raise ValidationError({"person": _("This person holds the office already.")})
    within = begin(held.committee, "change_person", by=by)
    _cut([running], by=by, effective_on=effective_on, reason=reason, within=within)
    changed = {"person_id": person.pk, "reason": reason}
    with explained(Appointment):
        made = _copy(running, date_range(effective_on), by=by, within=within, **changed)
        made.save(force_insert=True)
    seat_transition(
        held,
        "change_person",
        by=by,
        effective_on=effective_on,
        reason=reason,
        within=within,
        document=document,
        position=running.position.code,
    ).save()
    return made


def end_with(seats: Sequence[Seat], *, by: "User", effective_on: date, reason: str, within: Recording) -> None:
    """Cut the appointments of seats that end on `effective_on`; called by `workflows.seats` under its locks."""
    running = list(holding_from(effective_on).filter(seat__in=seats))
    _cut(running, by=by, effective_on=effective_on, reason=reason, within=within)


def end_all(
    committee: Committee, *, by: "User", effective_on: date, document: str, reason: str, within: Recording
) -> None:
    """End every office of a committee whose term ends, in a fixed number of statements; the committee is locked.

    Refused when an office began on that day or later: what was recorded under the new term would vanish.
    """
    seats = Seat.objects.select_for_update(of=("self",)).filter(committee=committee).order_by("pk")
    by_key = {seat.pk: seat for seat in seats}
    held = holding_from(effective_on).filter(seat__in=by_key).select_related("position").order_by("seat")
    running = list(held)
    late = next((each for each in running if first_day(each.valid) >= effective_on), None)
    if late is not None:
        message = _("An appointment to %(position)s is recorded from %(day)s on: take it back first.")
        names = {"position": late.position, "day": first_day(late.valid).isoformat()}
        raise ValidationError({"effective_on": message % names})
    _cut(running, by=by, effective_on=effective_on, reason=reason, within=within)
    Transition.objects.bulk_create(
        seat_transition(
            by_key[each.seat_id],
            "end_appointment",
            by=by,
            effective_on=effective_on,
            reason=reason,
            within=within,
            document=document,
            position=each.position.code,
        )
        for each in running
    )


def refuse_before(seat: Seat, day: date, *, field: str) -> None:
    """Refuse that a seat begins on `day` although an office of it began earlier."""
    first = Appointment.objects.current().filter(seat=seat, valid__startswith__lt=day).order_by("valid").first()
    if first is not None:
        message = _("The member holds an office from %(day)s on: choose that day or an earlier one.")
        raise ValidationError({field: message % {"day": first_day(first.valid).isoformat()}})


def make_exclusive(position: Position, *, by: "User") -> None:
    """Let the database guard a position that has become one for a single holder: its running facts are written anew."""
    for appointment in running(position).filter(exclusive=False):
        Appointment.objects.filter(pk=appointment.pk).supersede(by=by)
        with explained(Appointment):
            _copy(appointment, appointment.valid, by=by, exclusive=True).save(force_insert=True)


def running(position: Position) -> "QuerySet[Appointment]":
    """Appointments to the position that have no end."""
    found: QuerySet[Appointment] = Appointment.objects.current().filter(position=position, valid__endswith__isnull=True)
    return found


def of_seat(seat: Seat) -> "QuerySet[Appointment]":
    """The offices that a seat holds without an end, highest first."""
    found: QuerySet[Appointment] = Appointment.objects.current().filter(seat=seat, valid__endswith__isnull=True)
    return found.select_related("position").order_by("position__rank")


def _refuse_outside(seat: Seat, day: date) -> None:
    if seat.valid.upper is not None:
        raise ValidationError(_("This membership has ended."))
    if day < first_day(seat.valid):
        message = _("The membership began on %(day)s: choose that day or a later one.")
        raise ValidationError({"effective_on": message % {"day": first_day(seat.valid).isoformat()}})


def _refuse_held(seat: Seat, position: Position, day: date) -> None:
    if holding_from(day).filter(position=position, seat=seat).exists():
        raise ValidationError({"position": _("The member holds this position on these days already.")})


def _refuse_full(position: Position, day: date) -> None:
    """The new appointment has no end, so on no later day either may the places be taken."""
    others = list(holding_from(day).filter(position=position).select_related("seat__organisation"))
    if free_places(position, others, day) != 0:
        return
    message = ngettext(
        "%(position)s: %(names)s holds it on these days. End that appointment first.",
        "%(position)s: all %(count)s places are taken on these days, by %(names)s. End an appointment first.",
        position.holders_max or 0,
    )
    names = ", ".join(str(other.seat.organisation) for other in others)
    raise ValidationError({"position": message % {"position": position, "count": position.holders_max, "names": names}})


def refuse_overfull(positions: Iterable[Position], day: date) -> None:
    """Refuse that locked positions have more holders than places on `day` or later, by what is written already."""
    limited = {position.pk: position for position in positions if position.holders_max is not None}
    held: dict[int, list[Appointment]] = {}
    for each in holding_from(day).filter(position__in=limited):
        held.setdefault(each.position_id, []).append(each)
    for key, position in limited.items():
        if _most_at_once(held.get(key, []), day) > (position.holders_max or 0):
            message = _("%(position)s: no place is left on these days by now. End an appointment first.")
            raise ValidationError(message % {"position": position})


def free_places(position: Position, holders: Sequence[Appointment], day: date) -> int | None:
    """How many more may hold the position from `day` on, beside its `holders` from then on; None without a limit."""
    if position.holders_max is None:
        return None
    return max(position.holders_max - _most_at_once(holders, day), 0)


def holding_from(day: date) -> "QuerySet[Appointment]":
    """Appointments that hold on `day` or a later one, by present knowledge."""
    beyond = Q(valid__endswith__isnull=True) | Q(valid__endswith__gt=day)
    found: QuerySet[Appointment] = Appointment.objects.current().filter(beyond)
    return found


def _most_at_once(appointments: Sequence[Appointment], day: date) -> int:
    """The largest number of these appointments that hold together on `day` or a later day."""
    starts = {max(first_day(each.valid), day) for each in appointments}
    return max((sum(start in each.valid for each in appointments) for start in starts), default=0)


def _cut(
    running: Sequence[Appointment], *, by: "User", effective_on: date, reason: str, within: Recording
) -> list[Appointment]:
    """Supersede the facts and write each again up to `effective_on`; what began on that day or later is dropped."""
    Appointment.objects.filter(pk__in=[each.pk for each in running]).supersede(by=by, reason=reason, within=within)
    closed = [
        _copy(each, date_range(first_day(each.valid), effective_on), by=by, within=within, reason=reason)
        for each in running
        if first_day(each.valid) < effective_on
    ]
    return Appointment.objects.bulk_create(closed)


def _copy(
    appointment: Appointment, valid: Any, *, by: "User", within: Recording | None = None, **changes: Any
) -> Appointment:
    kept = {name: getattr(appointment, name) for name in CONTENT}
    return Appointment(valid=valid, recorded_by=by, recorded_in=within, **(kept | changes))
