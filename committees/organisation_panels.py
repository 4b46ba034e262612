"""Seats on the page of an organisation."""

from typing import Any

from django.urls import reverse

from committees.models import Seat
from committees.views.legal import ACTS
from members.enums import EventKind
from members.models import LegalEvent, Organisation
from members.panels import panel


@panel("committees/organisation_panel.html")
def seats(organisation: Organisation, user: Any) -> dict[str, Any] | None:
    """Present and past seats in committees that the user may see."""
    same = Organisation.objects.same_as(organisation)
    found = Seat.objects.visible_to(user).filter(organisation__in=same).select_related("committee", "organisation")
    may_record = user.has_perm("members.record_person", organisation)
    return {"seats": found.order_by("-valid"), "organisation": organisation, "may_record": may_record}


@panel("committees/legal/panel.html")
def legal(organisation: Organisation, user: Any) -> dict[str, Any] | None:
    """What happened to it as a legal person; whoever may record it finds the ways to do so."""
    events = list(LegalEvent.objects.about(organisation))
    may_record = user.has_perm("members.record_event", organisation)
    if not events and not may_record:
        return None
    renamed = any(event.kind == EventKind.RENAMED for event in events)
    return {
        "organisation": organisation,
        "events": events,
        "names": organisation.former_names.order_by("-valid") if renamed else [],
        "acts": [
            (act.label, reverse("committees:legal-event", args=[organisation.pk, name])) for name, act in ACTS.items()
        ]
        if may_record
        else [],
    }
