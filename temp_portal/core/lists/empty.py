"""What stands where rows would be: why there are none, and what to do about it."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Empty:
    """An empty state: one sentence why, at most one action.

    url: a URL name without arguments, or a path beginning with a slash.
    """

    why: str | Promise
    action: str | Promise = ""
    url: str = ""

    @property
    def href(self) -> str:
        """Address of the action, or an empty string."""
        if not self.url or self.url.startswith(("/", "?", "#")):
            return self.url
        return reverse(self.url)
