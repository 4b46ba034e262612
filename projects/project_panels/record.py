from typing import Any

from django.utils import timezone

from projects.enums import Stage
from projects.models import Project, StageEvidence
from projects.panels import panel
from projects.participation import participation
from projects.stages import SECRET, needs_of
from projects.views.stages import step_links
from temp_portal.audit.models import Transition


@panel("projects/panels/course.html", order=20)
def course(project: Project, user: Any) -> dict[str, Any]:
    """The stages that the project went through; who works with it also reads reasons and evidence."""
    knows = Project.objects.known_to(user).filter(pk=project.pk).exists()
    may_change = user.has_perm("projects.change_project", project)
    moves = Transition.objects.of(project).select_related("by")
    return {
        "moves": [_move(move, knows) for move in moves],
        "evidence": _evidence(project, user) if knows else [],
        "knows": knows,
        "may_change": may_change,
        "needs": needs_of(project) if knows else [],
        "steps": step_links(project) if may_change else [],
    }


def _move(move: Transition, knows: bool) -> dict[str, Any]:
    """A stage with its day; an import may have entered it without evidence."""
    return {
        "stage": Stage(move.to_state).label if move.to_state in Stage.values else move.to_state,
        "day": move.effective_on,
        "imported": move.move == "import",
        "reason": move.reason if knows else "",
        "details": move.details if knows else {},
        "by": move.by if knows else None,
    }


def _evidence(project: Project, user: Any) -> list[StageEvidence]:
    rows = StageEvidence.objects.standing().filter(project=project).select_related("recorded_by")
    if not user.has_perm("projects.see_money", project):
        rows = rows.exclude(kind__in=SECRET)
    return list(rows.order_by("-id"))


@panel("projects/panels/participants.html", order=30)
def participants(project: Project, user: Any) -> dict[str, Any]:
    """Who takes part, in which role and with which share, and who owns them today."""
    table = participation(project, timezone.localdate())
    return table | {"may_change": user.has_perm("projects.change_project", project)}
