"""Risks on the page of a project, for those who know more of it than the public."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from projects.models import Project
from projects.panels import panel
from projects.risks.columns import level_tag
from projects.risks.models import Risk

SHOWN = 3


@panel("projects/risks/panel.html", order=60)
def risks(project: Project, user: Any) -> dict[str, Any] | None:
    """The worst open risks. One query beside the right to see them."""
    if not user.has_perm("risks.view_register", project):
        return None
    rows = Risk.objects.filter(project=project).open_on(timezone.localdate()).with_assessment()
    worst = list(rows.select_related("project").order_by("-score", "pk")[: SHOWN + 1])
    return {
        "risks": [(risk, level_tag(risk.score)) for risk in worst[:SHOWN]],
        "more": len(worst) > SHOWN,
        "register_url": reverse("risks:register", args=[project.code]),
    }
