"""What members are told about their dues."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from committees.models import (
    DuesCharge,
    DuesYear,
)
from committees.notices.common import COMMITTEE, ORGANISATION, names_of, start_page
from temp_portal.notifications.kinds import Context, Kind, register, translations


def _dues_of_year(dues_year: DuesYear) -> Context:
    return {"committee": translations(dues_year.committee, "name"), "year": dues_year.year}


def _dues(charge: DuesCharge) -> Context:
    return {
        "committee": translations(charge.seat.committee, "name"),
        "organisation": names_of(charge.seat.organisation),
        "year": charge.dues_year.year,
        "due_on": charge.due_on,
    }


YEAR = (_("Year"), "year")
DUE_ON = (_("Due on"), "due_on")

register(
    Kind(
        "dues_drawn_up",
        label=_("Dues of a year are due"),
        subject=_("Dues for %(year)s to %(committee)s"),
        body=_("The dues are to be paid by %(due_on)s. Your start page shows the amount and has the statement."),
        details=(COMMITTEE, YEAR, DUE_ON),
        context=_dues_of_year,
        link=start_page,
    ),
    Kind(
        "dues_reminder",
        label=_("Dues are overdue"),
        subject=_("Reminder: dues of %(organisation)s for %(year)s"),
        body=_("%(open)s is still open; it was due on %(due_on)s. Your start page has the statement."),
        details=(ORGANISATION, COMMITTEE, YEAR, DUE_ON, (pgettext_lazy("dues", "Open"), "open")),
        context=_dues,
        link=start_page,
        switchable=False,
    ),
)
