"""What the header of every page needs to know about who is looking."""

from typing import Any

from django.http import HttpRequest

from temp_portal.accounts.enums import Role
from temp_portal.accounts.permissions import holds


def navigation(request: HttpRequest) -> dict[str, Any]:
    """`nav`: which parts of the navigation the visitor has."""
    user = getattr(request, "user", None)
    if user is None:
        return {}
    return {
        "nav": {
            "secretariat": holds(user, Role.STAFF, Role.ADMINISTRATOR),
            "reports": holds(user, Role.STAFF, Role.ADMINISTRATOR, Role.LEADER, Role.SECRETARY, Role.CHAIR),
            "officer": holds(user, Role.SECRETARY, Role.CHAIR),
            "representative": holds(user, Role.REPRESENTATIVE),
        }
    }
