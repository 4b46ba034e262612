"""Admission, change and end of membership.

Every function takes the effective day of the decision, not of the click, writes the fact (`SeatPeriod`) and the seat as
it is known today, and records a Transition with the time of recording. All raise PermissionDenied, or ValidationError
with a message for the user.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Func, Value
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from committees.enums import SeatEntry, SeatExit
from committees.models import Committee, Seat, SeatPeriod
from committees.workflows import appointments
from committees.workflows.admissions import admit as admit
from committees.workflows.admissions import default_role as default_role
from committees.workflows.guards import (
    explained,
    lock_seat,
    refuse_future,
    refuse_read_only,
    refuse_unfounded,
    running_on,
)
from committees.workflows.recordings import begin
from committees.workflows.telling import tell
from committees.workflows.trail import seat_transition
from members.models import Organisation, Person
from members.workflows import refuse_merged
from temp_portal.audit.models import Recording, Transition
from temp_portal.core.db import date_range, first_day

if TYPE_CHECKING:
    from temp_portal.accounts.models import User

PARTICULARS = ("functional_role", "chain_role", "voting", "suspended", "representative")
#: What a period says beside its days; a person by id, so that copying asks for nobody.
CONTENT = (
    "seat_id",
    "entry",
    "exit",
    "document",
    "reason",
    "functional_role",
    "chain_role",
    "voting",
    "suspended",
    "representative_id",
)
EXIT_MOVES = {SeatExit.RESIGNED: "resign", SeatExit.EXPELLED: "expel", SeatExit.LAPSED: "lapse"}


@transaction.atomic
def change(
    seat: Seat,
    *,
    by: "User",
    effective_on: date,
    reason: str = "",
    document: str = "",
    move: str = "change",
    into: Recording | None = None,
    **particulars: Any,
) -> Seat:
    """Change any of PARTICULARS from `effective_on`; earlier days keep theirs.

    Refused if the day lies before the running period of the seat. Nothing is written when nothing differs.
    """
    locked = lock_seat(seat, by)
    refuse_future(effective_on)
    refuse_read_only(locked.committee, effective_on)
    running = _running_period(locked, effective_on)
    changed = {name: value for name, value in particulars.items() if getattr(running, name) != value}
    if not changed:
        return locked
    refuse_merged(changed.get("representative"))
    within = into or begin(locked.committee, move, by=by)
    began = first_day(running.valid)
    SeatPeriod.objects.filter(pk=running.pk).supersede(by=by, reason=reason, within=within)
    entry = running.entry
    if effective_on > began:
        _copy_period(running, date_range(began, effective_on), by=by, within=within, exit=SeatExit.CHANGED)
        entry = SeatEntry.CHANGED
    _copy_period(
        running,
        date_range(effective_on),
        by=by,
        within=within,
        entry=entry,
        reason=reason,
        document=document or running.document,
        **columns(changed),
    )
    before = {name: plain(getattr(locked, name)) for name in changed}
    for name, value in changed.items():
        setattr(locked, name, value)
    locked.save(update_fields=list(changed))
    after = {name: plain(value) for name, value in changed.items()}
    seat_transition(
        locked,
        move,
        by=by,
        effective_on=effective_on,
        reason=reason,
        within=within,
        document=document,
        before=before,
        after=after,
    ).save()
    tell(move, [locked], effective_on=effective_on, reason=reason, document=document)
    return locked


def suspend(
    seat: Seat, *, by: "User", effective_on: date, reason: str, document: str = "", into: Recording | None = None
) -> Seat:
    """Suspend the rights of the member. It keeps its seat: in reports no movement, but "of which suspended"."""
    if not reason.strip():
        raise ValidationError({"reason": _("Give the reason: it stays on record.")})
    return change(
        seat,
        by=by,
        effective_on=effective_on,
        reason=reason,
        document=document,
        move="suspend",
        into=into,
        suspended=True,
    )


def resume(
    seat: Seat, *, by: "User", effective_on: date, reason: str = "", document: str = "", into: Recording | None = None
) -> Seat:
    """Give a suspended member its rights back."""
    return change(
        seat,
        by=by,
        effective_on=effective_on,
        reason=reason,
        document=document,
        move="resume",
        into=into,
        suspended=False,
    )


@transaction.atomic
def end(
    seat: Seat,
    *,
    by: "User",
    effective_on: date,
    how: str,
    reason: str = "",
    document: str = "",
    heard: str = "",
    into: Recording | None = None,
) -> Seat:
    """End the membership as resigned, expelled or lapsed: `effective_on` is the first day without the seat.

    Its offices end with it. Refused if the day lies in or before the first day of the running period. An expulsion
    needs its reason, the document of the decision, and `heard`: when and how the member was heard before.
    """
    locked = lock_seat(seat, by)
    refuse_future(effective_on)
    refuse_read_only(locked.committee, effective_on)
    _running_period(locked, effective_on)
    if how == SeatExit.EXPELLED:
        refuse_unfounded(reason=reason, document=document, heard=heard)
    within = into or begin(locked.committee, EXIT_MOVES[SeatExit(how)], by=by)
    close(
        [locked],
        by=by,
        effective_on=effective_on,
        how=SeatExit(how),
        reason=reason,
        document=document,
        within=within,
        heard=heard,
    )
    locked.refresh_from_db()
    return locked


def lapse_all(committee: Committee, *, by: "User", effective_on: date, reason: str, document: str) -> int:
    """End every running seat of a committee that ends itself; returns how many. `workflows.committees` checked it."""
    running = Seat.objects.held().filter(committee=committee, valid__endswith__isnull=True)
    seats = list(running.select_for_update(of=("self",)).order_by("pk"))
    within = begin(committee, "lapse", by=by)
    close(seats, by=by, effective_on=effective_on, how=SeatExit.LAPSED, reason=reason, document=document, within=within)
    return len(seats)


@transaction.atomic
def correct_admission(seat: Seat, *, by: "User", admitted_on: date, reason: str, into: Recording | None = None) -> Seat:
    """Correct the day of admission. The wrong fact stays on record as superseded; frozen reports do not move.

    Refused if the first period would vanish, meet an earlier seat, or leave an office that began before it.
    """
    locked = lock_seat(seat, by)
    refuse_future(admitted_on, "admitted_on")
    refuse_read_only(locked.committee, admitted_on, "admitted_on")
    if not reason.strip():
        raise ValidationError({"reason": _("Say how the right day is known: it stays on record.")})
    first = SeatPeriod.objects.current().filter(seat=locked, entry=SeatEntry.ADMITTED).get()
    was, upper = first_day(first.valid), first.valid.upper
    if admitted_on == was:
        raise ValidationError({"admitted_on": _("This is the day on record already.")})
    if upper is not None and admitted_on >= upper:
        message = _("Choose a day before %(day)s: from then on another change of the seat is recorded.")
        raise ValidationError({"admitted_on": message % {"day": upper.isoformat()}})
    _refuse_overlap(locked.committee, locked.organisation, admitted_on, until=locked.valid.upper, but=locked)
    appointments.refuse_before(locked, admitted_on, field="admitted_on")
    within = into or begin(locked.committee, "correct", by=by)
    SeatPeriod.objects.filter(pk=first.pk).supersede(by=by, reason=reason, within=within)
    _copy_period(first, date_range(admitted_on, upper), by=by, within=within, reason=reason)
    locked.valid = date_range(admitted_on, locked.valid.upper)
    with explained(Seat):
        locked.save(update_fields=["valid"])
    before, after = {"admitted_on": was.isoformat()}, {"admitted_on": admitted_on.isoformat()}
    seat_transition(
        locked,
        "correct",
        by=by,
        effective_on=admitted_on,
        reason=reason,
        within=within,
        before=before,
        after=after,
    ).save()
    return locked


@transaction.atomic
def withdraw_end(seat: Seat, *, by: "User", reason: str, into: Recording | None = None) -> Seat:
    """Take back an end that was recorded by mistake: the last period runs on. Offices that ended with it stay ended."""
    locked = lock_seat(seat, by)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the end was wrong: it stays on record.")})
    ended, ended_as = locked.valid.upper, locked.ended_as
    if ended is None:
        raise ValidationError(_("This membership has not ended."))
    refuse_read_only(locked.committee, ended)
    _refuse_overlap(locked.committee, locked.organisation, first_day(locked.valid), but=locked)
    last = SeatPeriod.objects.current().filter(seat=locked, exit=ended_as).get()
    within = into or begin(locked.committee, "reinstate", by=by)
    SeatPeriod.objects.filter(pk=last.pk).supersede(by=by, reason=reason, within=within)
    _copy_period(last, date_range(first_day(last.valid)), by=by, within=within, exit="", reason=reason)
    locked.valid = date_range(first_day(locked.valid))
    locked.ended_as = ""
    with explained(Seat):
        locked.save(update_fields=["valid", "ended_as"])
    seat_transition(
        locked, "reinstate", source=ended_as, by=by, effective_on=ended, reason=reason, within=within
    ).save()
    return locked


def _running_period(seat: Seat, day: date) -> SeatPeriod:
    return running_on(SeatPeriod.objects.current().filter(seat=seat, exit="").first(), day)


def close(
    seats: Sequence[Seat],
    *,
    by: "User",
    effective_on: date,
    how: SeatExit,
    reason: str,
    document: str,
    within: Recording,
    heard: str = "",
) -> None:
    """Write the end of locked seats in a fixed number of statements, whatever their number."""
    running = list(SeatPeriod.objects.current().filter(seat__in=seats, exit="").select_related("seat__organisation"))
    late = next((period for period in running if first_day(period.valid) >= effective_on), None)
    if late is not None:
        message = _("%(member)s: something is recorded from %(day)s on. Choose a later day than that.")
        names = {"member": late.seat.organisation, "day": first_day(late.valid).isoformat()}
        raise ValidationError({"effective_on": message % names})
    SeatPeriod.objects.filter(pk__in=[period.pk for period in running]).supersede(by=by, reason=reason, within=within)
    closing = {"exit": how, "reason": reason, "document": document}
    SeatPeriod.objects.bulk_create(
        copied(period, date_range(first_day(period.valid), effective_on), by=by, within=within, **closing)
        for period in running
    )
    until = Func(Lower("valid"), Value(effective_on), function="daterange")
    Seat.objects.filter(pk__in=[seat.pk for seat in seats]).update(valid=until, ended_as=how)
    appointments.end_with(seats, by=by, effective_on=effective_on, reason=reason, within=within)
    Transition.objects.bulk_create(
        seat_transition(
            seat,
            EXIT_MOVES[how],
            target=how,
            by=by,
            effective_on=effective_on,
            reason=reason,
            within=within,
            document=document,
            **({"heard": heard} if heard else {}),
        )
        for seat in seats
    )
    tell(EXIT_MOVES[how], seats, effective_on=effective_on, reason=reason, document=document, heard=heard)


def _refuse_overlap(
    committee: Committee, organisation: Organisation, start: date, *, until: date | None = None, but: Seat | None = None
) -> None:
    # Whoever merges the organisation meanwhile waits here, or is waited for.
    standing = Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)
    others = Seat.objects.filter(
        committee=committee,
        organisation__in=Organisation.objects.same_as(standing),
        valid__overlap=date_range(start, until),
    ).exclude(pk=but.pk if but else None)
    if others.exists():
        raise ValidationError(_("The organisation has a seat in this committee on these days already."))


def copied(period: SeatPeriod, valid: Any, *, by: "User", within: Recording, **changes: Any) -> SeatPeriod:
    """An unsaved fact like the period, with other days and `changes` (names in CONTENT)."""
    kept = {name: getattr(period, name) for name in CONTENT}
    return SeatPeriod(valid=valid, recorded_by=by, recorded_in=within, **(kept | changes))


def _copy_period(period: SeatPeriod, valid: Any, *, by: "User", within: Recording, **changes: Any) -> SeatPeriod:
    copy = copied(period, valid, by=by, within=within, **changes)
    copy.save(force_insert=True)
    return copy


def columns(particulars: Mapping[str, Any]) -> dict[str, Any]:
    """The particulars by the names that CONTENT has for them."""
    return {"representative_id" if name == "representative" else name: plain(particulars[name]) for name in particulars}


def plain(value: Any) -> Any:
    """A value that JSON can hold: a person by id, so that no name stays in the audit trail after erasure."""
    return value.pk if isinstance(value, Person) else value
