"""Projects that are being handed over or have been: lines of transfer, a certificate, reviews that fall due."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from projects.handover.enums import HANDING_OVER, ReviewState, SpareParts
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
    """The first project still lacks something, the others have their certificate; the oldest review is done."""
    projects = list(Project.objects.filter(stage__in=HANDING_OVER).order_by("pk"))
    by: User = world.made["users"]["staff@example.org"]
    reviews.plan_due()
    for place, project in enumerate(projects):
        first = Review.objects.filter(project=project).order_by("months").first()
        day = first.handed_over_on if first else world.today - timedelta(days=60)
        _lines(project, day, complete=place > 0)
        if place > 0:
            _certificate(world, project, day, by)
    oldest = Review.objects.order_by("due_on", "pk").first()
    if oldest is not None and oldest.due_on <= world.today:
        _done(world, oldest, by)


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


def _done(world: World, review: Review, by: User) -> None:
    review.state = ReviewState.DONE
    review.availability, review.local_staff, review.spare_parts = Decimal("91.4"), Decimal("93"), SpareParts.PARTLY
    review.findings = "All lines run. Bearings are still bought abroad; a workshop in the country is being certified."
    review.done_on, review.done_at, review.done_by = review.due_on, world.moment(review.due_on), by
    review.save()
    _moved(world, review, "do", "done", review.due_on, by)


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
