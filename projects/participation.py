"""Who takes part in a project, and who owns them on a day."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from committees.composition.shares import Composition
from members.enums import COUNTED_GROUPS
from members.models import Organisation
from projects.enums import CONSORTIUM_ROLES, ParticipantRole
from projects.models import Project

#: Ownership groups that enterprises going abroad together should bring (domain brief §6.7).
GROUPS: Final = 2


def participation(project: Project, day: date) -> dict[str, Any]:
    """The rows with `owner`, their ownership group on the day; the groups among lead and partners. Two queries."""
    rows: list[Any] = list(project.participants.select_related("organisation__merged_into").order_by("id"))
    rows.sort(key=lambda row: list(ParticipantRole).index(row.role))
    groups = owners((row.organisation_id for row in rows if row.organisation_id), day)
    for row in rows:
        row.owner = groups.get(row.organisation_id)
    carrying = [row.owner for row in rows if row.role in CONSORTIUM_ROLES and row.owner]
    present = set(carrying) & set(COUNTED_GROUPS)
    return {
        "participants": rows,
        "day": day,
        "composition": Composition({group: carrying.count(group) for group in set(carrying)}),
        "present": len(present),
        "enough": len(present) >= GROUPS,
    }


def owners(organisations: Iterable[int], day: date) -> dict[int, str]:
    """Ownership group of each organisation (id) as on a day. One query."""
    found = Organisation.objects.filter(pk__in=list(organisations)).with_ownership(day)
    return dict(found.values_list("pk", "ownership_group"))
