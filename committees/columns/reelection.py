"""Columns of the memberships of a term that has ended. The rows are SeatTerms."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from committees.enums import ChainRole, FunctionalRole, PositionCode
from members.enums import GROUP_OF_TYPE, OwnershipGroup, OwnershipType
from temp_portal.core.db import label_of
from temp_portal.core.lists import Column, cells
from temp_portal.core.markup import own_mark, time_tag

ORGANISATION = "seat__organisation__legal_name"


def ownership(row: Any) -> object:
    """The mark of the group that was verified for the last day."""
    kind = row.ownership_type
    return own_mark(GROUP_OF_TYPE[OwnershipType(kind)] if kind else OwnershipGroup.UNVERIFIED)


def chain(row: Any) -> object:
    """The place in the industrial chain."""
    return ChainRole(row.chain_role).label if row.chain_role else None


def offices(row: Any) -> object:
    """The offices held in the term; for those without any whether they voted."""
    codes = row.offices or [PositionCode.UNIT_MEMBER if row.voting else PositionCode.OBSERVER]
    return ", ".join(str(PositionCode(code).label) for code in codes)


def first_day(row: Any) -> object:
    return time_tag(row.held.lower)


def left_before(row: Any) -> object:
    """The first day without the seat, for those who left before the term ended."""
    return time_tag(row.held.upper) if row.held.upper < row.term.valid.upper else None


FROZEN = [
    Column(
        "name",
        _("Organisation"),
        cells.name("seat.organisation", native="legal_name", link="seat.organisation.get_absolute_url"),
        sort=(ORGANISATION,),
        export=ORGANISATION,
        row_header=True,
    ),
    Column("ownership", _("Ownership"), ownership, export=label_of("ownership_type", OwnershipType)),
    Column("offices", _("Offices"), offices),
    Column(
        "role",
        _("Functional role"),
        cells.choice("functional_role"),
        sort=("functional_role", ORGANISATION),
        export=label_of("functional_role", FunctionalRole),
    ),
    Column("chain", _("Chain role"), chain, export=label_of("chain_role", ChainRole)),
    Column("since", _("Member in the term from"), first_day, sort=("held", ORGANISATION), export="held__startswith"),
    Column("left", _("Left before"), left_before, export="held__endswith"),
]
