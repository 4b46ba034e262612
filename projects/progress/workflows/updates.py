"""Quarterly updates: filled in and sent by the lead enterprise, returned or accepted by a sponsor committee.

All functions raise PermissionDenied, StateConflict, or ValidationError with a message for the user.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from committees.workflows.telling import acting_for
from projects.enums import DatePrecision
from projects.progress.enums import OPEN, MilestoneState, UpdateState
from projects.progress.models import Capacity, JobCount, Localisation, MilestoneChange, ProgressUpdate
from projects.progress.workflows import milestones
from projects.workflows.telling import keepers_of
from temp_portal.accounts.models import User
from temp_portal.audit.workflow import Move, Workflow
from temp_portal.core.markup import moment_text
from temp_portal.notifications.dispatch import notify

FLOW = Workflow(
    ProgressUpdate,
    [
        Move(
            "submit",
            sources=OPEN,
            target=UpdateState.SUBMITTED,
            permission="progress.fill_in_update",
            stamp="submitted",
        ),
        Move(
            "return",
            sources=[UpdateState.SUBMITTED],
            target=UpdateState.RETURNED,
            permission="progress.decide_update",
            stamp="decided",
        ),
        Move(
            "accept",
            sources=[UpdateState.SUBMITTED],
            target=UpdateState.ACCEPTED,
            permission="progress.decide_update",
            stamp="decided",
        ),
    ],
)
TEXTS: Final = ("work_done", "next_steps", "difficulties", "safety")


@dataclass(frozen=True, slots=True)
class Answers:
    """Everything that an update says. `values` are columns of the update itself; the rows have none of it yet."""

    values: dict[str, Any] = field(default_factory=dict)
    jobs: Sequence[JobCount] = ()
    capacities: Sequence[Capacity] = ()
    localisations: Sequence[Localisation] = ()
    milestone_changes: Sequence[MilestoneChange] = ()


class Stale(ValidationError):
    """Somebody else saved the update after it was opened; `version` is the one that stands."""

    def __init__(self, update: ProgressUpdate) -> None:
        self.version = update.version
        told = {"who": update.saved_by, "when": moment_text(update.saved_at)}
        message = _(
            "%(who)s saved this update on %(when)s, after you had opened it. Open it in another window and compare: "
            "saving once more puts yours in the place of theirs."
        )
        super().__init__(message % told)


@transaction.atomic
def save(update: ProgressUpdate, answers: Answers, *, by: User, version: int) -> ProgressUpdate:
    """Keep what was filled in, in the place of what stood there. Raises Stale if another saved it since `version`."""
    rows = ProgressUpdate.objects.select_for_update(of=("self",)).select_related("project", "saved_by")
    locked: ProgressUpdate = rows.get(pk=update.pk)
    FLOW.require(locked, "submit")
    if not by.has_perm("progress.fill_in_update", locked):
        raise PermissionDenied
    # One's own saving may still have been under way when one went on typing.
    if locked.version != version and locked.saved_by != by:
        raise Stale(locked)
    for name, value in answers.values.items():
        setattr(locked, name, value)
    locked.version, locked.saved_at, locked.saved_by = locked.version + 1, timezone.now(), by
    locked.save(update_fields=[*answers.values, "version", "saved_at", "saved_by"])
    _replace(locked, JobCount, answers.jobs)
    _replace(locked, Capacity, answers.capacities)
    _replace(locked, Localisation, answers.localisations)
    _replace(locked, MilestoneChange, answers.milestone_changes)
    return locked


def _replace(update: ProgressUpdate, model: Any, rows: Sequence[Any]) -> None:
    model.objects.filter(update=update).delete()
    for row in rows:
        row.update = update
    model.objects.bulk_create(rows)


def submit(update: ProgressUpdate, *, by: User) -> ProgressUpdate:
    """Send the update to the sponsor committees."""
    with FLOW.moving(update, "submit", by=by) as locked:
        missing = {name: _("Fill this in before you send the update.") for name in _missing(locked)}
        if missing:
            raise ValidationError(missing)
        locked.return_note = ""
        notify("progress_update_sent", locked, recipients=keepers_of(locked.project))
    return locked


def _missing(update: ProgressUpdate) -> list[str]:
    return [name for name in ("percent_complete", "work_done") if getattr(update, name) in (None, "")]


def return_(update: ProgressUpdate, *, by: User, note: str) -> ProgressUpdate:
    """Give the update back to the lead enterprise, with words."""
    if not note.strip():
        raise ValidationError({"note": _("Say what is to be put right.")})
    with FLOW.moving(update, "return", by=by, reason=note) as locked:
        locked.return_note, locked.reminded_at = note, None
        context = {"note": note}
        notify("progress_update_returned", locked, recipients=_leads(locked), context=context)
    return locked


def accept(update: ProgressUpdate, *, by: User) -> ProgressUpdate:
    """Accept the update: what it says of milestones holds from now on."""
    with FLOW.moving(update, "accept", by=by) as locked:
        if locked.submitted_by_id == by.pk:
            raise ValidationError(_("You have sent this update yourself: somebody else has to accept it."))
        for change in locked.milestone_changes.select_related("milestone__project"):
            _apply(change, by)
        notify("progress_update_accepted", locked, recipients=_leads(locked))
    return locked


def _apply(change: MilestoneChange, by: User) -> None:
    """A milestone that was reached or dropped meanwhile stays as it is."""
    milestone = change.milestone
    if milestone.state != MilestoneState.PLANNED:
        return
    if change.reached_on:
        milestones.reach(milestone, by=by, reached_on=change.reached_on, precision=DatePrecision.DAY)
    else:
        milestone.expected_on = change.expected_on
        milestones.save(milestone, by=by)


def _leads(update: ProgressUpdate) -> Any:
    return acting_for([update.project.lead_id] if update.project.lead_id else [])
