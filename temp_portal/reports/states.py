"""States of records on the days of a report, from Transitions and never from what a record is today.

The state on a day is the target of the last move, in the order of recording, that was effective on or before the day.
Before its first move a record is in the state from which that move started; a record that has never moved is in the
state it was created in. So a record that some bulk work created without a Transition is still counted the same at every
cut-off.
"""

from temp_portal.audit.models import Stateful
from temp_portal.reports.queries import sql


def state_at(model: type[Stateful]) -> str:
    """Common table expressions that end in `state_at (subject_id, bound, state)`, to stand after WITH.

    `bound` counts the bounds of `Basis.bounds` from 0 and stands for the day before; `day (bound, day)` lists them.
    The model has a `created_at`. Parameters: cut_off, bounds, zone.
    """
    names = {"label": model._meta.label_lower, "table": model._meta.db_table, "column": model.state_field}
    return sql("temp_portal.reports", "states", **names)
