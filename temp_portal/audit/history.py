"""Row history: which models keep it, and how a piece of work says who does it and why.

Updates and deletions are recorded by statement-level triggers, so bulk updates and raw SQL are seen too. Creation is
the row's own `created_at` with its Transition or fact.
"""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import pghistory
import pgtrigger
from django.db.models import Model

M = TypeVar("M", bound=type[Model])

context = pghistory.context


def tracked() -> Callable[[M], M]:
    """Class decorator: keep every earlier version of the model's rows in an event table."""
    # The rows are compared whole: a list of columns would be drawn up before those of each language are added.
    changed = pgtrigger.Condition("OLD.* IS DISTINCT FROM NEW.*")
    decorator = pghistory.track(
        pghistory.UpdateEvent(row=pghistory.Old, level=pghistory.Statement, condition=changed),
        pghistory.DeleteEvent(level=pghistory.Statement),
    )
    return cast(Callable[[M], M], decorator)


def history_of(model: type[Model]) -> type[Model]:
    """The event table of a tracked model, as a model."""
    return cast(type[Model], cast(Any, model).pgh_event_model)
