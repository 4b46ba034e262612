"""Milestones: set, moved, reached, dropped.

All functions raise PermissionDenied, StateConflict, or ValidationError with a message for the user.
"""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from projects.enums import DatePrecision
from projects.precision import first_day_of
from projects.progress.enums import MilestoneState
from projects.progress.models import Milestone
from temp_portal.accounts.models import User
from temp_portal.audit.workflow import Move, Workflow, record

RIGHT = "progress.keep_milestones"
FLOW = Workflow(
    Milestone,
    [
        Move("reach", sources=[MilestoneState.PLANNED], target=MilestoneState.REACHED, permission=RIGHT),
        Move("drop", sources=[MilestoneState.PLANNED], target=MilestoneState.DROPPED, permission=RIGHT),
        Move(
            "plan_again",
            sources=[MilestoneState.REACHED, MilestoneState.DROPPED],
            target=MilestoneState.PLANNED,
            permission=RIGHT,
        ),
    ],
)
#: What may be changed of a milestone at any time; the history keeps what stood there before.
FIELDS = ("title", "planned_on", "planned_precision", "expected_on", "weight", "note")


@transaction.atomic
def save(milestone: Milestone, *, by: User) -> Milestone:
    """Set a milestone, or change what is planned. Days reached are recorded by `reach`."""
    if not by.has_perm(RIGHT, milestone.project):
        raise PermissionDenied
    if milestone.pk is None:
        milestone.created_by = by
        milestone.full_clean()
        milestone.save()
        record(milestone, move="plan", by=by)
        return milestone
    locked = Milestone.objects.select_for_update(of=("self",)).get(pk=milestone.pk)
    for name in FIELDS:
        setattr(locked, name, getattr(milestone, name))
    locked.full_clean()
    locked.save(update_fields=FIELDS)
    return locked


def reach(
    milestone: Milestone, *, by: User, reached_on: date, precision: str = DatePrecision.DAY, reason: str = ""
) -> Milestone:
    """Record that a milestone was reached."""
    if first_day_of(reached_on, precision) > timezone.localdate():
        raise ValidationError({"reached_on": _("The day lies in the future: choose today or an earlier day.")})
    with FLOW.moving(milestone, "reach", by=by, effective_on=reached_on, reason=reason) as locked:
        locked.reached_on, locked.reached_precision = reached_on, precision
    return locked


def drop(milestone: Milestone, *, by: User, reason: str) -> Milestone:
    """Say that a milestone is no longer aimed at. It stays on record."""
    _explained(reason)
    with FLOW.moving(milestone, "drop", by=by, reason=reason) as locked:
        locked.expected_on = None
    return locked


def plan_again(milestone: Milestone, *, by: User, reason: str) -> Milestone:
    """Take back that a milestone was reached or dropped."""
    _explained(reason)
    with FLOW.moving(milestone, "plan_again", by=by, reason=reason) as locked:
        locked.reached_on, locked.reached_precision = None, DatePrecision.DAY
    return locked


def _explained(reason: str) -> None:
    if not reason.strip():
        raise ValidationError({"reason": _("Say why: it stays on record.")})
