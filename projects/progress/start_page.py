"""Quarterly updates that wait: for the lead enterprise to be filled in, for the committee to be decided on."""

from typing import Any

from django.utils import timezone

from members.models import Organisation
from projects.progress.models import ProgressUpdate
from temp_portal.accounts.enums import Role
from temp_portal.accounts.models import User
from temp_portal.accounts.permissions import holds
from temp_portal.accounts.start import block

SHOWN = 12


@block("me/updates_to_fill_in.html", order=7)
def to_fill_in(user: User) -> dict[str, Any] | None:
    """Updates in the hands of the user's organisations, the most pressing first. One query."""
    if not user.has_role(Role.REPRESENTATIVE):
        return None
    own = Organisation.objects.represented_by(user).values("pk")
    rows = ProgressUpdate.objects.waiting_for_lead(own).select_related("project", "round")
    updates = list(rows.order_by("due_on", "pk")[:SHOWN])
    return {"updates": updates, "today": timezone.localdate()} if updates else None


@block("me/updates_to_decide.html", order=22)
def to_decide(user: User) -> dict[str, Any] | None:
    """Updates that were sent to the user's committees, the oldest first, and how many are late. Two queries."""
    if not holds(user, Role.SECRETARY, Role.STAFF):
        return None
    waiting = ProgressUpdate.objects.waiting_for_decision(user).select_related("project", "round")
    updates = list(waiting.order_by("submitted_at", "pk")[:SHOWN])
    late = ProgressUpdate.objects.visible_to(user).overdue(timezone.localdate()).count()
    return {"updates": updates, "late": late} if updates or late else None
