"""Transfer and handover on the page of a project."""

from typing import Any

from projects.handover.checklist import checklist, is_complete
from projects.handover.enums import HANDING_OVER
from projects.handover.models import Review, TransferLine
from projects.models import Project
from projects.panels import panel


@panel("projects/handover/panel.html", order=70)
def handover(project: Project, user: Any) -> dict[str, Any] | None:
    """How far each kind of transfer is; None where nothing is on record and nobody could add to it."""
    lines = list(TransferLine.objects.filter(project=project))
    near = project.stage in HANDING_OVER
    if not (lines or near or user.has_perm("projects.change_project", project)):
        return None
    items = checklist(lines)
    reviews = Review.objects.filter(project=project).order_by("due_on")
    return {
        "items": items if lines else [],
        "complete": is_complete(items),
        "certificate": project.handover_certificates.valid().first(),
        "review": reviews.planned().first(),
    }
