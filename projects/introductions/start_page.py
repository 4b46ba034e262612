"""The introductions on which an officer of a district or a committee works."""

from typing import Any

from projects.introductions.columns import TONES
from projects.introductions.enums import UNDER_WAY
from projects.introductions.models import Introduction
from temp_portal.accounts.models import User
from temp_portal.accounts.start import block

SHOWN = 8


@block("me/introductions.html", order=25)
def introductions(user: User) -> dict[str, Any] | None:
    """Those under way, the ones first that have stood still the longest. Two queries at most."""
    if not user.has_perm("introductions.view_pipeline"):
        return None
    rows = Introduction.objects.kept_by(user).filter(state__in=UNDER_WAY)
    found = list(rows.with_names().with_since().order_by("since", "pk")[:SHOWN])
    return {
        "introductions": [(each, TONES[each.state]) for each in found],
        "count": rows.count() if len(found) == SHOWN else len(found),
        "adds": user.has_perm("introductions.add_introduction"),
    }
