"""The newest unread notices on the start page."""

from typing import Any

from temp_portal.accounts.models import User
from temp_portal.accounts.start import block
from temp_portal.notifications.messages import message
from temp_portal.notifications.models import Delivery

SHOWN = 5


@block("me/notices.html", order=18)
def notices(user: User) -> dict[str, Any] | None:
    """What the portal has told and the person has not read. One query."""
    unread = Delivery.objects.visible_to(user).unread().select_related("notification").order_by("-pk")[:SHOWN]
    told = [(each.notification, message(each.notification).subject) for each in unread]
    return {"told": told} if told else None
