"""One act on many seats of a roster: planned, shown, and then done exactly as it was shown.

`prepare` tells of every row what would become of it. `perform` does it under the locks, in a fixed number of statements
and as one recording, if no row has changed since and the plan still comes to the same number. Both raise
ValidationError with a message for the user; `perform` also PermissionDenied and RowsChanged.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from committees.models import Committee
from committees.workflows.bulk.acts import Act, Appoint, End, SetParticular, Suspend
from committees.workflows.bulk.rows import Change, Row, RowsChanged, Step, changes, load, refuse_changed
from committees.workflows.guards import lock, refuse_future, refuse_read_only
from committees.workflows.recordings import begin
from temp_portal.audit.models import Recording

if TYPE_CHECKING:
    from temp_portal.accounts.models import User

#: The kind of job that does what is too much for a request.
BULK_JOB: Final = "committees.bulk_change"

__all__ = [
    "BULK_JOB",
    "Act",
    "Appoint",
    "Change",
    "End",
    "Order",
    "Row",
    "RowsChanged",
    "SetParticular",
    "Step",
    "Suspend",
]


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be done: the act, from which day, by which document, why."""

    act: Act
    effective_on: date
    document: str = ""
    reason: str = ""

    def check(self, committee: Committee) -> None:
        """Raise ValidationError where no row at all could be changed."""
        refuse_future(self.effective_on)
        refuse_read_only(committee, self.effective_on)
        self.act.check(committee, self.reason)


def prepare(order: Order, committee: Committee, keys: Sequence[int]) -> list[Step]:
    """What would become of the seats with these keys, in the order of the names."""
    order.check(committee)
    return order.act.plan(load(committee, keys), order.effective_on)


@transaction.atomic
def perform(order: Order, committee: Committee, *, by: "User", shown: Mapping[int, str], promised: int) -> Recording:
    """Do it to the seats in `shown`, whose values are the versions that were shown; `promised` is the number that was
    shown as about to change.
    """
    locked = lock(committee)
    if not by.has_perm("committees.keep_roster", locked):
        raise PermissionDenied
    order.check(locked)
    rows = load(locked, list(shown), locking=True)
    refuse_changed(rows, shown)
    order.act.lock()
    doing = changes(order.act.plan(rows, order.effective_on))
    if not doing or len(doing) != promised:
        raise ValidationError(_("By now this would come to another number of members. Look at the rows once more."))
    within = begin(locked, order.act.kind, by=by)
    order.act.write(doing, by=by, within=within, day=order.effective_on, document=order.document, reason=order.reason)
    return within
