from typing import Any

from django.http import HttpRequest


def inbox(request: HttpRequest) -> dict[str, Any]:
    """`unread_count`: notices in the visitor's inbox that were not opened yet."""
    return {}
