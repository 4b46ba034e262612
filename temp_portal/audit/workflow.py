"""Lock, check, move, record: the one way in which a state changes.

    flow = Workflow(Application, [Move("approve", sources=["submitted"], target="approved",
                                       permission="committees.decide_application", stamp="decided")])

    with flow.moving(application, "approve", by=user, reason=reason, effective_on=day) as locked:
        ...  # further writes of the same decision, under the same lock

Legality and authority are checked on the locked row, so of two deciders one wins and the other learns who did.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from temp_portal.audit.models import Stateful, Transition

M = TypeVar("M", bound=Stateful)
# The account of who acts. Its model lies a layer above, so it is known here only by `has_perm`.
Actor = Any


class StateConflict(Exception):
    """The record is no longer in a state from which the move is possible.

    `instance` is the record as it stands, `transition` the last one recorded (None if there is none).
    """

    http_status = 409

    def __init__(self, instance: Stateful, transition: Transition | None) -> None:
        self.instance = instance
        self.transition = transition
        super().__init__(self.message())

    def message(self) -> str:
        """What happened instead, for the person who came second."""
        state = self.instance.current_state_label
        if self.transition is None or self.transition.by is None:
            return _("This is no longer possible: the state is now “%(state)s”.") % {"state": state}
        return _("This is no longer possible: %(who)s changed the state to “%(state)s” on %(when)s.") % {
            "who": self.transition.by,
            "state": state,
            "when": timezone.localtime(self.transition.at).strftime("%Y-%m-%d %H:%M"),
        }


@dataclass(frozen=True)
class Move:
    """A legal change of state. `stamp` names the pair of columns `<stamp>_at`, `<stamp>_by` written with the state."""

    name: str
    sources: Iterable[str]
    target: str
    permission: str
    stamp: str = ""


class Workflow(Generic[M]):
    """The moves of one model. Raises StateConflict (illegal now) or PermissionDenied (not by this user)."""

    def __init__(self, model: type[M], moves: Iterable[Move]) -> None:
        self.model = model
        self.moves = {move.name: move for move in moves}

    def available(self, instance: M, by: Actor) -> list[Move]:
        """Moves that `by` may make on the record as it stands, for the buttons of a page."""
        state = instance.current_state
        return [m for m in self.moves.values() if state in m.sources and by.has_perm(m.permission, instance)]

    def require(self, locked: M, name: str) -> None:
        """Raise StateConflict unless the move is legal from the record's present state."""
        if locked.current_state not in self.moves[name].sources:
            raise StateConflict(locked, Transition.objects.of(locked).select_related("by").last())

    @contextmanager
    def moving(
        self,
        instance: M,
        name: str,
        *,
        by: Actor,
        reason: str = "",
        effective_on: date | None = None,
        details: dict[str, Any] | None = None,
    ) -> Iterator[M]:
        """Yield the locked record; on leaving, write state, stamp and Transition in the same transaction."""
        move = self.moves[name]
        with transaction.atomic():
            locked = self.model._default_manager.select_for_update(of=("self",)).get(pk=instance.pk)
            source = locked.current_state
            self.require(locked, name)
            if not by.has_perm(move.permission, locked):
                raise PermissionDenied
            yield locked
            setattr(locked, locked.state_field, move.target)
            if move.stamp:
                setattr(locked, f"{move.stamp}_at", timezone.now())
                setattr(locked, f"{move.stamp}_by", by)
            locked.save()
            record(locked, move=name, source=source, by=by, reason=reason, effective_on=effective_on, details=details)


def record(
    instance: Stateful,
    *,
    move: str,
    source: str = "",
    by: Actor | None,
    reason: str = "",
    effective_on: date | None = None,
    details: dict[str, Any] | None = None,
) -> Transition:
    """Write the Transition row of a record's present state; also used when a record is created."""
    return Transition.objects.create(
        subject_type=instance._meta.label_lower,
        subject_id=instance.pk,
        move=move,
        from_state=source,
        to_state=instance.current_state,
        effective_on=effective_on or timezone.localdate(),
        by=by,
        reason=reason,
        details=details or {},
    )
