"""What happened to a match, told from its transitions; and what its moves are called."""

from typing import Any, Final

from django.utils.text import capfirst
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from committees.history import Event
from projects.matching.enums import MatchState
from projects.matching.models import Match
from temp_portal.audit.models import Transition
from temp_portal.core.markup import date_text

LABELS: Final = {
    "introduce": _("Introduce both sides"),
    "sample": _("Record the sample"),
    "quote": _("Record the quotation"),
    "contract": _("Record the contract"),
    "deliver": _("Record the delivery"),
    "fail": _("Record that it failed"),
    "dismiss": _("Dismiss the suggestion"),
}


def events_of(match: Match) -> list[Event]:
    """Newest first. One query."""
    found = Transition.objects.of(match).select_related("by").order_by("-at", "-pk")
    return [Event(_title(each), each.at, str(each.by or ""), each.reason) for each in found]


def _title(transition: Any) -> str:
    told = {"state": capfirst(str(MatchState(transition.to_state).label)), "day": date_text(transition.effective_on)}
    return _t("%(state)s on %(day)s") % told
