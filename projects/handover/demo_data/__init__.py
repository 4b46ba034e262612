"""Projects that are being handed over or have been: lines of transfer, certificates, reviews to come."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from projects.handover.enums import HANDING_OVER
from projects.handover.models import HandoverCertificate, Review, TransferLine
from projects.handover.workflows import reviews
from projects.models import Project
from temp_portal.accounts.models import User
from temp_portal.audit.models import Transition
from temp_portal.core.demo import World

#: Kind, fields; the day of completion is added.
LINES: list[tuple[str, dict[str, Any]]] = [
    ("standards", {"title": "Design of railway tunnels", "reference": "TB 10003", "evidence": "Order of the ministry"}),
    ("technology", {"title": "Control of the kiln", "reference": "Licence 2024-17", "evidence": "Licence agreement"}),
    (
        "expertise",
        {"title": "Operators and fitters", "persons": 182, "certificates": 171, "evidence": "List of certificates"},
    ),
    (
        "management",
        {"title": "Operation of the first years", "localised": Decimal("88.5"), "evidence": "Minutes no. 9"},
    ),
]


def load(world: World) -> None:
    """The first project still lacks something, the others have their certificate; all have reviews to come."""
    projects = list(Project.objects.filter(stage__in=HANDING_OVER).order_by("pk"))
    by: User = world.made["users"]["staff@example.org"]
    reviews.plan_due()
    for place, project in enumerate(projects):
        first = Review.objects.filter(project=project).order_by("months").first()
        day = first.handed_over_on if first else world.today - timedelta(days=60)
        _lines(project, day, complete=place > 0)
        if place > 0:
            _certificate(world, project, day, by)


def _lines(project: Project, day: date, *, complete: bool) -> None:
    for kind, fields in LINES:
        done = complete or kind in ("standards", "expertise")
        period = {"starts_on": day - timedelta(days=900), "ends_on": day} if kind == "management" else {}
        TransferLine.objects.create(project=project, kind=kind, completed_on=day if done else None, **fields | period)


def _certificate(world: World, project: Project, day: date, by: User) -> None:
    made = HandoverCertificate.objects.create(
        project=project,
        number=f"{project.code}-H1",
        handed_over_on=day,
        received_by="Administration of the industrial zone",
        issued_at=world.moment(day),
        issued_by=by,
    )
    _moved(world, made, "issue", "valid", day, by)


def _moved(world: World, subject: Any, move: str, state: str, day: date, by: User) -> None:
    Transition.objects.create(
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        move=move,
        to_state=state,
        effective_on=day,
        at=world.moment(day),
        by=by,
    )
