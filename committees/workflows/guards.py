"""Checks that the workflows of committees share. Each raises a ValidationError that says what to do."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from committees.enums import CommitteeState
from committees.models import Committee, Seat, SeatPeriod
from committees.querysets import state_on
from temp_portal.core.db import first_day

if TYPE_CHECKING:
    from temp_portal.accounts.models import User

UNIQUE_VIOLATION = "23505"
READ_ONLY_STATES = (CommitteeState.REJECTED, CommitteeState.SUSPENDED, CommitteeState.DISSOLVED)


def refuse_future(day: date, field: str = "effective_on") -> None:
    """A decision takes effect today or took effect earlier; what is announced is recorded when it comes true."""
    if day > timezone.localdate():
        raise ValidationError({field: _("The day lies in the future: choose today or an earlier day.")})


def refuse_read_only(committee: Committee, day: date, field: str = "effective_on") -> None:
    """The roster stands still while the committee is suspended, and after its end (domain brief §1)."""
    if committee.state == CommitteeState.PROPOSED:
        raise ValidationError(_("A proposed committee has no roster yet: record its preparatory group first."))
    state = state_on(committee, day)
    if state in READ_ONLY_STATES:
        message = _("On this day the committee is “%(state)s”; its roster cannot be changed from then on.")
        raise ValidationError({field: message % {"state": CommitteeState(state).label}})


def refuse_unfounded(**grounds: str) -> None:
    """Nobody is expelled without a reason, the document of the decision, and having been heard."""
    messages = {
        "reason": _("An expulsion needs its reason: it stays on record."),
        "document": _("An expulsion needs the document of its decision."),
        "heard": _("Write when and how the member was heard before it was expelled."),
    }
    if missing := {name: messages[name] for name, text in grounds.items() if not text.strip()}:
        raise ValidationError(missing)


def lock(committee: Committee) -> Committee:
    """The committee's row, locked: whoever changes its roster or offices as a whole passes here one by one."""
    locked: Committee = Committee.objects.select_for_update(of=("self",)).get(pk=committee.pk)
    return locked


def lock_seat(seat: Seat, by: "User") -> Seat:
    """The seat's row, locked: whoever records something of a member passes here one by one."""
    rows = Seat.objects.select_for_update(of=("self",)).select_related("committee", "organisation", "representative")
    locked: Seat = rows.get(pk=seat.pk)
    if not by.has_perm("committees.keep_roster", locked):
        raise PermissionDenied
    if locked.is_annulled:
        raise ValidationError(_("The admission of this member has been taken back."))
    return locked


def running_on(period: SeatPeriod | None, day: date) -> SeatPeriod:
    """The running period of a seat, if something can be recorded in it from `day` on."""
    if period is None:
        raise ValidationError(_("This membership has ended."))
    if day < first_day(period.valid):
        message = _("Choose a day from %(day)s on: earlier days are recorded already.")
        raise ValidationError({"effective_on": message % {"day": first_day(period.valid).isoformat()}})
    return period


@contextmanager
def explained(*writes: type[models.Model]) -> Iterator[None]:
    """Turn the refusal of a database constraint of the models into its message.

    The checks before it say the same with more detail; this is for two writers who pass them at once.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        cause = error.__cause__
        name = getattr(getattr(cause, "diag", None), "constraint_name", None)
        constraints = {each.name: each for model in writes for each in model._meta.constraints}
        if name in constraints:
            raise ValidationError(constraints[name].get_violation_error_message()) from error
        if getattr(cause, "pgcode", "") == UNIQUE_VIOLATION:
            raise ValidationError(_("This has been recorded in the meantime: load the page again.")) from error
        raise
