"""Panels of a project's page, from the `project_panels.py` of the apps that know something about a project.

# projects/risks/project_panels.py
@panel("projects/risks/panel.html", order=60)
def risks(project, user):
    return {"risks": …}           # None leaves the panel out

Orders: 10 record, 20 course, 30 participants, 40 money, 50 progress, 60 risks, 70 transfer and handover, 80 matching.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from projects.models import Project

Context = Callable[[Project, Any], dict[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of the page: its template, and what it shows of a project to a user."""

    order: int
    template: str
    context: Context


_PANELS: list[Panel] = []


def panel(template: str, *, order: int) -> Callable[[Context], Context]:
    """Register a panel. The template finds the project itself as `project`."""

    def register(context: Context) -> Context:
        _PANELS.append(Panel(order, template, context))
        return context

    return register


def render_panels(request: HttpRequest, project: Project) -> list[SafeString]:
    """The panels that have something to show to whoever asks, in their order."""
    shown = ((panel, panel.context(project, request.user)) for panel in sorted(_PANELS, key=lambda each: each.order))
    return [
        render_to_string(panel.template, {"project": project} | values, request)
        for panel, values in shown
        if values is not None
    ]
