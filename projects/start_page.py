"""The projects in which a representative's organisations take part."""

from typing import Any

from django.db.models import Exists, OuterRef, Q

from members.models import Organisation
from projects.models import Participant, Project
from temp_portal.accounts.enums import Role
from temp_portal.accounts.models import User
from temp_portal.accounts.start import block

SHOWN = 10


@block("me/projects.html", order=16)
def own_projects(user: User) -> dict[str, Any] | None:
    """Those that the organisations lead or take part in, the last ones first. One query."""
    if not user.has_role(Role.REPRESENTATIVE):
        return None
    own = Organisation.objects.represented_by(user)
    taken = Participant.objects.filter(project=OuterRef("pk"), organisation__in=own)
    rows = Project.objects.visible_to(user).filter(Q(lead__in=own) | Exists(taken))
    projects = list(rows.select_related("lead__merged_into").order_by("-pk")[:SHOWN])
    return {"projects": projects} if projects else None
