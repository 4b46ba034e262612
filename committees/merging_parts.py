"""What committees hang on an organisation or a person, and what has to be settled before two records are merged."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.enums import OPEN_APPLICATION_STATES, ApplicationState
from committees.models import Application, Appointment, Seat
from members.carried import Carried, carries, conflicts, days
from members.models import Organisation, Person
from temp_portal.core.db import first_day


@carries(Organisation)
def seats(organisation: Organisation) -> Carried:
    found = Seat.objects.held().filter(organisation=organisation).select_related("committee").order_by("valid", "pk")
    return Carried(gettext_lazy("Seats"), [f"{seat.committee}, {days(seat.valid)}" for seat in found])


@carries(Organisation)
def applications(organisation: Organisation) -> Carried:
    found = Application.objects.ever_submitted().filter(organisation=organisation).select_related("committee")
    lines = [f"{each}: {each.committee}, {each.get_state_display()}" for each in found.order_by("pk")]
    return Carried(gettext_lazy("Applications"), lines)


@conflicts(Organisation)
def overlapping_seats(merged: Organisation, remaining: Organisation) -> Sequence[str]:
    """One organisation has one seat in a committee on any day."""
    own = Seat.objects.held().select_related("committee").order_by("committee", "valid")
    theirs = list(own.filter(organisation=remaining))
    message = _(
        "%(committee)s: “%(merged)s” and “%(remaining)s” have seats on the same days. End or correct one first."
    )
    names = {"merged": merged.own_name, "remaining": remaining.own_name}
    return [
        message % (names | {"committee": seat.committee})
        for seat in own.filter(organisation=merged)
        if any(other.committee_id == seat.committee_id and _overlap(other, seat) for other in theirs)
    ]


def _overlap(one: Seat, other: Seat) -> bool:
    first, second = sorted((one.valid, other.valid), key=first_day)
    return first.upper is None or first_day(second) < first.upper


@conflicts(Organisation)
def open_applications(merged: Organisation, _remaining: Organisation) -> Sequence[str]:
    """Approval would give the merged one a seat, which is refused: so it is decided before."""
    found = Application.objects.filter(organisation=merged, state__in=OPEN_APPLICATION_STATES).select_related(
        "committee"
    )
    message = _(
        "Application %(number)s of “%(merged)s” to %(committee)s is open: it has to be decided or withdrawn first."
    )
    return [
        message % {"number": each.number, "merged": merged.own_name, "committee": each.committee}
        for each in found.exclude(state=ApplicationState.DRAFT).select_related("committee").order_by("pk")
    ]


@carries(Person)
def represented_seats(person: Person) -> Carried:
    found = Seat.objects.held().filter(representative=person).select_related("committee", "organisation")
    lines = [f"{seat.committee}: {seat.organisation}, {days(seat.valid)}" for seat in found.order_by("valid", "pk")]
    return Carried(gettext_lazy("Seats"), lines)


@carries(Person)
def offices(person: Person) -> Carried:
    held = Appointment.objects.current().filter(person=person).select_related("position", "seat__committee")
    lines = [f"{each.position}, {each.seat.committee}, {days(each.valid)}" for each in held.order_by("valid", "pk")]
    return Carried(gettext_lazy("Positions"), lines)
