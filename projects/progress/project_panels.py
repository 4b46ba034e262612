"""Progress on the page of a project."""

from typing import Any

from projects.models import Project
from projects.panels import panel
from projects.precision import precise
from projects.progress.models import Milestone, ProgressUpdate

SHOWN = 3


@panel("projects/progress/panel.html", order=50)
def progress(project: Project, user: Any) -> dict[str, Any] | None:
    """The next milestones for all; the last accepted update for those who work with the project."""
    found = Milestone.objects.filter(project=project)
    milestones = list(found.filter(state="planned")[:SHOWN])
    knows = user.has_perm("progress.view_updates", project)
    latest = None
    if knows:
        accepted = ProgressUpdate.objects.accepted().filter(project=project)
        latest = accepted.select_related("round").prefetch_related("jobs").first()
    keeps = user.has_perm("projects.change_project", project)
    if not (milestones or knows or found.exists()):
        return None
    return {
        "milestones": [(each, precise(each.planned_on, each.planned_precision)) for each in milestones],
        "reached_part": found.reached_part(),
        "latest": latest,
        "knows": knows,
        "keeps": keeps,
    }
