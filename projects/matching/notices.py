"""What the two sides of a match are told."""

from django.utils.translation import gettext_lazy as _

from projects.matching.enums import MatchState
from projects.matching.models import Match
from temp_portal.notifications.kinds import Context, Kind, every_language, register, translations


def _match(match: Match) -> Context:
    return {
        "product": translations(match.demand, "product"),
        "offered": translations(match.capability, "product"),
        "state": every_language(MatchState(match.state).label),
        "needs": str(match.demand.organisation),
        "makes": str(match.capability.organisation),
    }


register(
    Kind(
        "match_moved",
        label=_("A match of a demand and a capability goes on"),
        subject=_("%(product)s: the match is now “%(state)s”"),
        body=_("%(needs)s needs it, %(makes)s can make it. The page of the match shows what happened."),
        details=((_("Capability"), "offered"), (_("Reason"), "reason")),
        context=_match,
    )
)
