"""The bell in the header of every page."""

from functools import cache
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest

from temp_portal.notifications.models import Delivery

# The bell says "99+" from here on, so counting stops there.
COUNTED: Final = 100


def inbox(request: HttpRequest) -> dict[str, Any]:
    """What the frame of a page shows of the visitor's mail.

    `unread_count`: notices in the inbox that were not opened yet, at most 100; asked when shown. `has_mailbox`: mails
    stay on this machine and can be read on its mailbox page.
    """
    frame: dict[str, Any] = {"has_mailbox": settings.MAILBOX_PAGE}
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return frame
    unread = Delivery.objects.visible_to(user).unread()
    return frame | {"unread_count": cache(lambda: unread[:COUNTED].count())}
