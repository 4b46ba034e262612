"""What happened to projects between two days: entered, moved, left. Counted by their moves, never by today's stage."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from projects.enums import PIPELINE, Stage
from projects.querying import text_of
from temp_portal.reports.queries import dictionaries, sql


class Change(TextChoices):
    ENTERED = "entered", _("newly entered")
    FORWARD = "forward", _("moved forward")
    BACK = "back", _("moved back")
    SUSPENDED = "suspended", _("suspended")
    RESUMED = "resumed", _("taken up again")
    CLOSED = "closed", _("closed")
    CANCELLED = "cancelled", _("cancelled")


@dataclass(frozen=True, slots=True)
class StageCourse:
    """One stage between the two days: opening + came − went = closing."""

    stage: Stage
    opening: int
    came: int
    went: int
    closing: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two days compared: how many projects by change, and the course of every stage that any of them had."""

    changes: dict[Change, int]
    stages: list[StageCourse]

    @property
    def opening(self) -> int:
        return sum(each.opening for each in self.stages)

    @property
    def closing(self) -> int:
        return sum(each.closing for each in self.stages)


_PAIRS: Final = "SELECT source, target, change, count(*) AS projects FROM changed GROUP BY 1, 2, 3"
_CHANGED: Final = "SELECT id FROM changed WHERE change = %(change)s"


def compare(projects: Any, since: date, until: date) -> Comparison:
    """Compare the end of two days over a queryset of projects. One query."""
    rows = dictionaries(_query(projects, _PAIRS), _parameters(since, until))
    changes = {change: sum(row["projects"] for row in rows if row["change"] == change) for change in Change}
    courses = (_course(stage, rows) for stage in Stage)
    return Comparison(changes, [each for each in courses if each.opening or each.closing or each.came])


def changed_ids(projects: Any, change: Change, since: date, until: date) -> list[int]:
    """Ids of the projects with this change between the two days. One query."""
    parameters = _parameters(since, until) | {"change": change.value}
    return [row["id"] for row in dictionaries(_query(projects, _CHANGED), parameters)]


def _query(projects: Any, question: str) -> str:
    return sql("projects", "stage_changes", projects=text_of(projects.order_by().values("pk")), question=question)


def _parameters(since: date, until: date) -> dict[str, Any]:
    return {"since": since, "until": until, "stages": [stage.value for stage in PIPELINE]}


def _course(stage: Stage, rows: Iterable[dict[str, Any]]) -> StageCourse:
    def total(*, source: bool | None = None, target: bool | None = None) -> int:
        """Projects by whether they had, and have, the stage; None does not matter."""
        return sum(
            row["projects"]
            for row in rows
            if source in (None, row["source"] == stage) and target in (None, row["target"] == stage)
        )

    return StageCourse(
        stage,
        opening=total(source=True),
        came=total(source=False, target=True),
        went=total(source=True, target=False),
        closing=total(target=True),
    )
