"""Projects on the page of an organisation."""

from typing import Any

from django.db.models import Q

from members.models import Organisation
from members.panels import panel
from projects.models import Project


@panel("projects/organisation_panel.html")
def projects(organisation: Organisation, user: Any) -> dict[str, Any] | None:
    """Projects that the organisation leads or takes part in, as far as the user may see them."""
    same = Organisation.objects.same_as(organisation).values("pk")
    taken = Q(lead__in=same) | Q(participants__organisation__in=same)
    found = list(Project.objects.visible_to(user).filter(taken).distinct().order_by("code"))
    return {"projects": found} if found else None
