from typing import Any

from projects.enums import MoneyKind
from projects.models import MoneyEvent, Project
from projects.panels import panel


@panel("projects/panels/money.html", order=40)
def money(project: Project, user: Any) -> dict[str, Any] | None:
    """Amounts in their own currencies; kinds and currencies are never added to each other (domain brief §7)."""
    if not user.has_perm("projects.see_money", project):
        return None
    events = MoneyEvent.objects.in_force().filter(project=project)
    return {
        "totals": [row | {"label": MoneyKind(row["kind"]).label} for row in events.totals()],
        "money_events": events.order_by("event_date", "id"),
    }
