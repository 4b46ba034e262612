"""What projects give to T1: how many stand at which stage, and money by kind (domain brief §7, §8).

Contract value, committed and disbursed are flows by the date of the event and are never added together. Amounts count in
US dollars at the rate recorded with the event; without one they stay in their currency, in a row under the total. Left
out are umbrella and unreliable records, and projects that are suspended or cancelled at the end of the quarter.

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
from temp_portal.reports.cutoff import dictionaries
from temp_portal.reports.figures import WINDOW, Block, Number, Reason, compared_flow, compared_stock, missing_block
from temp_portal.reports.sections import Indicators, Kind, RowSpec, Style, Table, contribute
from temp_portal.reports.states import state_ctes

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

#: Sponsorships known at the cut-off, those removed since among them; projects added up at the cut-off.
_KNOWN_PROJECTS: Final = f"""
WITH {state_ctes(Project)},
    sponsor AS (
        SELECT project_id, committee_id, since FROM projects_sponsorship WHERE recorded_at <= %(cut_off)s
         UNION ALL
        SELECT project_id, committee_id, since FROM projects_sponsorshipevent
         WHERE pgh_label = 'delete' AND recorded_at <= %(cut_off)s AND pgh_created_at > %(cut_off)s
    ),
    counted AS (
        SELECT project.id, coalesce(before.in_totals, project.in_totals) AS in_totals
          FROM projects_project project
          LEFT JOIN LATERAL (
               SELECT in_totals FROM projects_projectintotals change
                WHERE change.pgh_obj_id = project.id AND change.pgh_created_at > %(cut_off)s
                ORDER BY change.pgh_created_at, change.pgh_id LIMIT 1
          ) before ON TRUE
    )
"""
_IN_SCOPE: Final = """
    (%(scope)s::bigint[] IS NULL OR EXISTS (
        SELECT FROM sponsor
         WHERE sponsor.project_id = {project} AND sponsor.committee_id = ANY(%(scope)s::bigint[])
           AND sponsor.since < (%(bounds)s::date[])[{bound} + 1]))
"""
_PROJECTS: Final = f"""
{_KNOWN_PROJECTS}
SELECT state, bound, count(*) AS projects
  FROM state_at
 WHERE {_IN_SCOPE.format(project="subject_id", bound="bound")}
 GROUP BY state, bound
"""
_AMOUNTS: Final = f"""
{_KNOWN_PROJECTS},
    event AS (
        SELECT project_id, kind, amount, currency,
               CASE WHEN currency = 'USD' THEN amount ELSE amount * rate_to_usd END AS dollars,
               width_bucket(event_date, %(bounds)s::date[]) AS bound
          FROM projects_moneyevent event
         WHERE recorded_at <= %(cut_off)s AND NOT cancels AND kind = ANY(%(kinds)s)
           AND event_date >= %(first)s AND event_date < %(end)s
           AND NOT EXISTS (SELECT FROM projects_moneyevent later
                            WHERE later.supersedes_id = event.id AND later.recorded_at <= %(cut_off)s)
    )
SELECT kind, event.bound - 1 AS quarter, CASE WHEN dollars IS NULL THEN currency ELSE '' END AS currency,
       sum(coalesce(dollars, amount)) AS amount
  FROM event
  JOIN counted ON counted.id = event.project_id
  LEFT JOIN state_at ON state_at.subject_id = event.project_id AND state_at.bound = event.bound
 WHERE in_totals AND coalesce(state, '') NOT IN ('X1', 'X2')
   AND {_IN_SCOPE.format(project="event.project_id", bound="event.bound")}
 GROUP BY 1, 2, 3
"""


def indicators(basis: Basis) -> Table:
    """Rows of T1: projects by stage, and money in dollars with what has no rate under it."""
    projects = {row: {"value": block} for row, block in _projects(basis).items()}
    return projects | {row: {"value": block} for row, block in _money(basis).items()}


def _projects(basis: Basis) -> dict[str, Block]:
    counts = {stage: [0] * (WINDOW + 1) for stage in Stage.values}
    for row in dictionaries(_PROJECTS, basis.parameters):
        counts[row["state"]][row["bound"]] = row["projects"]
    return {
        row: compared_stock(basis.quarter, [sum(column) for column in zip(*(counts[stage] for stage in stages))])
        for row, stages in STAGES.items()
    }


def _money(basis: Basis) -> dict[str, Block]:
    amounts: dict[str, list[Number]] = {}
    for row in dictionaries(_AMOUNTS, basis.parameters | {"kinds": list(MONEY)}):
        key = f"{row['kind']}.{row['currency']}" if row["currency"] else row["kind"]
        amounts.setdefault(key, [Decimal(0)] * WINDOW)[row["quarter"]] = row["amount"]
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
        return RowSpec(key, _MONEY_LABELS[kind], unit=_("USD million"), kind=Kind.MONEY)
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
