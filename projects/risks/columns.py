"""Columns of the register. The rows are Risks with `with_assessment`."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from projects.risks.enums import Impact, Likelihood, RiskLevel, RiskState, RiskType, level_of
from temp_portal.core.db import label_of
from temp_portal.core.lists import Column, cells
from temp_portal.core.markup import status_tag

TONES = {RiskLevel.EXTREME: "bad", RiskLevel.HIGH: "warn", RiskLevel.MEDIUM: "info", RiskLevel.LOW: "ok"}


def level_tag(score: int | None) -> object:
    """The level of a risk, with likelihood × impact."""
    if score is None:
        return None
    level = level_of(score)
    return status_tag(TONES[level], f"{level.label} ({score})")


def _level(risk: Any) -> object:
    return level_tag(risk.score)


def _likelihood(risk: Any) -> object:
    return Likelihood(risk.likelihood).label if risk.likelihood else None


def _impact(risk: Any) -> object:
    return Impact(risk.impact).label if risk.impact else None


def _review(risk: Any) -> object:
    day = cells.date("review_on")(risk)
    return status_tag("warn", day, icon="clock") if risk.is_due else day


RISKS = [
    Column("risk", _("Risk"), cells.link("title"), sort=("title",), row_header=True),
    Column("type", _("Type"), cells.choice("type"), sort=("type",), export=label_of("type", RiskType)),
    Column("level", _("Level"), _level, sort=("score",), export="score"),
    Column(
        "likelihood",
        _("Likelihood"),
        _likelihood,
        sort=("likelihood",),
        export="likelihood",
    ),
    Column("impact", _("Impact"), _impact, sort=("impact",), export="impact"),
    Column("owner", pgettext_lazy("risk", "Owner"), cells.text("owner"), sort=("owner",)),
    Column("mitigation", _("Mitigation"), cells.text("mitigation"), export="mitigation"),
    Column("review", _("Next review"), _review, sort=("review_on",)),
    Column("assessed", _("Assessed on"), cells.date("assessed_on"), sort=("assessed_on",), default=False),
    Column("state", _("State"), cells.choice("state"), sort=("state",), export=label_of("state", RiskState)),
]
