from typing import Any

from projects.models import Project
from projects.panels import panel
from temp_portal.audit.models import Transition


@panel("projects/panels/course.html", order=20)
def course(project: Project, _user: Any) -> dict[str, Any]:
    """The stages that the project went through, each with its day."""
    labels = dict(Project._meta.get_field("stage").flatchoices)
    moves = Transition.objects.of(project)
    return {
        "moves": [
            {"label": labels.get(move.to_state, move.to_state), "day": move.effective_on, "reason": move.reason}
            for move in moves
        ]
    }


@panel("projects/panels/participants.html", order=30)
def participants(project: Project, _user: Any) -> dict[str, Any]:
    """Who takes part, in which role and with which share."""
    return {"participants": project.participants.select_related("organisation__merged_into").order_by("role", "id")}
