"""Conditions of an approval: set with it, reminded of before they are due, fulfilled when the committee says so."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from committees.enums import ApplicationState
from committees.models import Application, Condition
from temp_portal.accounts.enums import Role, ScopeKind
from temp_portal.accounts.models import User
from temp_portal.notifications.dispatch import notify

REMINDED_BEFORE: Final = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Demand:
    """A condition as the secretary writes it."""

    text: str
    due_on: date


def set_conditions(application: Application, demands: Sequence[Demand], language: str) -> list[Condition]:
    """Write the conditions of an approval, which has checked who decides. Raises ValidationError for a past day."""
    if any(each.due_on < timezone.localdate() for each in demands):
        raise ValidationError({"condition_due_1": _("A condition is due today or later.")})
    return [
        Condition.objects.create(application=application, text=each.text, language=language, due_on=each.due_on)
        for each in demands
    ]


@transaction.atomic
def fulfil(condition: Condition, *, by: User, note: str = "") -> Condition:
    """Record that the condition is fulfilled; the enterprise is told. Raises PermissionDenied or ValidationError."""
    rows = Condition.objects.select_for_update(of=("self",)).select_related("application__committee")
    locked: Condition = rows.get(pk=condition.pk)
    if not by.has_perm("committees.keep_condition", locked):
        raise PermissionDenied
    if locked.fulfilled_at is not None:
        raise ValidationError(_("This condition has been recorded as fulfilled already."))
    locked.fulfilled_at, locked.fulfilled_by, locked.note = timezone.now(), by, note.strip()
    locked.save()
    notify("condition_fulfilled", locked, recipients=_representatives(locked))
    return locked


@transaction.atomic
def remind_of_due() -> int:
    """Tell the enterprises of conditions that are due soon, once each; returns how many."""
    due = Condition.objects.select_for_update(of=("self",)).filter(
        fulfilled_at__isnull=True,
        reminded_on__isnull=True,
        due_on__lte=timezone.localdate() + REMINDED_BEFORE,
        application__state=ApplicationState.APPROVED,
    )
    found = list(due.select_related("application__committee", "application__organisation"))
    for condition in found:
        condition.reminded_on = timezone.localdate()
        condition.save(update_fields=["reminded_on"])
        notify("condition_due", condition, recipients=_representatives(condition))
    return len(found)


def _representatives(condition: Condition) -> "list[User]":
    organisation = condition.application.organisation_id
    return list(User.objects.with_role(Role.REPRESENTATIVE, ScopeKind.ORGANISATION, organisation))
