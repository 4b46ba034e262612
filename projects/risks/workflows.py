"""The risk register: risks are recorded, assessed again and again, closed. An assessment is never changed.

All functions raise PermissionDenied, StateConflict, or ValidationError with a message for the user.
"""

from datetime import date, timedelta
from typing import Any, Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from projects.risks.enums import RiskState
from projects.risks.models import Assessment, Risk
from projects.workflows.telling import concerned
from temp_portal.accounts.models import User
from temp_portal.audit.workflow import Move, Workflow, record
from temp_portal.notifications.dispatch import notify

RIGHT: Final = "risks.keep_register"
FLOW = Workflow(
    Risk,
    [
        Move("close", sources=[RiskState.OPEN], target=RiskState.CLOSED, permission=RIGHT),
        Move("reopen", sources=[RiskState.CLOSED], target=RiskState.OPEN, permission=RIGHT),
    ],
)
#: What may be put differently of a risk; how likely and how bad it is, is assessed.
FIELDS: Final = ("type", "title", "description", "owner", "mitigation", "review_on")
BETWEEN_REMINDERS: Final = timedelta(days=14)


@transaction.atomic
def save(risk: Risk, *, by: User, **assessment: Any) -> Risk:
    """Record a risk with its first assessment (`likelihood`, `impact`, `note`), or put a recorded one differently."""
    if not by.has_perm(RIGHT, risk.project):
        raise PermissionDenied
    if risk.pk is not None:
        locked: Risk = Risk.objects.select_for_update(of=("self",)).get(pk=risk.pk)
        for name in FIELDS:
            setattr(locked, name, getattr(risk, name))
        locked.full_clean()
        locked.save(update_fields=FIELDS)
        return locked
    risk.created_by = by
    risk.full_clean()
    risk.save()
    record(risk, move="record", by=by, effective_on=risk.opened_on)
    _assess(risk, by, assessed_on=risk.opened_on, **assessment)
    return risk


@transaction.atomic
def assess(risk: Risk, *, by: User, review_on: date, **assessment: Any) -> Assessment:
    """Say anew how likely and how bad a risk is (`assessed_on`, `likelihood`, `impact`, `note`), and when it is due.

    What was held until then stays on record.
    """
    locked: Risk = Risk.objects.select_for_update(of=("self",)).select_related("project").get(pk=risk.pk)
    if not by.has_perm(RIGHT, locked):
        raise PermissionDenied
    FLOW.require(locked, "close")
    made = _assess(locked, by, **assessment)
    locked.review_on, locked.reminded_at = review_on, None
    locked.save(update_fields=["review_on", "reminded_at"])
    return made


def _assess(risk: Risk, by: User, *, assessed_on: date, likelihood: int, impact: int, note: str = "") -> Assessment:
    if assessed_on > timezone.localdate():
        raise ValidationError({"assessed_on": _("The day lies in the future: choose today or an earlier day.")})
    if assessed_on < risk.opened_on:
        raise ValidationError({"assessed_on": _("On this day the risk was not on record yet.")})
    made = Assessment(
        risk=risk, assessed_on=assessed_on, likelihood=likelihood, impact=impact, note=note, recorded_by=by
    )
    made.full_clean()
    made.save()
    return made


def close(risk: Risk, *, by: User, closed_on: date, reason: str) -> Risk:
    """The risk is over, or has come true and is dealt with elsewhere."""
    if closed_on > timezone.localdate():
        raise ValidationError({"closed_on": _("The day lies in the future: choose today or an earlier day.")})
    _explained(reason)
    with FLOW.moving(risk, "close", by=by, reason=reason, effective_on=closed_on) as locked:
        if closed_on < locked.opened_on:
            raise ValidationError({"closed_on": _("On this day the risk was not on record yet.")})
        locked.closed_on = closed_on
    return locked


def reopen(risk: Risk, *, by: User, reason: str) -> Risk:
    """The risk is there again."""
    _explained(reason)
    with FLOW.moving(risk, "reopen", by=by, reason=reason) as locked:
        locked.closed_on, locked.reminded_at = None, None
    return locked


def _explained(reason: str) -> None:
    if not reason.strip():
        raise ValidationError({"reason": _("Say why: it stays on record.")})


@transaction.atomic
def remind_due() -> int:
    """Tell who works on a project that a risk is to be looked at again, every BETWEEN_REMINDERS; gives how many."""
    now, today = timezone.now(), timezone.localdate()
    long_ago = Q(reminded_at__isnull=True) | Q(reminded_at__lte=now - BETWEEN_REMINDERS)
    rows = Risk.objects.due(today).filter(long_ago).select_for_update(of=("self",), skip_locked=True)
    due = list(rows.select_related("project").order_by("pk"))
    for risk in due:
        notify("risk_review_due", risk, recipients=concerned(risk.project), key=f"risk:{risk.pk}:{today}")
    Risk.objects.filter(pk__in=[risk.pk for risk in due]).update(reminded_at=now)
    return len(due)
