"""Columns of the list of people. The rows are Persons with the annotations of `people.with_work`."""

from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from members.models import Person
from temp_portal.core.lists import Column, cells
from temp_portal.core.markup import status_tag


def person(row: Person) -> object:
    """The name as the person writes it, leading to the page; the Latin form under it."""
    latin = row.name_latin if row.name_latin != row.name else ""
    under = format_html('<span class="native">{}</span>', latin) if latin else ""
    return format_html('<a href="{}">{}</a>{}', row.get_absolute_url(), row.name, under)


def consents(row: Any) -> object:
    """Which consents are live; the compulsory one is missed loudly."""
    if not row.has_representation:
        return status_tag("warn", gettext("Missing"))
    return status_tag("ok", gettext("Name is public") if row.has_publication else gettext("Given"))


PEOPLE = [
    Column("name", _("Name"), person, sort=("name",), export="name", row_header=True),
    Column(
        "latin",
        _("In Latin letters"),
        cells.text("name_latin"),
        sort=("name_latin", "name"),
        export="name_latin",
        default=False,
    ),
    Column("zh", _("In Chinese"), cells.text("name_zh"), export="name_zh", default=False),
    Column("ru", _("In Russian"), cells.text("name_ru"), export="name_ru", default=False),
    Column("organisations", _("Represents"), cells.text("organisation_names"), export="organisation_names"),
    Column("committees", _("Committees"), cells.text("committee_names"), export="committee_names"),
    Column("positions", _("Positions"), cells.text("office_titles"), export="office_titles"),
    Column("email", _("Work e-mail"), cells.text("email"), export="email"),
    Column("phone", _("Work phone"), cells.text("phone"), export="phone", default=False),
    Column("consent", _("Consent"), consents, export="has_representation"),
]
