"""What happened to an introduction, told from its transitions; and what its moves are called."""

from typing import Any, Final

from django.utils.text import capfirst
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from committees.history import Event
from projects.introductions.enums import UNDER_WAY, Step
from projects.introductions.models import Introduction
from temp_portal.audit.models import Transition
from temp_portal.core.markup import date_text

#: What a move is called on its button and its page.
LABELS: Final = {
    "to_contacted": _("Record the first contact"),
    "to_recruited": _("Record the recruitment"),
    "to_idea": _("Record the idea"),
    "to_feasibility": _("Record the feasibility study"),
    "to_agreement": _("Record the agreement"),
    "to_registered": _("Record the company’s registration"),
    "to_landed": _("Record the landing"),
    "decline": _("The entrepreneur declines"),
    "lose": _("Give it up as lost"),
    "take_up": _("Take it up again"),
    **{f"back_to_{step.value}": _("Back by one step") for step in UNDER_WAY},
}


def events_of(introduction: Introduction) -> list[Event]:
    """Newest first. One query."""
    found = Transition.objects.of(introduction).select_related("by").order_by("-at", "-pk")
    return [Event(_title(each), each.at, str(each.by or ""), each.reason) for each in found]


def _title(transition: Any) -> str:
    if transition.move == "link":
        code = transition.details.get("project")
        return _t("Linked to the project %(code)s") % {"code": code} if code else _t("Link to the project taken off")
    told = {"state": capfirst(str(Step(transition.to_state).label)), "day": date_text(transition.effective_on)}
    return _t("%(state)s on %(day)s") % told
