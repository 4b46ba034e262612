"""Addresses of very many things of one kind: the pattern is looked up once."""

from collections.abc import Callable
from functools import lru_cache
from html import escape
from typing import Final

from django.urls import get_script_prefix, get_urlconf, reverse

# As a number and as a slug it stands for itself, and no address of the portal holds it otherwise.
_PLACE: Final = "90817263544536271809"


def address_template(name: str, count: int) -> Callable[..., str]:
    """What gives the address called `name` for `count` arguments, numbers or slugs, escaped for an attribute."""
    return _template(name, count, get_urlconf(), get_script_prefix())


@lru_cache(maxsize=256)
def _template(name: str, count: int, urlconf: str | None, _prefix: str) -> Callable[..., str]:
    places = [f"{_PLACE}{number}" for number in range(count)]
    address = escape(reverse(name, urlconf, places)).replace("{", "{{").replace("}", "}}")
    for place in places:
        address = address.replace(place, "{}")
    return address.format


__all__ = ["address_template"]
