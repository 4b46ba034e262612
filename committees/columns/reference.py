"""Columns of the lists of calendar days and of reasons for decisions."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from committees.models import CalendarDay, DecisionReason
from temp_portal.core.lists import Column, cells
from temp_portal.core.markup import status_tag


def worked(day: CalendarDay) -> object:
    """Whether offices work although it is a rest day, or rest although it is none."""
    if day.working:
        return status_tag("wait", pgettext("day", "worked"))
    return status_tag("ok", pgettext("day", "free"))


def on_offer(reason: DecisionReason) -> object:
    return (
        status_tag("ok", pgettext("reason", "on offer"))
        if reason.active
        else status_tag("", pgettext("reason", "kept"))
    )


def day_columns(link: str = "") -> list[Column]:
    """link: path of the page on which a day is changed, for those who may."""
    return [
        Column(
            "day",
            _("Day"),
            cells.date("day"),
            sort=("day", "country"),
            export="day",
            row_header=True,
            width="nowrap",
        ),
        Column("country", _("Country"), cells.country("country"), sort=("country", "day"), export="country"),
        Column("worked", _("Worked"), worked, sort=("working", "day"), export="working"),
        Column("name", _("Name"), cells.name(link=link), export="name"),
        Column("source", _("Source"), cells.text("source"), export="source"),
    ]


def reason_columns(link: str = "") -> list[Column]:
    """link: path of the page on which a reason is changed, for those who may."""
    return [
        Column("text", _("Text"), cells.name(field="text", link=link), export="text", row_header=True),
        Column("kind", _("Kind"), cells.choice("kind"), sort=("kind", "order"), export="kind"),
        Column("code", _("Code"), cells.text("code"), sort=("code",), export="code"),
        Column("order", _("Order"), cells.number("order"), sort=("order", "code"), export="order", numeric=True),
        Column("active", _("On offer"), on_offer, sort=("active", "order"), export="active"),
    ]
