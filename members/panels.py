"""Panels that the apps above add to an organisation's page, from their `organisation_panels.py`.

# committees/organisation_panels.py
@panel("committees/organisation_panel.html")
def seats(organisation, user):
    return {"seats": …}           # None leaves the panel out
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from members.models import Organisation

Context = Callable[[Organisation, Any], dict[str, Any] | None]

_PANELS: list[tuple[str, Context]] = []


def panel(template: str) -> Callable[[Context], Context]:
    """Register a panel: the template, and what it shows of an organisation to a user."""

    def register(context: Context) -> Context:
        _PANELS.append((template, context))
        return context

    return register


def render_panels(request: HttpRequest, organisation: Organisation) -> list[SafeString]:
    """The panels that have something to show to whoever asks."""
    shown = ((template, context(organisation, request.user)) for template, context in _PANELS)
    return [render_to_string(template, values, request) for template, values in shown if values is not None]
