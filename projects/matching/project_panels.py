"""On a project's page: the match whose contract it is, and the resources that belong to it."""

from typing import Any

from projects.matching.models import Match, ResourceOffer
from projects.models import Project
from projects.panels import panel


@panel("matching/project_panel.html", order=80)
def matching(project: Project, user: Any) -> dict[str, Any] | None:
    """For those who see matches and offers."""
    match = Match.objects.visible_to(user).filter(project=project).with_names().first()
    offers = list(
        ResourceOffer.objects.visible_to(user)
        .filter(project=project)
        .select_related("capital_source__organisation__merged_into")
        .order_by("pk")
    )
    return {"match": match, "offers": offers} if match or offers else None
