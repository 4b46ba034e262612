"""The public front page: every app says in its `dashboard.py` what it has to show.

    # committees/dashboard.py
    def collect(request: HttpRequest, day: date) -> Contribution:
        return Contribution(
            figures=[Figure(_("Committees active"), 8, url="/committees/?state=active")],
            blocks=[Block("hero", 10, "committees/front/hero.html", {…}), Block("section", 20, …)],
        )

    register("committees", collect)

The page is the same for everybody, so an app shows there what a visitor may see.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter
from typing import Any, Literal

from django.http import HttpRequest
from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Figure:
    """A number at the top of the page: its label, the number as text, a quiet word behind it, the rows behind it."""

    label: str | Promise
    value: str
    note: str | Promise = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the page: in the hero or as a section under it, in ascending `order` over all apps."""

    place: Literal["hero", "section"]
    order: int
    template: str
    context: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one app puts on the front page."""

    figures: list[Figure] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)


Collect = Callable[[HttpRequest, date], Contribution]

_SOURCES: dict[str, Collect] = {}


def register(app: str, collect: Collect) -> None:
    """Let an app contribute; its figures stand in the order of the apps."""
    _SOURCES[app] = collect


def contributions(request: HttpRequest, day: date) -> Contribution:
    """What all apps show on `day`, in the order of the page."""
    parts = [collect(request, day) for collect in _SOURCES.values()]
    figures = [figure for part in parts for figure in part.figures]
    blocks = [block for part in parts for block in part.blocks]
    return Contribution(figures, sorted(blocks, key=attrgetter("order")))
