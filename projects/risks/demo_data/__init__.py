"""Registers of the projects that one can sign in for, with assessments that changed over the months."""

from datetime import timedelta

from projects.models import Project
from projects.risks.demo_data.words import RISKS
from projects.risks.enums import RiskState
from projects.risks.models import Assessment, Risk
from temp_portal.audit.models import Transition
from temp_portal.core.demo import World

EMAILS = ("enterprise@example.org", "enterprise-kz@example.org")


def load(world: World) -> None:
    """Write the risks; every other project has all of them, the rest the first few."""
    firms = [world.made[f"firm_of_{email}"].organisation for email in EMAILS]
    for place, project in enumerate(Project.objects.filter(lead__in=firms).order_by("pk")[:4]):
        for number, sketch in enumerate(RISKS if place % 2 == 0 else RISKS[:4]):
            _risk(world, project, number, *sketch)


def _risk(
    world: World,
    project: Project,
    number: int,
    kind: str,
    title: str,
    owner: str,
    mitigation: str,
    scores: list[tuple[int, int, str]],
) -> None:
    opened = world.today - timedelta(days=300 - 20 * number)
    closed = number == len(RISKS) - 1
    risk = Risk.objects.create(
        project=project,
        type=kind,
        title=title,
        owner=owner,
        mitigation=mitigation,
        opened_on=opened,
        review_on=world.today + timedelta(days=-3 if number == 0 else 15 * number),
        state=RiskState.CLOSED if closed else RiskState.OPEN,
        closed_on=world.today - timedelta(days=10) if closed else None,
    )
    Assessment.objects.bulk_create(
        Assessment(
            risk=risk,
            assessed_on=opened + timedelta(days=80 * turn),
            likelihood=likelihood,
            impact=impact,
            note=note,
            recorded_at=world.moment(opened + timedelta(days=80 * turn)),
        )
        for turn, (likelihood, impact, note) in enumerate(scores)
    )
    moves = [("record", "", RiskState.OPEN, opened), ("close", RiskState.OPEN, RiskState.CLOSED, risk.closed_on)]
    Transition.objects.bulk_create(
        Transition(
            subject_type=Risk._meta.label_lower,
            subject_id=risk.pk,
            move=move,
            from_state=source,
            to_state=target,
            effective_on=day,
            at=world.moment(day),
            reason="Dealt with: the contract is signed." if source else "",
        )
        for move, source, target, day in moves
        if day
    )
