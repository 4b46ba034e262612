"""What projects give to T1: how many stand at which stage, and money by kind (domain brief §7, §8).

Contract value, committed and disbursed are flows by the date of the event and are never added together. Amounts count
in US dollars at the rate recorded with the event; without one they stay in their currency, in a row under the total.
Left out are umbrella and unreliable records, and projects that are suspended or cancelled at the end of the quarter.

A project belongs to a committee from the day of the sponsorship on. Everything is taken as known at the cut-off: moves,
events and corrections by their time of recording, sponsorships and `in_totals` by their kept history.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext_lazy as _

from projects.enums import MoneyKind, Stage
from projects.models import MoneyEvent, Project, Sponsorship
from temp_portal.audit.models import Transition
from temp_portal.reports.basis import Basis
from temp_portal.reports.figures import WINDOW, Block, Number, Reason, compared_flow, compared_stock, missing_block
from temp_portal.reports.figures.values import plain
from temp_portal.reports.queries import dictionaries, sql
from temp_portal.reports.sections import Indicators, Kind, Measure, RowSpec, Style, Table, contribute
from temp_portal.reports.states import state_at

_PIPELINE: Final = (Stage.S0, Stage.S1, Stage.S2, Stage.S3, Stage.S4, Stage.S5, Stage.S6)
_IMPLEMENTATION: Final = (Stage.S7, Stage.S8)
_OPERATION: Final = (Stage.S9, Stage.S10)

#: Stages that are added up in each row, by their IATI status (domain brief §7).
STAGES: Final[dict[str, tuple[Stage, ...]]] = {
    "projects": (*_PIPELINE, *_IMPLEMENTATION, *_OPERATION),
    "projects.pipeline": _PIPELINE,
    "projects.implementation": _IMPLEMENTATION,
    "projects.operation": _OPERATION,
    "projects.closed": (Stage.S11,),
    "projects.suspended": (Stage.X1,),
    "projects.cancelled": (Stage.X2,),
}
MONEY: Final = (MoneyKind.CONTRACT_VALUE, MoneyKind.COMMITTED, MoneyKind.DISBURSED)

_KNOWN: Final = sql("projects", "known_projects", states=state_at(Project))
_PROJECTS: Final = sql("projects", "projects_by_stage", known=_KNOWN)
_AMOUNTS: Final = sql("projects", "money", known=_KNOWN)


def indicators(basis: Basis) -> Table:
    """Rows of T1: projects by stage, and money in dollars with what has no rate under it."""
    projects = {row: {"value": block} for row, block in _projects(basis).items()}
    return projects | {row: {"value": block} for row, block in _money(basis).items()}


def _projects(basis: Basis) -> dict[str, Block]:
    counts = {stage: [0] * (WINDOW + 1) for stage in Stage.values}
    for row in dictionaries(_PROJECTS, basis.parameters):
        counts[row["state"]][row["bound"]] = row["projects"]
    return {row: compared_stock(basis.quarter, _sums(counts, stages)) for row, stages in STAGES.items()}


def _sums(counts: dict[str, list[int]], stages: Iterable[str]) -> list[int]:
    """Projects in any of the stages at each bound."""
    return [sum(column) for column in zip(*(counts[stage] for stage in stages), strict=True)]


def _money(basis: Basis) -> dict[str, Block]:
    amounts: dict[str, list[Number]] = {}
    for row in dictionaries(_AMOUNTS, basis.parameters | {"kinds": list(MONEY)}):
        key = f"{row['kind']}.{row['currency']}" if row["currency"] else row["kind"]
        amounts.setdefault(key, [Decimal(0)] * WINDOW)[row["quarter"]] = Decimal(plain(row["amount"]))
    blocks = {kind.value: missing_block(Reason.NO_DATA) for kind in MONEY}
    return blocks | {key: compared_flow(basis.quarter, flows) for key, flows in sorted(amounts.items())}


_MONEY_LABELS: Final = {
    MoneyKind.CONTRACT_VALUE: _("Contract value"),
    MoneyKind.COMMITTED: _("Committed investment"),
    MoneyKind.DISBURSED: _("Disbursed investment"),
}
_PROJECT_ROWS: Final = (
    RowSpec("projects", _("Projects from lead to handover (S0–S10)"), unit=_("projects")),
    RowSpec("projects.pipeline", _("in preparation (S0–S6)"), Style.SUB, unit=_("projects")),
    RowSpec("projects.implementation", _("under construction (S7–S8)"), Style.SUB, unit=_("projects")),
    RowSpec("projects.operation", _("in operation (S9–S10)"), Style.SUB, unit=_("projects")),
    RowSpec("projects.closed", _("Projects closed (S11)"), unit=_("projects")),
    RowSpec("projects.suspended", _("Projects suspended (X1)"), unit=_("projects")),
    RowSpec("projects.cancelled", _("Projects cancelled (X2)"), unit=_("projects")),
)


def rows(keys: Iterable[str]) -> list[RowSpec]:
    """Rows in order: projects, then each kind of money with the currencies without a rate under it."""
    present = sorted(keys)
    specs = [spec for spec in _PROJECT_ROWS if spec.key in present]
    for kind in MONEY:
        specs += [_money_row(kind, key) for key in present if key == kind or key.startswith(f"{kind}.")]
    return specs


def _money_row(kind: MoneyKind, key: str) -> RowSpec:
    currency = key.removeprefix(kind).removeprefix(".")
    if not currency:
        return RowSpec(key, _MONEY_LABELS[kind], unit=_("USD million"), kind=Kind.MONEY, measure=Measure.FLOW)
    return RowSpec(
        key, _("no rate to USD"), Style.SUB, unit=_("%(currency)s million") % {"currency": currency}, kind=Kind.MONEY
    )


contribute(
    Indicators(
        order=20,
        rows=rows,
        compute=indicators,
        facts=(Transition, Project, Sponsorship, MoneyEvent),
    )
)
