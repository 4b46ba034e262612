"""Admission, change and end of membership.

Every function takes the effective day of the decision, not of the click, writes the fact (`SeatPeriod`) and the seat as
it is known today, and records a Transition with the time of recording.
"""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from committees.enums import ROLE_OF_GROUP, FunctionalRole, SeatEntry, SeatExit
from committees.models import Committee, Seat, SeatPeriod
from members.models import Organisation, Ownership, Person
from temp_portal.audit.models import Transition
from temp_portal.core.db import date_range

if TYPE_CHECKING:
    from temp_portal.accounts.models import User

PARTICULARS = ("functional_role", "chain_role", "voting", "suspended")
EXIT_MOVES = {SeatExit.RESIGNED: "resign", SeatExit.EXPELLED: "expel", SeatExit.LAPSED: "lapse"}


def default_role(organisation: Organisation, day: date) -> FunctionalRole:
    """The functional role that the organisation's ownership on `day` suggests (brief §2, seed model)."""
    ownership = Ownership.objects.current().on(day).filter(organisation=organisation).first()
    return ROLE_OF_GROUP.get(ownership.group, FunctionalRole.NONE) if ownership else FunctionalRole.NONE


@transaction.atomic
def admit(
    committee: Committee,
    organisation: Organisation,
    *,
    by: "User",
    effective_on: date,
    functional_role: str = "",
    chain_role: str = "",
    voting: bool = True,
    representative: Person | None = None,
    document: str = "",
    reason: str = "",
) -> Seat:
    """Give the organisation a seat from `effective_on`.

    Raises PermissionDenied, or ValidationError if it has a seat on these days or the day lies in the future.
    """
    if not by.has_perm("committees.admit_member", committee):
        raise PermissionDenied
    _refuse_future(effective_on)
    # The committee's row is the lock of its roster: two admissions of one organisation meet here.
    Committee.objects.select_for_update(of=("self",)).get(pk=committee.pk)
    _refuse_overlap(committee, organisation, effective_on)
    seat = Seat.objects.create(
        committee=committee,
        organisation=organisation,
        valid=date_range(effective_on),
        functional_role=functional_role or default_role(organisation, effective_on),
        chain_role=chain_role,
        voting=voting,
        representative=representative,
        created_by=by,
    )
    _record_period(seat, seat.valid, entry=SeatEntry.ADMITTED, by=by, document=document, reason=reason)
    _record(seat, "admit", "", "member", by=by, effective_on=effective_on, reason=reason, document=document)
    return seat


@transaction.atomic
def change(seat: Seat, *, by: "User", effective_on: date, reason: str = "", **particulars: Any) -> Seat:
    """Change functional role, chain role, voting or suspension from `effective_on`; earlier days keep theirs.

    Raises PermissionDenied, or ValidationError if the day lies outside the running period of the seat.
    """
    locked = _lock(seat, by)
    _refuse_future(effective_on)
    running = _running_period(locked, effective_on)
    changed = {name: particulars[name] for name in PARTICULARS if name in particulars}
    if all(getattr(running, name) == value for name, value in changed.items()):
        return locked
    running_start = running.valid.lower
    SeatPeriod.objects.filter(pk=running.pk).supersede(by=by, reason=reason)
    if effective_on > running_start:
        _copy_period(running, date_range(running_start, effective_on), by=by, exit=SeatExit.CHANGED)
        entry = SeatEntry.CHANGED
    else:
        entry = SeatEntry(running.entry)
    _copy_period(running, date_range(effective_on), by=by, entry=entry, reason=reason, **changed)
    before = {name: getattr(locked, name) for name in changed}
    for name, value in changed.items():
        setattr(locked, name, value)
    locked.save(update_fields=list(changed))
    details = {"before": before, "after": changed}
    _record(locked, "change", "member", "member", by=by, effective_on=effective_on, reason=reason, **details)
    return locked


@transaction.atomic
def end(seat: Seat, *, by: "User", effective_on: date, how: str, reason: str = "", document: str = "") -> Seat:
    """End the membership: `effective_on` is the first day on which the organisation is no member.

    Raises PermissionDenied, or ValidationError if the day lies outside the running period of the seat.
    """
    locked = _lock(seat, by)
    _refuse_future(effective_on)
    running = _running_period(locked, effective_on)
    if effective_on <= running.valid.lower:
        raise ValidationError({"effective_on": _("A membership lasts at least one day: choose a later day.")})
    SeatPeriod.objects.filter(pk=running.pk).supersede(by=by, reason=reason)
    closed = date_range(running.valid.lower, effective_on)
    _copy_period(running, closed, by=by, exit=how, reason=reason, document=document)
    locked.valid = date_range(locked.valid.lower, effective_on)
    locked.ended_as = how
    locked.save(update_fields=["valid", "ended_as"])
    _record(
        locked,
        EXIT_MOVES[SeatExit(how)],
        "member",
        how,
        by=by,
        effective_on=effective_on,
        reason=reason,
        document=document,
    )
    return locked


@transaction.atomic
def correct_admission(seat: Seat, *, by: "User", admitted_on: date, reason: str) -> Seat:
    """Correct the day of admission. The wrong fact stays on record as superseded; frozen reports do not move.

    Raises PermissionDenied, or ValidationError if the first period would vanish or meet an earlier seat.
    """
    locked = _lock(seat, by)
    _refuse_future(admitted_on)
    first = SeatPeriod.objects.current().filter(seat=locked, entry=SeatEntry.ADMITTED).get()
    upper = first.valid.upper
    if upper is not None and admitted_on >= upper:
        raise ValidationError({"admitted_on": _("The day must lie before the first change of the seat.")})
    _refuse_overlap(locked.committee, locked.organisation, admitted_on, until=locked.valid.upper, but=locked)
    SeatPeriod.objects.filter(pk=first.pk).supersede(by=by, reason=reason)
    _copy_period(first, date_range(admitted_on, upper), by=by, reason=reason)
    was = locked.valid.lower
    locked.valid = date_range(admitted_on, locked.valid.upper)
    locked.save(update_fields=["valid"])
    details = {"before": {"admitted_on": was.isoformat()}, "after": {"admitted_on": admitted_on.isoformat()}}
    _record(locked, "correct", "member", "member", by=by, effective_on=admitted_on, reason=reason, **details)
    return locked


def _lock(seat: Seat, by: "User") -> Seat:
    locked = Seat.objects.select_for_update(of=("self",)).select_related("committee", "organisation").get(pk=seat.pk)
    if not by.has_perm("committees.keep_roster", locked):
        raise PermissionDenied
    return locked


def _running_period(seat: Seat, day: date) -> SeatPeriod:
    running = SeatPeriod.objects.current().filter(seat=seat, exit="").first()
    if running is None:
        raise ValidationError(_("This membership has ended."))
    if day < running.valid.lower:
        message = _("Choose a day from %(day)s on: earlier days are recorded already.")
        raise ValidationError({"effective_on": message % {"day": running.valid.lower.isoformat()}})
    return running


def _refuse_future(day: date) -> None:
    if day > timezone.localdate():
        raise ValidationError({"effective_on": _("The day lies in the future: choose today or an earlier day.")})


def _refuse_overlap(
    committee: Committee, organisation: Organisation, start: date, *, until: date | None = None, but: Seat | None = None
) -> None:
    others = Seat.objects.filter(
        committee=committee, organisation=organisation, valid__overlap=date_range(start, until)
    ).exclude(pk=but.pk if but else None)
    if others.exists():
        raise ValidationError(_("The organisation has a seat in this committee on these days already."))


def _record_period(seat: Seat, valid: Any, *, entry: str, by: "User", document: str, reason: str) -> SeatPeriod:
    particulars = {name: getattr(seat, name) for name in PARTICULARS}
    return SeatPeriod.objects.create(
        seat=seat, valid=valid, entry=entry, recorded_by=by, document=document, reason=reason, **particulars
    )


def _copy_period(period: SeatPeriod, valid: Any, *, by: "User", **changes: Any) -> SeatPeriod:
    kept = {name: getattr(period, name) for name in ("seat_id", "entry", "exit", "document", "reason", *PARTICULARS)}
    return SeatPeriod.objects.create(valid=valid, recorded_by=by, **(kept | changes))


def _record(
    seat: Seat, move: str, source: str, target: str, *, by: "User", effective_on: date, reason: str, **details: Any
) -> None:
    Transition.objects.create(
        subject_type=Seat._meta.label_lower,
        subject_id=seat.pk,
        move=move,
        from_state=source,
        to_state=target,
        effective_on=effective_on,
        by=by,
        reason=reason,
        details=details,
    )
