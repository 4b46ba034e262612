"""The pipeline in figures: how many reached each step, how many went on, how long it took, and what became of money.

Counted from Transitions, never from a present state alone, in one statement each.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.db import connection
from django.db.models import Count, Q, QuerySet

from members.models import Organisation
from projects.enums import MoneyKind
from projects.introductions.enums import EXITS, WAY, Step
from projects.introductions.querysets import SUBJECT
from projects.models import MoneyEvent, Project

_FUNNEL: Final = """
    WITH chosen(id) AS ({chosen}),
    place AS (SELECT step, number FROM unnest(%s::text[]) WITH ORDINALITY AS way(step, number)),
    moved AS (
        SELECT t.subject_id, t.from_state, t.to_state, t.effective_on,
               lead(t.to_state) OVER course AS next_state, lead(t.effective_on) OVER course AS next_on,
               row_number() OVER (PARTITION BY t.subject_id ORDER BY t.at DESC, t.id DESC) = 1 AS is_last
        FROM audit_transition AS t
        JOIN chosen ON chosen.id = t.subject_id
        WHERE t.subject_type = %s AND t.from_state <> t.to_state
        WINDOW course AS (PARTITION BY t.subject_id ORDER BY t.at, t.id)
    ),
    furthest AS (
        SELECT moved.subject_id, max(place.number) AS number
        FROM moved JOIN place ON place.step = moved.to_state GROUP BY moved.subject_id
    )
    SELECT place.step,
           (SELECT count(*) FROM furthest WHERE furthest.number >= place.number),
           count(*) FILTER (WHERE moved.is_last AND moved.to_state = place.step),
           count(*) FILTER (WHERE moved.is_last AND moved.to_state = ANY(%s) AND moved.from_state = place.step),
           percentile_cont(0.5) WITHIN GROUP (ORDER BY moved.next_on - moved.effective_on)
               FILTER (WHERE moved.to_state = place.step AND onward.number = place.number + 1)
    FROM place
    LEFT JOIN moved ON place.step IN (moved.to_state, moved.from_state)
    LEFT JOIN place AS onward ON onward.step = moved.next_state
    GROUP BY place.step, place.number
    ORDER BY place.number
"""


@dataclass(frozen=True, slots=True)
class Stage:
    """One step: introductions that ever reached it, are there today, left the pipeline from it; `went_on` of them
    reached the next step; `days` is the median from reaching it to reaching the next one, None if none did.
    """

    step: Step
    reached: int
    here: int
    left: int
    days: Decimal | None
    went_on: int | None

    @property
    def conversion(self) -> Decimal | None:
        """The fraction that went on; None at the end of the way and where nobody came."""
        if self.went_on is None or not self.reached:
            return None
        return Decimal(self.went_on) / self.reached


def funnel(introductions: "QuerySet[Any]") -> list[Stage]:
    """The steps in their order over these introductions. One statement."""
    chosen, parameters = introductions.order_by().values_list("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            _FUNNEL.format(chosen=chosen),
            [*parameters, [step.value for step in WAY], SUBJECT, [step.value for step in EXITS]],
        )
        rows = cursor.fetchall()
    following = [row[1] for row in rows[1:]] + [None]
    return [
        Stage(Step(step), reached, here, left, None if days is None else Decimal(str(days)), went_on)
        for (step, reached, here, left, days), went_on in zip(rows, following, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class District:
    """A target district: its introductions, those under way, landed and left, and money by kind and currency."""

    key: int | None
    name: str
    total: int
    under_way: int
    landed: int
    left: int
    money: Sequence[dict[str, Any]]


#: Kinds shown side by side and never added together (domain brief §6.1).
SHOWN: Final = (MoneyKind.CONTRACT_VALUE, MoneyKind.COMMITTED, MoneyKind.DISBURSED)


def by_district(introductions: "QuerySet[Any]", projects: "QuerySet[Project]") -> list[District]:
    """Districts with their introductions and the money of those linked `projects` that the user may see money of.

    A project that two introductions of a district led to counts once there. Three statements.
    """
    groups = (
        introductions.order_by()
        .values("district", "district_name")
        .annotate(
            total=Count("id"),
            landed=Count("id", filter=Q(state=Step.LANDED)),
            left=Count("id", filter=Q(state__in=EXITS)),
        )
    )
    rows = list(groups.order_by("-total", "district__legal_name", "district_name"))
    keys = [row["district"] for row in rows if row["district"]]
    known = Organisation.objects.select_related("merged_into").in_bulk(keys)
    sums = _money_by_district(introductions, projects)
    return [
        District(
            key=row["district"],
            name=str(known[row["district"]]) if row["district"] else row["district_name"],
            total=row["total"],
            under_way=row["total"] - row["landed"] - row["left"],
            landed=row["landed"],
            left=row["left"],
            money=sums.get((row["district"], row["district_name"]), ()),
        )
        for row in rows
    ]


_MONEY: Final = """
    SELECT linked.district_id, linked.district_name, event.kind, event.currency, sum(event.amount)
    FROM (SELECT DISTINCT district_id, district_name, project_id FROM introductions_introduction
          WHERE id IN ({chosen}) AND project_id IN ({projects})) AS linked
    JOIN ({events}) AS event(project_id, kind, currency, amount) ON event.project_id = linked.project_id
    GROUP BY 1, 2, 3, 4 ORDER BY 4, 3
"""


def _money_by_district(
    introductions: "QuerySet[Any]", projects: "QuerySet[Project]"
) -> dict[tuple[int | None, str], list[dict[str, Any]]]:
    events = MoneyEvent.objects.in_force().filter(kind__in=SHOWN)
    parts = {
        "chosen": introductions.order_by().values_list("pk"),
        "projects": projects.order_by().values_list("pk"),
        "events": events.order_by().values_list("project_id", "kind", "currency", "amount"),
    }
    compiled = {name: rows.query.sql_with_params() for name, rows in parts.items()}
    with connection.cursor() as cursor:
        sql = _MONEY.format(**{name: text for name, (text, _values) in compiled.items()})
        cursor.execute(sql, [value for _text, values in compiled.values() for value in values])
        rows = cursor.fetchall()
    found: dict[tuple[int | None, str], list[dict[str, Any]]] = {}
    for district, name, kind, currency, total in rows:
        found.setdefault((district, name), []).append({"kind": MoneyKind(kind), "currency": currency, "total": total})
    return found


def money_of(project: Project) -> list[dict[str, Any]]:
    """Sums of a project's money by kind and currency, each with its events; kinds are never added together."""
    events = MoneyEvent.objects.in_force().filter(project=project, kind__in=SHOWN)
    return [row | {"label": MoneyKind(row["kind"]).label} for row in events.totals()]
