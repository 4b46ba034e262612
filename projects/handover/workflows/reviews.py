"""Reviews after the handover: planned when a project enters S10, reminded of, done by a sponsor committee.

Run daily, on one machine or on several, none is planned or reminded of twice.
"""

import calendar
from datetime import date, timedelta
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from projects.enums import Stage
from projects.handover.enums import HANDING_OVER, REVIEW_MONTHS, ReviewState
from projects.handover.models import Review
from projects.models import Project
from projects.workflows.telling import concerned
from temp_portal.accounts.models import User
from temp_portal.audit.models import Transition
from temp_portal.audit.workflow import Move, Workflow, record
from temp_portal.notifications.dispatch import notify

FLOW = Workflow(
    Review,
    [
        Move(
            "do",
            sources=[ReviewState.PLANNED],
            target=ReviewState.DONE,
            permission="handover.do_review",
            stamp="done",
        )
    ],
)
REMIND_BEFORE: Final = timedelta(days=30)
BETWEEN_REMINDERS: Final = timedelta(days=30)


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or its last one."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@transaction.atomic
def plan_due() -> int:
    """Plan the reviews of projects that have come to the handover; gives of how many projects."""
    waiting = Project.objects.filter(stage__in=HANDING_OVER, reviews__isnull=True)
    entered = dict(
        Transition.objects.filter(
            subject_type=Project._meta.label_lower, subject_id__in=waiting.values("pk"), to_state=Stage.S10
        )
        .order_by("effective_on", "pk")
        .values_list("subject_id", "effective_on")
    )
    # Of two schedulers one locks the projects; the other finds them planned.
    rows: Any = Project.objects.filter(pk__in=entered).select_for_update(of=("self",)).order_by("pk")
    projects = [project for project in rows if not project.reviews.exists()]
    for project in projects:
        for months in REVIEW_MONTHS:
            day = entered[project.pk]
            review: Review = Review.objects.create(
                project=project, months=months, handed_over_on=day, due_on=months_after(day, months)
            )
            record(review, move="plan", by=None)
    return len(projects)


@transaction.atomic
def remind_due() -> int:
    """Tell who is concerned of reviews that are near or late, every BETWEEN_REMINDERS; gives of how many reviews."""
    now, today = timezone.now(), timezone.localdate()
    long_ago = Q(reminded_at__isnull=True) | Q(reminded_at__lte=now - BETWEEN_REMINDERS)
    rows: Any = Review.objects.near(today, REMIND_BEFORE).filter(long_ago)
    due = list(rows.select_for_update(of=("self",), skip_locked=True).select_related("project").order_by("pk"))
    for review in due:
        notify("handover_review_due", review, recipients=concerned(review.project), key=f"review:{review.pk}:{today}")
    Review.objects.filter(pk__in=[review.pk for review in due]).update(reminded_at=now)
    return len(due)


def do(review: Review, *, by: User, **answers: Any) -> Review:
    """Record what was found: `done_on`, `availability`, `spare_parts`, `local_staff`, `findings`, `evidence`."""
    day = answers["done_on"]
    if day > timezone.localdate():
        raise ValidationError({"done_on": _("The day lies in the future: choose today or an earlier day.")})
    with FLOW.moving(review, "do", by=by, effective_on=day) as locked:
        if day < locked.handed_over_on:
            raise ValidationError({"done_on": _("On this day the project was not handed over yet.")})
        for name, value in answers.items():
            setattr(locked, name, value)
    return locked
