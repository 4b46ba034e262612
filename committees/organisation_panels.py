"""Seats on the page of an organisation."""

from typing import Any

from committees.models import Seat
from members.models import Organisation
from members.panels import panel


@panel("committees/organisation_panel.html")
def seats(organisation: Organisation, user: Any) -> dict[str, Any] | None:
    """Present and past seats in committees that the user may see."""
    same = Organisation.objects.same_as(organisation)
    found = Seat.objects.visible_to(user).filter(organisation__in=same).select_related("committee", "organisation")
    may_record = user.has_perm("members.record_person", organisation)
    return {"seats": found.order_by("-valid"), "organisation": organisation, "may_record": may_record}
