"""On an organisation's page: what it needs and what it can make, as far as the user may see it."""

from typing import Any

from members.models import Organisation
from members.panels import panel
from projects.matching.models import Capability, Demand


@panel("matching/organisation_panel.html")
def published(organisation: Organisation, user: Any) -> dict[str, Any] | None:
    """Two queries, none for a visitor."""
    if not user.has_perm("matching.view_listings"):
        return None
    same = Organisation.objects.same_as(organisation).values("pk")
    demands, capabilities = (
        list(model.objects.visible_to(user).published().filter(organisation__in=same).order_by("-pk"))
        for model in (Demand, Capability)
    )
    return {"demands": demands, "capabilities": capabilities} if demands or capabilities else None
