"""Comparing a file with the roster and applying it: for a small one in the request, for a large one in a job."""

from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from committees.enums import SynchronisationState as State
from committees.models import Synchronisation
from committees.synchronisation.matching import Progress, match
from committees.synchronisation.plan import Plan, make_plan
from committees.synchronisation.reading import opened, read_rows
from committees.synchronisation.roster import fingerprint, members_on
from committees.synchronisation.writing import Writer
from committees.workflows import synchronisation as workflow
from committees.workflows.recordings import recording
from temp_portal.core.tabular.errors import TableError
from temp_portal.core.tabular.mapping import ColumnMappings

if TYPE_CHECKING:
    from temp_portal.accounts.models import User

KIND: Final = "synchronise"
#: Members named in a refusal.
_NAMED: Final = 5


class Refused(Exception):
    """The roster is no longer what the file was compared with; the message names what is different."""


class _Rehearsed(Exception):
    """Ends a rehearsal, so that everything is taken back."""


def _silent(_done: int, _total: int) -> None:
    """Nobody watches."""


def proceed(synchronisation: Synchronisation, *, by: "User") -> Synchronisation:
    """Do at once what was not given to a job."""
    if synchronisation.job_id is not None:
        return synchronisation
    if synchronisation.state == State.COMPARING:
        return compare(synchronisation, by=by)
    return apply(synchronisation, by=by)


def compare(synchronisation: Synchronisation, *, by: "User", progress: Progress = _silent) -> Synchronisation:
    """Read the file, find out whom its rows mean, and try everything; nothing stays written."""
    try:
        with opened(synchronisation) as table:
            mapping = ColumnMappings.from_data(synchronisation.mapping)
            rows = read_rows(table, mapping, synchronisation.committee)
    except TableError as error:
        return workflow.failed(synchronisation, str(error), by=by)
    members = members_on(synchronisation.committee, synchronisation.effective_on)
    matched = match(rows, members, progress)
    synchronisation.rows = [row.to_data() for row in matched]
    synchronisation.roster = fingerprint(synchronisation.committee)
    refusals = rehearse(synchronisation, by=by, progress=progress)
    return workflow.compared(
        synchronisation, by=by, rows=synchronisation.rows, roster=synchronisation.roster, refusals=refusals
    )


def rehearse(synchronisation: Synchronisation, *, by: "User", progress: Progress) -> dict[str, str]:
    """What the roster's rules refuse (key of the entry → why), found by writing everything and taking it back.

    Without a refused entry another one may be refused, or no longer: it is tried again until none is added.
    """
    refusals: dict[str, str] = {}
    while True:
        found = _tried(synchronisation, make_plan(synchronisation, by=by, refusals=refusals), by, progress)
        if not found.keys() - refusals.keys():
            return refusals
        refusals |= found


def _tried(synchronisation: Synchronisation, plan: Plan, by: "User", progress: Progress) -> dict[str, str]:
    found: dict[str, str] = {}
    with suppress(_Rehearsed), recording(synchronisation.committee, KIND, by=by) as into:
        writer = Writer(synchronisation, into, by, reason_of(synchronisation), synchronisation.document)
        writer.write(plan, progress)
        found = writer.refusals
        raise _Rehearsed
    return found


def apply(synchronisation: Synchronisation, *, by: "User", progress: Progress = _silent) -> Synchronisation:
    """Write everything as one recording, or nothing."""
    try:
        return _written(synchronisation, by, progress)
    except Refused as refusal:
        return workflow.failed(synchronisation, str(refusal), by=by)


@transaction.atomic
def _written(synchronisation: Synchronisation, by: "User", progress: Progress) -> Synchronisation:
    with recording(synchronisation.committee, KIND, by=by, note=synchronisation.name) as into:
        plan = make_plan(synchronisation, by=by)
        if plan.moved:
            raise Refused(_roster_moved(plan.moved))
        writer = Writer(synchronisation, into, by, reason_of(synchronisation), synchronisation.document)
        writer.write(plan, progress)
        if writer.refusals:
            raise Refused(_rules_refuse(plan, writer.refusals))
    return workflow.applied(synchronisation, into, plan.counts | {"left": _left(plan)}, by=by)


def reason_of(synchronisation: Synchronisation) -> str:
    """The reason on record with every row: the one that was given, else where it comes from."""
    return synchronisation.reason or _("Roster file %(name)s") % {"name": synchronisation.name}


def _left(plan: Plan) -> int:
    return plan.counts["left"] if plan.leave_missing else 0


def _roster_moved(names: Any) -> str:
    message = _("The roster was changed since the comparison: %(names)s. Compare again to see what is left to do.")
    return message % {"names": _shortened(names)}


def _rules_refuse(plan: Plan, refusals: dict[str, str]) -> str:
    titles = {entry.key: entry.title for entry in plan.to_write}
    told = [f"{titles[key]}: {why}" for key, why in refusals.items()]
    return _("Nothing was written. %(reasons)s") % {"reasons": _shortened(told, "; ")}


def _shortened(names: Any, sign: str = ", ") -> str:
    return sign.join(names[:_NAMED]) + (" …" if len(names) > _NAMED else "")
