"""What tests of pages ask of a client and of a response."""

import re
from typing import Any

from django.urls import reverse

from committees.models import Application
from temp_portal.accounts.models import User


def enter(client: Any, user: User) -> Any:
    """The client, signed in as the user."""
    client.force_login(user)
    return client


def text(response: Any) -> str:
    """The page as text."""
    return str(response.content.decode())


def title(response: Any) -> str:
    """What stands in the title of the page."""
    found = re.search(r"<title>(.*?)</title>", text(response), re.DOTALL)
    return found[1].strip() if found else ""


def url(name: str, application: Application) -> str:
    """The address of one of an application's pages."""
    return reverse(f"committees:{name}", args=[application.pk])
