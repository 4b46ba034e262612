"""Reviews after a handover that wait for those who keep the project."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from projects.handover.models import Review
from projects.models import Project
from temp_portal.accounts.enums import Role
from temp_portal.accounts.models import User
from temp_portal.accounts.permissions import holds
from temp_portal.accounts.start import block

SHOWN = 8
SOON = timedelta(days=30)


@block("me/handover_reviews.html", order=23)
def reviews(user: User) -> dict[str, Any] | None:
    """Those that are near or late, the oldest first. One query."""
    if not holds(user, Role.SECRETARY, Role.STAFF):
        return None
    near = Review.objects.near(timezone.localdate(), SOON).filter(project__in=Project.objects.kept_by(user))
    rows = list(near.select_related("project").order_by("due_on", "pk")[:SHOWN])
    return {"reviews": rows} if rows else None
