"""What becomes of the seats when an organisation is taken over, divided or dissolved.

A seat belongs to one organisation for good: it ends on the day, and the successor is admitted in its place unless it
sits in the committee already. All raise PermissionDenied, or ValidationError with a message for the user.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from committees.enums import SeatExit
from committees.models import Appointment, Seat
from committees.workflows import appointments, seats
from committees.workflows.guards import explained, lock, refuse_read_only
from committees.workflows.recordings import begin
from committees.workflows.telling import acting_for
from members.enums import EventKind, OrganisationStatus
from members.models import LegalEvent, Organisation
from members.workflows.legal import opened, record_event
from temp_portal.accounts.models import User
from temp_portal.notifications.dispatch import notify

#: Kind of the recordings in the committees concerned.
SUCCEED: Final = "succeed"
ENDING: Final = (EventKind.MERGED, EventKind.DISSOLVED)


@dataclass(frozen=True, slots=True)
class Fate:
    """A seat, its offices, and whether the successor gets one for it (`passes`), has one (`has_seat`), or neither."""

    seat: Seat
    offices: Sequence[Appointment]
    passes: bool
    has_seat: bool


def fates(organisation: Organisation, successor: Organisation | None) -> list[Fate]:
    """What would become of each running seat, by committee. Two queries, and one for the offices of each seat."""
    if successor is not None and successor.pk == organisation.pk:
        return []
    running = Seat.objects.held().filter(valid__endswith__isnull=True)
    own = running.filter(organisation__in=Organisation.objects.same_as(organisation))
    theirs: set[int] = set()
    if successor is not None:
        same = Organisation.objects.same_as(successor)
        theirs = set(running.filter(organisation__in=same).values_list("committee_id", flat=True))
    return [
        Fate(
            seat,
            list(appointments.of_seat(seat)),
            passes=successor is not None and seat.committee_id not in theirs,
            has_seat=seat.committee_id in theirs,
        )
        for seat in own.select_related("committee", "organisation").order_by("committee", "pk")
    ]


@transaction.atomic
def succeed(
    organisation: Organisation,
    *,
    by: User,
    kind: EventKind,
    effective_on: date,
    document: str,
    note: str = "",
    successor: Organisation | None = None,
    others: Sequence[Organisation] = (),
    offices: bool = False,
) -> LegalEvent:
    """Record that the organisation was taken over by `successor`, divided, or dissolved, and move its seats.

    When it is divided the successor may be the organisation itself: then it keeps them. offices: they pass on as well.
    """
    locked = opened(organisation, by=by, effective_on=effective_on)
    _refuse_unfit(locked, kind, successor, others)
    with explained(LegalEvent):
        event = LegalEvent.objects.create(
            kind=kind,
            organisation=locked,
            successor=successor,
            effective_on=effective_on,
            document=document,
            note=note,
            recorded_by=by,
        )
    event.others.set(others)
    for fate in fates(locked, successor):
        _move(fate, event, by=by, offices=offices)
    if kind in ENDING:
        locked.status = OrganisationStatus.DISSOLVED
        locked.save(update_fields=["status"])
    record_event(event, by=by)
    concerned = [each.pk for each in (locked, successor, *others) if each is not None]
    notify("legal_event", event, recipients=acting_for(concerned))
    return event


def _refuse_unfit(
    organisation: Organisation, kind: EventKind, successor: Organisation | None, others: Sequence[Organisation]
) -> None:
    if kind == EventKind.MERGED and successor is not None and successor.pk == organisation.pk:
        raise ValidationError({"successor": _("Choose another organisation: nobody takes itself over.")})
    for name, each in [("successor", successor), *(("others", other) for other in others)]:
        if each is not None and (each.merged_into_id or each.status == OrganisationStatus.DISSOLVED):
            raise ValidationError({name: _("“%(name)s” no longer exists. Choose another one.") % {"name": each}})


def _move(fate: Fate, event: LegalEvent, *, by: User, offices: bool) -> None:
    """End one seat and, where the successor has none, admit it with what the seat was."""
    committee = lock(fate.seat.committee)
    day, reason = event.effective_on, str(event)
    refuse_read_only(committee, day)
    seat = Seat.objects.select_for_update(of=("self",)).select_related("organisation", "committee").get(pk=fate.seat.pk)
    within = begin(committee, SUCCEED, by=by, note=event.note)
    seats.close(
        [seat], by=by, effective_on=day, how=SeatExit.LAPSED, reason=reason, document=event.document, within=within
    )
    if not fate.passes or event.successor is None:
        return
    heir = seats.admit(
        committee,
        event.successor,
        by=by,
        effective_on=day,
        chain_role=seat.chain_role,
        voting=seat.voting,
        reason=reason,
        document=event.document,
        into=within,
    )
    if seat.suspended:
        seats.suspend(heir, by=by, effective_on=day, reason=reason, document=event.document, into=within)
    for office in fate.offices if offices else ():
        appointments.appoint(
            heir, office.position, by=by, effective_on=day, reason=reason, document=event.document, into=within
        )
