"""The record of what happened to a seat. A seat has no state column: its transitions tell its moves."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from committees.models import Seat
from temp_portal.audit.models import Transition

if TYPE_CHECKING:
    from temp_portal.accounts.models import User

MEMBER = "member"
_batch: Final[ContextVar[str]] = ContextVar("batch", default="")


@contextmanager
def in_batch(key: str) -> Iterator[None]:
    """What is recorded inside carries `details["batch"]`, so that what was done at once can be taken back at once."""
    token = _batch.set(key)
    try:
        yield
    finally:
        _batch.reset(token)


def seat_transition(
    seat: Seat,
    move: str,
    *,
    by: "User",
    effective_on: date,
    reason: str = "",
    source: str = MEMBER,
    target: str = MEMBER,
    **details: Any,
) -> Transition:
    """An unsaved Transition of a seat; `details` must be JSON values and hold no personal data."""
    if key := _batch.get():
        details["batch"] = key
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
    )
