"""The way of a project through its stages (domain brief §7).

Forward to the next stage on the evidence of the present one; back with a reason; suspended with a reason and taken up
again at the stage it had; cancelled with a reason. An import may enter any stage: its Transition is called "import".
"""

import itertools
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from projects.enums import PIPELINE, Stage
from projects.models import Project
from projects.stages import missing, needs_of, next_stage
from projects.workflows.telling import tell_of_move
from temp_portal.audit.models import Transition
from temp_portal.audit.workflow import Move, StateConflict, Workflow

if TYPE_CHECKING:
    from temp_portal.accounts.models import User

DECIDE: Final = "projects.change_project"
RUNNING: Final = PIPELINE[:-1]

flow: Workflow[Project] = Workflow(
    Project,
    [
        *(
            Move(f"forward_{target}", sources=[source], target=target, permission=DECIDE)
            for source, target in itertools.pairwise(PIPELINE)
        ),
        *(
            Move(f"back_{target}", sources=PIPELINE[place + 1 :], target=target, permission=DECIDE)
            for place, target in enumerate(RUNNING)
        ),
        *(Move(f"resume_{target}", sources=[Stage.X1], target=target, permission=DECIDE) for target in RUNNING),
        Move("suspend", sources=RUNNING, target=Stage.X1, permission=DECIDE),
        Move("cancel", sources=[*RUNNING, Stage.X1], target=Stage.X2, permission=DECIDE),
    ],
)


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What a move rests on: the day from which it holds, why, the document, and the exposure of a stopped project."""

    effective_on: date
    reason: str = ""
    document: str = ""
    exposure: str = ""

    def details(self) -> dict[str, str]:
        """What the Transition keeps beside day and reason."""
        return {name: value for name in ("document", "exposure") if (value := getattr(self, name))}


def advance(project: Project, *, by: "User", decision: Decision) -> Project:
    """On to the next stage. Raises ValidationError naming what the present stage does not show yet."""
    target = next_stage(project.stage)
    if target is None:
        raise ValidationError(_("There is no stage after this one."))
    return _move(project, f"forward_{target}", by=by, decision=decision)


def step_back(project: Project, target: Stage, *, by: "User", decision: Decision) -> Project:
    """Back to an earlier stage, with a reason."""
    _refuse_without(decision, "reason")
    return _move(project, f"back_{target}", by=by, decision=decision)


def suspend(project: Project, *, by: "User", decision: Decision) -> Project:
    """Stop for a time, with the reason and what is exposed by it."""
    _refuse_without(decision, "reason", "exposure")
    return _move(project, "suspend", by=by, decision=decision)


def resume(project: Project, target: Stage | None = None, *, by: "User", decision: Decision) -> Project:
    """Take up again at the stage that the project had; at `target` where nobody knows which one that was."""
    at = stage_before(project) or target
    if at is None:
        raise ValidationError({"target": _("Choose the stage at which the project goes on.")})
    return _move(project, f"resume_{at}", by=by, decision=decision)


def cancel(project: Project, *, by: "User", decision: Decision) -> Project:
    """Give the project up for good, with the reason, the decision and what is exposed by it."""
    _refuse_without(decision, "reason", "document", "exposure")
    return _move(project, "cancel", by=by, decision=decision)


def stage_before(project: Project) -> Stage | None:
    """The stage that a suspended project had; None where it came suspended, or is not suspended."""
    if project.stage != Stage.X1:
        return None
    last = Transition.objects.of(project).filter(to_state=Stage.X1).last()
    return Stage(last.from_state) if last and last.from_state in RUNNING else None


@transaction.atomic
def _move(project: Project, name: str, *, by: "User", decision: Decision) -> Project:
    _refuse_future(decision.effective_on)
    with flow.moving(
        project,
        name,
        by=by,
        reason=decision.reason,
        effective_on=decision.effective_on,
        details=decision.details(),
    ) as locked:
        source = locked.stage
        _refuse_other_stage(locked, name)
        _refuse_before_last(locked, decision.effective_on)
        if name.startswith("forward"):
            _refuse_unproven(locked)
    tell_of_move(locked, source=source, by=by, effective_on=decision.effective_on, reason=decision.reason)
    return locked


def _refuse_other_stage(locked: Project, name: str) -> None:
    """A suspended project goes on where it stood, if that is known."""
    known = stage_before(locked)
    if name.startswith("resume") and known and name != f"resume_{known}":
        raise StateConflict(locked, Transition.objects.of(locked).select_related("by").last())


def _refuse_unproven(locked: Project) -> None:
    open_needs = missing(needs_of(locked))
    if open_needs:
        what = get_text_list([str(need.label) for need in open_needs], _("and"))
        raise ValidationError(_("This stage does not show yet: %(what)s.") % {"what": what})


def _refuse_without(decision: Decision, *names: str) -> None:
    messages = {
        "reason": _("Say why: it stays on record."),
        "document": _("Name the document of the decision."),
        "exposure": _("Say what is exposed: money paid, contracts, guarantees."),
    }
    if absent := {name: messages[name] for name in names if not getattr(decision, name).strip()}:
        raise ValidationError(absent)


def _refuse_future(day: date) -> None:
    if day > timezone.localdate():
        raise ValidationError({"effective_on": _("The day lies in the future: choose today or an earlier day.")})


def _refuse_before_last(locked: Project, day: date) -> None:
    """Moves follow each other in time, so that the stage on any past day is clear."""
    last = Transition.objects.of(locked).order_by("effective_on").last()
    if last is not None and day < last.effective_on:
        message = _("The last move took effect on %(day)s: choose that day or a later one.")
        raise ValidationError({"effective_on": message % {"day": last.effective_on.isoformat()}})
