"""Exchange rates recorded by hand. Each raises PermissionDenied, or ValidationError with a message for the user."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from committees.workflows.guards import explained
from projects.models import ExchangeRate
from temp_portal.accounts.models import User


@transaction.atomic
def save_rate(rate: ExchangeRate, *, by: User) -> ExchangeRate:
    """Write a rate. What it replaces is kept in its history; reports that were frozen keep their figures."""
    _require_keeper(by)
    rate.full_clean()
    with explained(ExchangeRate):
        rate.save()
    return rate


@transaction.atomic
def remove_rate(rate: ExchangeRate, *, by: User) -> None:
    """Take a rate out that was never published; its history stays."""
    _require_keeper(by)
    rate.delete()


def _require_keeper(by: User) -> None:
    if not by.has_perm("projects.keep_rates"):
        raise PermissionDenied
