"""Columns of the catalogue and of the list of everybody who takes part."""

from django.utils.translation import gettext_lazy as _

from committees.enums import STATE_TONES
from members.enums import OwnershipGroup
from temp_portal.core.db import label_of
from temp_portal.core.lists import Column, cells

CATALOGUE = [
    Column(
        "name",
        _("Committee"),
        cells.name(link="get_absolute_url"),
        sort=("name_en", "slug"),
        export="name_en",
        row_header=True,
    ),
    Column("name_zh_hans", _("Name in Chinese"), cells.text("name_zh_hans"), export="name_zh_hans"),
    Column("name_ru", _("Name in Russian"), cells.text("name_ru"), export="name_ru"),
    Column("sector", _("Sector"), cells.choice("sector"), sort=("sector_rank", "slug"), export="sector"),
    Column("state", _("State"), cells.status("state", STATE_TONES), sort=("state", "slug"), export="state"),
    Column("established", _("Established on"), cells.date("established_on"), sort=("established_on",)),
    Column("members", _("Members"), cells.number("member_count"), sort=("member_count",), numeric=True),
]

MEMBERS = [
    Column(
        "organisation",
        _("Organisation"),
        cells.name(native="legal_name", link="get_absolute_url"),
        sort=("legal_name",),
        export="legal_name",
        row_header=True,
    ),
    Column("name_en", _("Name in English"), cells.text("name_en"), export="name_en", default=False),
    Column("name_zh_hans", _("Name in Chinese"), cells.text("name_zh_hans"), export="name_zh_hans", default=False),
    Column("name_ru", _("Name in Russian"), cells.text("name_ru"), export="name_ru", default=False),
    Column(
        "ownership",
        _("Ownership"),
        cells.ownership("ownership_group"),
        export=label_of("ownership_group", OwnershipGroup),
    ),
    Column("country", _("Country"), cells.country(), sort=("country", "legal_name"), export="country"),
    Column("region", _("Region"), cells.text("region"), sort=("region", "legal_name"), default=False),
    Column("committees", _("Committees"), cells.number("seat_count"), export="seat_count", numeric=True),
    Column("since", _("Member since"), cells.date("member_since"), export="member_since", numeric=True),
]
