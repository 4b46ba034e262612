"""Columns of the yearly confirmations. The rows are Confirmations."""

from django.utils.translation import gettext_lazy as _

from temp_portal.core.lists import Column, cells

CONFIRMATIONS = [
    Column(
        "organisation",
        _("Organisation"),
        cells.name("organisation", native="legal_name", link="organisation.get_absolute_url"),
        sort=("organisation__legal_name",),
        export="organisation__legal_name",
        row_header=True,
    ),
    Column("country", _("Country"), cells.country("organisation.country"), export="organisation__country"),
    Column("year", _("Year"), cells.text("round.year"), sort=("round__year", "organisation__legal_name")),
    Column("due", _("Due on"), cells.date("round.due_on"), sort=("round__due_on",)),
    Column("confirmed", _("Confirmed on"), cells.date("confirmed_at"), sort=("confirmed_at",)),
    Column("confirmed_by", _("Confirmed by"), cells.text("confirmed_by"), export="confirmed_by__name"),
    Column("reminded", _("Reminded"), cells.date("reminded_at"), sort=("reminded_at",)),
]
