"""Row history: which models keep it, and how a piece of work says who does it and why.

Updates and deletions are recorded by statement-level triggers, so bulk updates and raw SQL are seen too. Creation is
the row's own `created_at` with its Transition or fact.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar, cast

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, Model, QuerySet, TextField

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


def empty_columns(rows: "QuerySet[Any]", values: Mapping[str, Any]) -> int:
    """Give columns of these rows new values, and take the texts out of every earlier version; returns how many rows."""
    keys = list(rows.values_list("pk", flat=True))
    model = rows.model
    changed = model._default_manager.filter(pk__in=keys).update(**values)
    if hasattr(model, "pgh_event_model"):
        events = history_of(model)
        blanks = {field.name: _blank(field) for field in events._meta.concrete_fields if field.name in values}
        texts = {name: blank for name, blank in blanks.items() if blank is not None}
        events._default_manager.filter(pgh_obj__in=keys).update(**texts)
    return changed


def _blank(field: Any) -> Any:
    """The empty value of a column that holds texts; None for any other column."""
    if isinstance(field, ArrayField):
        return []
    return "" if isinstance(field, CharField | TextField) else None


def history_of(model: type[Model]) -> type[Model]:
    """The event table of a tracked model, as a model."""
    return cast(type[Model], cast(Any, model).pgh_event_model)
