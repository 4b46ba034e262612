"""Amounts are recorded, corrected and cancelled; what was recorded before is never changed (domain brief §7).

Each raises PermissionDenied, or ValidationError with a message for the user.
"""

from typing import Any, Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from committees.workflows.guards import explained, refuse_future
from projects.models import MoneyEvent, Project
from temp_portal.accounts.models import User

#: What an event that cancels another one says of it again.
SAID: Final = (
    "kind",
    "finance_type",
    "amount",
    "currency",
    "event_date",
    "date_precision",
    "payer",
    "payer_organisation",
    "receiver",
    "receiver_organisation",
    "evidence",
    "rate_to_usd",
    "rate_source",
)


@transaction.atomic
def record_money(project: Project, *, by: User, **said: Any) -> MoneyEvent:
    """Record an amount of a project in its own currency, with its evidence."""
    return _written(MoneyEvent(project=_locked(project, by), recorded_by=by, **said))


@transaction.atomic
def correct_money(event: MoneyEvent, *, by: User, reason: str, **said: Any) -> MoneyEvent:
    """Put an amount right: a new event supersedes it, and the wrong one stays on record."""
    _refuse_unexplained(reason)
    project = _locked(event.project, by)
    _refuse_replaced(event)
    return _written(MoneyEvent(project=project, recorded_by=by, supersedes=event, reason=reason, **said))


@transaction.atomic
def cancel_money(event: MoneyEvent, *, by: User, reason: str) -> MoneyEvent:
    """Say that an amount never was. It stays on record, and in no sum."""
    _refuse_unexplained(reason)
    project = _locked(event.project, by)
    _refuse_replaced(event)
    said = {name: getattr(event, name) for name in SAID}
    cancelling = MoneyEvent(project=project, recorded_by=by, supersedes=event, cancels=True, reason=reason, **said)
    return _written(cancelling)


def _locked(project: Project, by: User) -> Project:
    """The project's row is the lock of its amounts: of two corrections the second sees the first."""
    locked: Project = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    if not by.has_perm("projects.record_money", locked):
        raise PermissionDenied
    return locked


def _written(event: MoneyEvent) -> MoneyEvent:
    refuse_future(event.event_date, "when")
    event.full_clean()
    with explained(MoneyEvent):
        event.save()
    return event


def _refuse_unexplained(reason: str) -> None:
    if not reason.strip():
        raise ValidationError({"reason": _("Say how it was wrong: it stays on record.")})


def _refuse_replaced(event: MoneyEvent) -> None:
    if event.cancels or MoneyEvent.objects.filter(supersedes=event).exists():
        raise ValidationError(_("This amount has been corrected already. Load the page again."))
