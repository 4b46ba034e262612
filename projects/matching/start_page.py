"""Matches that wait for a secretary, and those of a representative's organisations that are on their way."""

from typing import Any

from django.utils.translation import gettext as _

from projects.matching.columns import MATCH_TONES
from projects.matching.enums import MatchState
from projects.matching.models import Match
from temp_portal.accounts.enums import Role
from temp_portal.accounts.models import User
from temp_portal.accounts.start import block

SHOWN = 8


@block("me/matches.html", order=17)
def matches(user: User) -> dict[str, Any] | None:
    """For who confirms what was asked for, else for the two sides. One query."""
    rows = Match.objects.visible_to(user).with_names()
    if user.has_role(Role.SECRETARY, Role.STAFF):
        rows, title = rows.filter(state=MatchState.SUGGESTED), _("Introductions that were asked for")
    elif user.has_role(Role.REPRESENTATIVE):
        rows, title = rows.in_motion(), _("Our matches")
    else:
        return None
    found = [(each, MATCH_TONES[each.state]) for each in rows.order_by("-pk")[:SHOWN]]
    return {"matches": found, "title": title}
