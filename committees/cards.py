"""Committees as cards by sector, as the front page and the catalogue show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.urls import reverse

from committees.composition import Composition, compositions
from committees.enums import Sector
from committees.models import Committee


@dataclass(frozen=True, slots=True)
class Card:
    """A committee with its composition on the day of the page."""

    committee: Committee
    composition: Composition


@dataclass(frozen=True, slots=True)
class SectorCards:
    """The cards of a sector; `more` committees stand in the catalogue only."""

    sector: Sector
    cards: list[Card]
    more: int = 0

    @property
    def url(self) -> str:
        """The sector in the catalogue."""
        return f"{reverse('committees:catalogue')}?sector={self.sector.value}"


def by_sector(committees: Iterable[Committee], day: date) -> list[SectorCards]:
    """Cards of committees that come grouped by sector, in their order. One query beyond theirs.

    A committee may carry `in_sector`, the number of all in its sector.
    """
    rows = list(committees)
    found = compositions([row.pk for row in rows], day)
    grouped = [(Sector(key), list(group)) for key, group in groupby(rows, key=lambda row: row.sector)]
    return [
        SectorCards(
            sector,
            [Card(row, found[row.pk]) for row in group],
            more=getattr(group[0], "in_sector", len(group)) - len(group),
        )
        for sector, group in grouped
    ]
