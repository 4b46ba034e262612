"""What the Secretariat and the secretaries settle beforehand: calendars, reasons, checklists, procedures.

Each raises PermissionDenied, or ValidationError with a message for the user.
"""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from committees.checklists import Item
from committees.models import AdmissionProcedure, CalendarDay, ChecklistVersion, Committee, DecisionReason
from committees.workflows.guards import explained, lock
from temp_portal.accounts.models import User


@transaction.atomic
def save_day(day: CalendarDay, *, by: User) -> CalendarDay:
    """Write a day of a calendar. Clocks that run keep the day on which they are due."""
    _require_staff(by)
    with explained(CalendarDay):
        day.save()
    return day


@transaction.atomic
def remove_day(day: CalendarDay, *, by: User) -> None:
    """Take a day out of a calendar; its history stays."""
    _require_staff(by)
    day.delete()


@transaction.atomic
def save_reason(reason: DecisionReason, *, by: User) -> DecisionReason:
    """Write a reason for decisions. What was decided before keeps the words that it had."""
    _require_staff(by)
    with explained(DecisionReason):
        reason.save()
    return reason


@transaction.atomic
def save_procedure(committee: Committee, *, by: User, **settled: Any) -> AdmissionProcedure:
    """Settle who decides on applications, in which time and by which majority. Votes that are open keep theirs."""
    locked = lock(committee)
    _require_keeper(locked, by)
    procedure = AdmissionProcedure.of(locked)
    for name, value in settled.items():
        setattr(procedure, name, value)
    procedure.full_clean()
    procedure.save()
    return procedure


@transaction.atomic
def save_checklist(committee: Committee, items: list[Item], *, by: User) -> ChecklistVersion:
    """Write the next version of the committee's checklist; applications that were handed in keep theirs."""
    locked = lock(committee)
    _require_keeper(locked, by)
    if not items:
        raise ValidationError(_("A checklist has at least one item."))
    last = ChecklistVersion.objects.filter(committee=locked).aggregate(last=Max("version"))["last"] or 0
    made: ChecklistVersion = ChecklistVersion.objects.create(
        committee=locked, version=last + 1, items=items, made_by=by
    )
    return made


def _require_staff(by: User) -> None:
    if not by.has_perm("committees.keep_reference"):
        raise PermissionDenied


def _require_keeper(committee: Committee, by: User) -> None:
    if not by.has_perm("committees.change_committee", committee):
        raise PermissionDenied
