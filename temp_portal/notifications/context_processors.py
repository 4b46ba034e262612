"""The bell in the header of every page."""

from functools import cache
from typing import Any, Final

from django.http import HttpRequest

from temp_portal.notifications.models import Delivery

# The bell says "99+" from here on, so counting stops there.
COUNTED: Final = 100


def inbox(request: HttpRequest) -> dict[str, Any]:
    """`unread_count`: notices in the visitor's inbox that were not opened yet, at most 100; asked when shown."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    unread = Delivery.objects.visible_to(user).unread()
    return {"unread_count": cache(lambda: unread[:COUNTED].count())}
