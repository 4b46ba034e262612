"""On a project's page: the introductions that it came of, for those who see them."""

from typing import Any

from projects.introductions.models import Introduction
from projects.models import Project
from projects.panels import panel


@panel("introductions/project_panel.html", order=15)
def introductions(project: Project, user: Any) -> dict[str, Any] | None:
    """Every amount of the project traces back to these."""
    found = list(Introduction.objects.visible_to(user).filter(project=project).with_names().order_by("pk"))
    return {"introductions": found} if found else None
