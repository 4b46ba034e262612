"""The start page `/me/`: every app says in its `start_page.py` what waits there for whom.

# committees/start_page.py
@block("committees/start_queues.html", order=20)
def queues(user):
    return {"committees": …}           # None leaves the block out
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from temp_portal.accounts.models import User
from temp_portal.accounts.permissions import user_of

Context = Callable[[User], dict[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Block:
    """A part of the page: its template, its place (small numbers first), and what it shows to a user."""

    template: str
    order: int
    context: Context


_BLOCKS: dict[str, Block] = {}


def block(template: str, *, order: int) -> Callable[[Context], Context]:
    """Register a part of the start page; a template is shown once."""

    def register(context: Context) -> Context:
        _BLOCKS[template] = Block(template, order, context)
        return context

    return register


def render_blocks(request: HttpRequest) -> list[SafeString]:
    """The parts that have something to show to who is signed in, in their order."""
    user = user_of(request)
    ordered = sorted(_BLOCKS.values(), key=lambda each: each.order)
    shown = ((each.template, each.context(user)) for each in ordered)
    return [render_to_string(template, values, request) for template, values in shown if values is not None]
