"""The record of what happened to a seat. A seat has no state column: its transitions tell its moves."""

from datetime import date
from typing import TYPE_CHECKING, Any

from committees.models import Seat
from temp_portal.audit.models import Recording, Transition

if TYPE_CHECKING:
    from temp_portal.accounts.models import User

MEMBER = "member"
#: The state of a seat whose admission was taken back.
ANNULLED = "annulled"


def seat_transition(
    seat: Seat,
    move: str,
    *,
    by: "User",
    effective_on: date,
    reason: str = "",
    source: str = MEMBER,
    target: str = MEMBER,
    within: Recording,
    **details: Any,
) -> Transition:
    """An unsaved Transition of a seat; `details` must be JSON values and hold no personal data."""
    return Transition(
        subject_type=Seat._meta.label_lower,
        subject_id=seat.pk,
        move=move,
        from_state=source,
        to_state=target,
        effective_on=effective_on,
        by=by,
        reason=reason,
        details=details,
        recording=within,
    )
