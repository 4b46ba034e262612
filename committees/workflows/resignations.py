"""A member leaves by its own will: announced from its page, in effect on the day, taken back until then.

All raise PermissionDenied, or ValidationError with a message for the user; to stay when it is too late is a
StateConflict.
"""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from committees.enums import ResignationState, SeatExit
from committees.models import Resignation, Seat
from committees.querysets import state_on
from committees.workflows import seats
from committees.workflows.guards import READ_ONLY_STATES, explained
from committees.workflows.recordings import begin
from committees.workflows.telling import secretaries_of
from temp_portal.accounts.models import User
from temp_portal.audit.workflow import Move, Workflow, record
from temp_portal.notifications.dispatch import notify

FLOW = Workflow(
    Resignation,
    [
        Move(
            "withdraw",
            sources=[ResignationState.ANNOUNCED],
            target=ResignationState.WITHDRAWN,
            permission="committees.resign_seat",
        )
    ],
)


@transaction.atomic
def announce(seat: Seat, *, by: User, effective_on: date, reason: str = "") -> Resignation:
    """Announce that the member leaves; `effective_on`, today or later, is the first day without the seat.

    The committee's secretaries are told. A resignation for today takes effect at once.
    """
    locked = _locked(seat)
    if not by.has_perm("committees.resign_seat", locked):
        raise PermissionDenied
    if locked.has_ended or locked.is_annulled:
        raise ValidationError(_("This membership has ended."))
    if effective_on < timezone.localdate():
        raise ValidationError({"effective_on": _("Choose today or a later day: the past stands.")})
    with explained(Resignation):
        made: Resignation = Resignation.objects.create(
            seat=locked, effective_on=effective_on, reason=reason, announced_by=by
        )
    record(made, move="announce", by=by, reason=reason, effective_on=effective_on)
    notify("resignation_announced", made, recipients=secretaries_of(locked.committee_id))
    if effective_on <= timezone.localdate():
        _carry_out(made, locked)
    return made


def withdraw(resignation: Resignation, *, by: User) -> Resignation:
    """The member stays after all. Possible until the day."""
    with FLOW.moving(resignation, "withdraw", by=by) as locked:
        notify("resignation_withdrawn", locked, recipients=secretaries_of(locked.committee_id))
    return locked


def carry_out_due() -> int:
    """Let every resignation take effect whose day has come; returns how many did. Run daily; twice does no harm.

    While a committee stands still its roster does, so that these wait.
    """
    due = Resignation.objects.announced().filter(effective_on__lte=timezone.localdate()).order_by("pk")
    return sum(_carry_out_one(key) for key in due.values_list("pk", flat=True))


@transaction.atomic
def _carry_out_one(key: int) -> bool:
    seat = _locked(Seat.objects.get(resignations=key))
    resignation = Resignation.objects.announced().select_for_update(of=("self",)).filter(pk=key).first()
    if resignation is None or state_on(seat.committee, resignation.effective_on) in READ_ONLY_STATES:
        return False
    if seat.has_ended or seat.is_annulled:
        _settle(resignation, "overtake", ResignationState.WITHDRAWN)
        return False
    _carry_out(resignation, seat)
    return True


def _carry_out(resignation: Resignation, seat: Seat) -> None:
    """End the membership. By whom: the one who announced it; the seat is locked."""
    by, reason = resignation.announced_by, resignation.reason
    day, within = resignation.effective_on, begin(seat.committee, "resign", by=resignation.announced_by)
    seats.close([seat], by=by, effective_on=day, how=SeatExit.RESIGNED, reason=reason, document="", within=within)
    _settle(resignation, "take_effect", ResignationState.EFFECTIVE)


def _settle(resignation: Resignation, move: str, state: ResignationState) -> None:
    source, resignation.state = resignation.state, state
    resignation.save(update_fields=["state"])
    record(resignation, move=move, source=source, by=None, effective_on=resignation.effective_on)


def _locked(seat: Seat) -> Seat:
    """The seat's row, locked: who resigns and who expels meet here."""
    rows = Seat.objects.select_for_update(of=("self",)).select_related("committee", "organisation")
    found: Seat = rows.get(pk=seat.pk)
    return found
