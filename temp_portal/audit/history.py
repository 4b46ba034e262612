"""Row history: which models keep it, and how a piece of work says who does it and why.

Updates and deletions are recorded by statement-level triggers, so bulk updates and raw SQL are seen too. Creation is
the row's own `created_at` with its Transition or fact.
"""

from collections.abc import Callable
from typing import TypeVar, cast

import pghistory
from django.db.models import Model

M = TypeVar("M", bound=type[Model])

context = pghistory.context


def tracked() -> Callable[[M], M]:
    """Class decorator: keep every earlier version of the model's rows in an event table."""
    decorator = pghistory.track(
        pghistory.UpdateEvent(row=pghistory.Old, level=pghistory.Statement),
        pghistory.DeleteEvent(level=pghistory.Statement),
    )
    return cast(Callable[[M], M], decorator)
