"""Once a quarter the lead enterprises are asked how their projects stand.

Opened and reminded of by the schedule: run daily, on one machine or on several, nobody is asked or reminded twice.
"""

from datetime import timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from committees.workflows.telling import acting_for
from projects.models import Project
from projects.progress.enums import REPORTING, UpdateState
from projects.progress.models import ProgressUpdate, UpdateRound
from temp_portal.audit.models import Transition
from temp_portal.core.periods import Quarter
from temp_portal.notifications.dispatch import notify

#: After the end of the quarter.
TIME_TO_REPORT: Final = timedelta(days=25)
REMIND_BEFORE: Final = timedelta(days=7)
BETWEEN_REMINDERS: Final = timedelta(days=14)


@transaction.atomic
def open_due() -> UpdateRound | None:
    """Ask for the quarter that has ended, once; None when it was done already."""
    quarter = Quarter.containing(timezone.localdate()).previous
    # Of two schedulers one writes the row; the other waits for it here and finds it.
    asked, made = UpdateRound.objects.get_or_create(
        quarter=str(quarter), defaults={"due_on": quarter.end + TIME_TO_REPORT}
    )
    if not made:
        return None
    reporting = Project.objects.filter(stage__in=REPORTING, lead__isnull=False).order_by("pk")
    leads = dict(reporting.values_list("pk", "lead"))
    updates = ProgressUpdate.objects.bulk_create(
        [ProgressUpdate(project_id=project, round=asked, due_on=asked.due_on) for project in leads], batch_size=1000
    )
    Transition.objects.bulk_create([_opening(update) for update in updates], batch_size=1000)
    notify(
        "progress_update_asked",
        asked,
        recipients=acting_for(sorted(set(leads.values()))),
        key=f"progress:{asked.quarter}",
    )
    return asked


def _opening(update: ProgressUpdate) -> Transition:
    return Transition(
        subject_type=ProgressUpdate._meta.label_lower,
        subject_id=update.pk,
        move="ask",
        to_state=UpdateState.DRAFT,
        effective_on=timezone.localdate(),
    )


@transaction.atomic
def remind_due() -> int:
    """Remind the leads of updates that are due soon, and every BETWEEN_REMINDERS once they are late; gives how many."""
    now, today = timezone.now(), timezone.localdate()
    before = Q(reminded_at__isnull=True, due_on__lte=today + REMIND_BEFORE)
    after = Q(due_on__lt=today) & Q(reminded_at__lte=now - BETWEEN_REMINDERS)
    rows: Any = ProgressUpdate.objects.open().filter(before | after).select_for_update(of=("self",), skip_locked=True)
    due = list(rows.select_related("project", "round").order_by("pk"))
    for update in due:
        notify(
            "progress_update_late" if update.due_on < today else "progress_update_due",
            update,
            recipients=acting_for([update.project.lead_id]),
            key=f"progress:{update.pk}:{today}",
        )
    ProgressUpdate.objects.filter(pk__in=[update.pk for update in due]).update(reminded_at=now)
    return len(due)
