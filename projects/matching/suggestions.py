"""Which capabilities fit a demand and which demands fit a capability, best first, each with its reasons.

The weights are documented in docs/decisions/0022-ranked-suggestions.md and shown on the page. One statement ranks.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from django.db import connection
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from projects.matching.enums import ListingState
from projects.matching.models import Capability, Demand
from projects.matching.querysets import KEEPERS
from temp_portal.accounts.permissions import holds

#: Points of each reason; together 100 with the best one of each group.
WEIGHTS: Final[dict[str, int]] = {
    "hs6": 40,
    "hs4": 28,
    "hs2": 12,
    "name": 20,
    "country": 10,
    "anywhere": 5,
    "volume": 15,
    "price": 10,
    "deadline": 5,
}
WORDS: Final[dict[str, Promise | str]] = {
    "hs6": _("same HS subheading (6 digits, same edition)"),
    "hs4": _("same HS heading (4 digits)"),
    "hs2": _("same HS chapter (2 digits)"),
    "name": _("similar product name"),
    "country": _("supplies the country"),
    "anywhere": _("leaves no country out"),
    "volume": _("quantity between minimum order and yearly capacity"),
    "price": _("price within the target"),
    "deadline": _("can deliver in time"),
}
#: Below this likeness (0 to 1) two names are strangers.
ALIKE: Final = Decimal("0.3")
SHOWN: Final = 20

_RANKED: Final = """
    WITH pair AS (
        SELECT demand.id AS demand_id, capability.id AS capability_id,
               CASE WHEN demand.hs_edition = capability.hs_edition
                         AND least(length(demand.hs_code), length(capability.hs_code)) >= 6
                         AND left(demand.hs_code, 6) = left(capability.hs_code, 6) THEN 'hs6'
                    WHEN least(length(demand.hs_code), length(capability.hs_code)) >= 4
                         AND left(demand.hs_code, 4) = left(capability.hs_code, 4) THEN 'hs4'
                    WHEN left(demand.hs_code, 2) = left(capability.hs_code, 2) THEN 'hs2' END AS hs,
               coalesce(greatest(similarity(demand.product_en, capability.product_en),
                                 similarity(demand.product_zh_hans, capability.product_zh_hans),
                                 similarity(demand.product_ru, capability.product_ru)), 0)::numeric AS alike,
               CASE WHEN demand.country = ANY (capability.countries) THEN 'country'
                    WHEN capability.countries = '{{}}' THEN 'anywhere' END AS place,
               CASE WHEN demand.unit = capability.unit AND demand.quantity <= capability.capacity
                         AND demand.quantity >= coalesce(capability.minimum_order, 0) THEN 'volume' END AS volume,
               CASE WHEN %(sees_prices)s AND demand.unit = capability.unit
                         AND demand.currency = capability.currency
                         AND offer.price <= demand.target_price THEN 'price' END AS price,
               CASE WHEN demand.deadline >= %(today)s::date + capability.lead_days THEN 'deadline' END AS deadline
        FROM matching_demand AS demand
        JOIN matching_capability AS capability ON capability.organisation_id <> demand.organisation_id
        LEFT JOIN LATERAL (
            SELECT price FROM matching_pricebreak
            WHERE capability_id = capability.id AND from_quantity <= demand.quantity
            ORDER BY from_quantity DESC LIMIT 1
        ) AS offer ON true
        WHERE {side}.id = %(key)s AND demand.state = %(open)s AND capability.state = %(open)s
              AND (demand.deadline IS NULL OR demand.deadline >= %(today)s)
              AND NOT EXISTS (SELECT FROM matching_match AS known
                              WHERE known.demand_id = demand.id AND known.capability_id = capability.id)
    ), reasoned AS (
        SELECT demand_id, capability_id, alike,
               array_remove(ARRAY[hs, CASE WHEN alike >= %(alike)s THEN 'name' END,
                                  place, volume, price, deadline], NULL) AS reasons
        FROM pair WHERE hs IS NOT NULL OR alike >= %(alike)s
    ), scored AS (
        SELECT reasoned.*,
               (SELECT sum(CASE reason WHEN 'name' THEN alike * weight ELSE weight END)
                FROM unnest(reasons) AS reason
                JOIN unnest(%(codes)s::text[], %(weights)s::int[]) AS known(code, weight) ON code = reason) AS score
        FROM reasoned
    )
    SELECT demand_id, capability_id, alike, reasons, score FROM scored
    ORDER BY score DESC, demand_id, capability_id LIMIT %(most)s
"""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why two fit, and how many points it is worth."""

    code: str
    points: int

    @property
    def words(self) -> str:
        """In the reader's language."""
        return str(WORDS.get(self.code, self.code))


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A demand and a capability that nobody has put together or dismissed, with points out of 100 and the reasons."""

    demand: Demand
    capability: Capability
    score: int
    reasons: Sequence[Reason]


def suggestions_for(listing: Demand | Capability, user: Any, *, only: int | None = None) -> list[Suggestion]:
    """The best ones for a published demand or capability; empty for any other.

    Who may not see the prices of others learns nothing of them by a reason. `only` limits it to the other side's id.
    """
    if listing.state != ListingState.PUBLISHED:
        return []
    parameters: dict[str, Any] = {
        "key": listing.pk,
        "open": ListingState.PUBLISHED.value,
        "today": timezone.localdate(),
        "alike": ALIKE,
        "sees_prices": holds(user, *KEEPERS),
        "codes": list(WEIGHTS),
        "weights": list(WEIGHTS.values()),
        "most": SHOWN if only is None else 10_000,
    }
    side = "demand" if isinstance(listing, Demand) else "capability"
    with connection.cursor() as cursor:
        cursor.execute(_RANKED.format(side=side), parameters)
        rows = [row for row in cursor.fetchall() if only is None or only in row[:2]]
    return _with_records(rows)


def _with_records(rows: Sequence[tuple[int, int, Decimal, list[str], Decimal]]) -> list[Suggestion]:
    demands = Demand.objects.with_names().in_bulk({row[0] for row in rows})
    capabilities = Capability.objects.with_names().in_bulk({row[1] for row in rows})
    return [
        Suggestion(
            demands[demand],
            capabilities[capability],
            _whole(score),
            [Reason(code, _whole(alike * WEIGHTS[code]) if code == "name" else WEIGHTS[code]) for code in reasons],
        )
        for demand, capability, alike, reasons, score in rows
    ]


def _whole(points: Decimal) -> int:
    return int(points.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def weights() -> list[Reason]:
    """What the page says of how it ranks."""
    return [Reason(code, points) for code, points in WEIGHTS.items()]
