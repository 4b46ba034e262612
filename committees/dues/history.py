"""What happened to the dues of a member, told from the transitions."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from committees.history import Event
from committees.models import DuesCharge
from temp_portal.audit.models import Transition
from temp_portal.core.markup import date_text
from temp_portal.core.markup.figures import money

MOVES = {
    "pay": _("%(amount)s paid on %(day)s"),
    "correct_payment": _("Payment corrected from %(was)s to %(amount)s"),
    "waive": _("Waived from %(day)s"),
    "take_waiver_back": _("Waiver taken back"),
}


def charge_events(charge: DuesCharge) -> list[Event]:
    """Newest first. One query."""
    found = Transition.objects.of(charge).select_related("by").order_by("-at", "-pk")
    return [_event(charge, each) for each in found]


def _event(charge: DuesCharge, transition: Any) -> Event:
    details = transition.details
    told = {"day": date_text(transition.effective_on)} | {
        name: money(Decimal(details[name]), charge.currency) for name in ("amount", "was") if name in details
    }
    quote = " · ".join(filter(None, [details.get("document", ""), transition.reason]))
    corrects = transition.move in ("correct_payment", "take_waiver_back")
    return Event(str(MOVES[transition.move]) % told, transition.at, str(transition.by or ""), quote, corrects)
