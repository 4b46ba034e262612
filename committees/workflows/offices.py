"""Terms, positions and filings of a committee, as its settings page keeps them.

All functions raise PermissionDenied, or ValidationError with a message for the user.
"""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from committees.models import Committee, Filing, Position, Term
from committees.workflows import appointments
from committees.workflows.guards import explained, lock, refuse_future
from temp_portal.core.db import date_range

if TYPE_CHECKING:
    from temp_portal.accounts.models import User

M = TypeVar("M", bound=models.Model)


@transaction.atomic
def save_term(
    committee: Committee, *, by: "User", number: int, begins_on: date, ends_on: date | None, term: Term | None = None
) -> Term:
    """Write a term of office: `ends_on` is its last day. Without `term` a new one."""
    locked = _opened(committee, by)
    if ends_on is not None and ends_on < begins_on:
        raise ValidationError({"ends_on": _("The term ends before it begins.")})
    term = term or Term(committee=locked)
    term.number = number
    term.valid = date_range(begins_on, ends_on + timedelta(days=1) if ends_on else None)
    return _written(term)


@transaction.atomic
def save_position(committee: Committee, *, by: "User", position: Position, **fields: Any) -> Position:
    """Rename a position or change its numbers. A maximum below the number of present holders is refused."""
    locked = _opened(committee, by)
    office = Position.objects.select_for_update(of=("self",)).get(pk=position.pk, committee=locked)
    for name, value in fields.items():
        setattr(office, name, value)
    held = appointments.running(office).count()
    if office.holders_max is not None and held > office.holders_max:
        message = _("%(count)s members hold this position at present: end appointments first.")
        raise ValidationError({"holders_max": message % {"count": held}})
    _written(office)
    if office.single_holder:
        appointments.make_exclusive(office, by=by)
    return office


@transaction.atomic
def save_filing(committee: Committee, *, by: "User", recipient: str, filed_on: date, document: str = "") -> Filing:
    """Record a filing for the record (备案) with one recipient, or correct the one on record."""
    locked = _opened(committee, by)
    refuse_future(filed_on, "filed_on")
    filing = Filing.objects.filter(committee=locked, recipient=recipient).first()
    filing = filing or Filing(committee=locked, recipient=recipient)
    filing.filed_on, filing.document = filed_on, document
    return _written(filing)


def _opened(committee: Committee, by: "User") -> Committee:
    locked = lock(committee)
    if not by.has_perm("committees.change_committee", locked):
        raise PermissionDenied
    return locked


def _written(row: M) -> M:
    """Check the row as its form would, and save it; a rival's row in the way is explained, not shown as a failure."""
    row.full_clean()
    with explained(type(row)):
        row.save()
    return row
