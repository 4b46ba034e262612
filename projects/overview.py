"""Figures over many projects, for board, map and portfolio. Every one is a set-based query over a queryset."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Avg, Case, CharField, Count, FilteredRelation, IntegerField, Max, Min, Q, Value, When
from django.db.models.functions import Cast, Floor
from django.utils import timezone

from members.enums import GROUP_OF_TYPE, OwnershipGroup
from projects.dotmap import Spot
from projects.enums import Stage
from projects.models import Project, ProjectCountry, Site

#: Cards of a stage before "more".
CARDS: Final = 6
#: Dots of sites on the map at most; beyond them the fullest degrees are drawn.
SPOTS: Final = 400


@dataclass(frozen=True, slots=True)
class Cell:
    """One line of a figure: its key as the table's filter takes it, its label, how many projects."""

    key: str
    label: Any
    projects: int


def by_stage(projects: Any) -> dict[str, int]:
    """Number of projects at each stage that occurs. One query."""
    rows = projects.order_by().values("stage").annotate(n=Count("pk"))
    return {row["stage"]: row["n"] for row in rows}


def first_cards(projects: Any) -> dict[str, list[Project]]:
    """The newest projects of each stage, `CARDS` of them at most. Three queries."""
    stages = [projects.filter(stage=stage).order_by("-pk").values("pk")[:CARDS] for stage in Stage]
    keys = stages[0].union(*stages[1:], all=True)
    found = Project.objects.filter(pk__in=[row["pk"] for row in keys]).select_related("lead__merged_into")
    cards: dict[str, list[Project]] = {}
    for project in found.prefetch_related("countries").order_by("-pk"):
        cards.setdefault(project.stage, []).append(project)
    return cards


def by_country(projects: Any) -> dict[str, int]:
    """Number of projects in each host country; one in several countries counts in each. One query."""
    rows = ProjectCountry.objects.filter(project__in=projects.order_by().values("pk"))
    counts = rows.order_by().values("country").annotate(n=Count("pk")).order_by("-n", "country")
    return {row["country"]: row["n"] for row in counts}


def by_sector(projects: Any) -> list[Cell]:
    """Number of projects in each sector, the fullest first. One query."""
    rows = projects.order_by().values("sector_code").annotate(n=Count("pk"), name=Max("sector_name"))
    return [
        Cell(row["sector_code"], f"{row['sector_code']} {row['name']}".strip(), row["n"])
        for row in rows.order_by("-n", "sector_code")
    ]


def by_ownership(projects: Any) -> dict[str, int]:
    """Number of projects by the ownership group of the lead enterprise today; "" without a lead. One query."""
    own = FilteredRelation(
        "lead__ownerships",
        condition=Q(
            lead__ownerships__superseded_at__isnull=True, lead__ownerships__valid__contains=timezone.localdate()
        ),
    )
    rows = projects.order_by().annotate(own=own, group=_group()).values("group").annotate(n=Count("pk"))
    return {row["group"]: row["n"] for row in rows}


def spots(projects: Any) -> list[Spot]:
    """The sites, those within a degree as one, the fullest `SPOTS`. One query."""
    rows = (
        Site.objects.filter(project__in=projects.order_by().values("pk"))
        .order_by()
        .values(
            north=Cast(Floor("latitude"), IntegerField()),
            east=Cast(Floor("longitude"), IntegerField()),
        )
        .annotate(n=Count("pk"), y=Avg("latitude"), x=Avg("longitude"), first=Min("name"))
        .order_by("-n", "north", "east")[:SPOTS]
    )
    return [_spot(row) for row in rows]


def _spot(row: Mapping[str, Any]) -> Spot:
    name = row["first"] if row["n"] == 1 else f"{row['first']} (+{row['n'] - 1})"
    return Spot(float(row["y"]), float(row["x"]), row["n"], name)


def _group() -> Case:
    """The group of the lead's ownership: verified ones by their type, everything else is unverified."""
    known = Q(own__verified_at__isnull=False)
    types = [When(known, own__type=kind, then=Value(group.value)) for kind, group in GROUP_OF_TYPE.items()]
    none = When(lead__isnull=True, then=Value(""))
    return Case(none, *types, default=Value(OwnershipGroup.UNVERIFIED.value), output_field=CharField())
