from typing import Any

from projects.models import MoneyEvent, Project
from projects.money import totals
from projects.panels import panel


@panel("projects/panels/money.html", order=40)
def money(project: Project, user: Any) -> dict[str, Any] | None:
    """Sums by kind; kinds and currencies are never added to each other (domain brief §7)."""
    if not user.has_perm("projects.see_money", project):
        return None
    amounts = MoneyEvent.objects.in_force().filter(project=project).count()
    may_record = user.has_perm("projects.record_money", project)
    return {"totals": totals(project), "amounts": amounts, "may_record": may_record}
