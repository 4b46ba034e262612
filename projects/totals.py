"""Money of many projects, added up by kind and by country, sector, stage or ownership, in dollars and yuan.

Kinds are never added together: contract value, committed and disbursed are different things (domain brief §7). Left out
are umbrella and unreliable records, and what is suspended or cancelled; a project that has parts counts by its parts.
Sums are exact decimals. What has no rate stays in its own currency, beside the sum it is missing from.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from string import Template
from typing import Any, Final, Literal

from django.utils import timezone

from members.models import Organisation
from projects.enums import MoneyKind
from projects.models import Project
from projects.querying import text_of
from temp_portal.reports.queries import dictionaries, sql

By = Literal["all", "country", "sector", "stage", "ownership"]

#: Key of projects in several countries of which the shares are not known to the last percent.
SEVERAL: Final = "several"
#: Fewer projects than this could be told from the sum: the public does not see it.
FEWEST: Final = 3

_CELLS: Final[dict[str, str]] = {
    "all": "SELECT id, '', 1::numeric FROM counted",
    "sector": "SELECT id, sector_code, 1::numeric FROM counted",
    "stage": "SELECT id, stage, 1::numeric FROM counted",
    "ownership": """
        SELECT counted.id, coalesce(owner.ownership_group, ''), 1::numeric
          FROM counted LEFT JOIN ($owners) owner ON owner.id = counted.lead_id
    """,
    "country": """
        SELECT counted.id, place.key, place.part FROM counted CROSS JOIN LATERAL (
            SELECT CASE WHEN every.known OR every.places = 1 THEN host.country WHEN every.places > 1 THEN '$several'
                        ELSE '' END AS key,
                   CASE WHEN every.known THEN host.share / 100 ELSE 1::numeric END AS part
              FROM (SELECT count(*) AS places, coalesce(sum(share) = 100 AND count(share) = count(*), FALSE) AS known
                      FROM projects_projectcountry WHERE project_id = counted.id) every
              LEFT JOIN projects_projectcountry host
                ON host.project_id = counted.id AND (every.known OR every.places = 1)
        ) place
    """,
}


@dataclass(frozen=True, slots=True)
class MoneyTotal:
    """Money of one kind in one cell.

    key: country, sector code, stage or ownership group; "" where the project names none.
    projects: how many have money of this kind there. usd, cny: None where the cell is closed to the reader.
    own: currency → amount, as it was recorded. without_usd, without_cny: what of it has no rate and is missing from the
    sum.
    """

    key: str
    kind: MoneyKind
    projects: int
    usd: Decimal | None = None
    cny: Decimal | None = None
    own: dict[str, Decimal] = field(default_factory=dict)
    without_usd: dict[str, Decimal] = field(default_factory=dict)
    without_cny: dict[str, Decimal] = field(default_factory=dict)

    @property
    def closed(self) -> bool:
        """Whether too few projects stand behind the sum for the reader to see it."""
        return self.usd is None


def money_totals(projects: Any, by: By = "all", *, until: date | None = None, public: bool = False) -> list[MoneyTotal]:
    """Totals of a queryset of projects by cell and kind, of events up to a day (today without one). One query.

    public: for readers who may not see a single project's money; cells of fewer than `FEWEST` projects are closed.
    """
    query = sql("projects", "money_totals", projects=text_of(projects.order_by().values("pk")), cells=_cells(by))
    return list(_totals(dictionaries(query, {"until": until or timezone.localdate()}), public=public))


def _totals(rows: list[dict[str, Any]], *, public: bool) -> Iterator[MoneyTotal]:
    missing = [row for row in rows if row["currency"] is not None]
    for row in rows:
        if row["currency"] is not None:
            continue
        cell = MoneyTotal(row["key"], MoneyKind(row["kind"]), row["projects"])
        if public and cell.projects < FEWEST:
            yield cell
            continue
        beside = [each for each in missing if (each["key"], each["kind"]) == (row["key"], row["kind"])]
        yield replace(
            cell,
            usd=row["usd"],
            cny=row["cny"],
            own={each["currency"]: each["amount"] for each in beside},
            without_usd={each["currency"]: each["without_usd"] for each in beside if each["without_usd"] is not None},
            without_cny={each["currency"]: each["without_cny"] for each in beside if each["without_cny"] is not None},
        )


def _cells(by: By) -> str:
    owners = ""
    if by == "ownership":
        leads = Project.objects.exclude(lead=None).values("lead")
        owners = text_of(Organisation.objects.filter(pk__in=leads).with_ownership().values("id", "ownership_group"))
    return Template(_CELLS[by]).substitute(several=SEVERAL, owners=owners)


__all__ = ["FEWEST", "SEVERAL", "By", "MoneyTotal", "money_totals"]
