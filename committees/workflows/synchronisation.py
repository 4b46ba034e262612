"""The states of a roster file on its way in: uploaded → comparing → compared → applying → applied, or failed.

People upload, choose a sheet, say what the columns are, decide about rows, apply, and take back. Comparing and applying
report here what came of them (`synchronisation.work`); what is small is done at once, the rest by a job.
"""

from typing import TYPE_CHECKING, Any, Final, cast

from django.db import transaction

from committees.enums import SynchronisationState as State
from committees.models import Committee, Synchronisation
from committees.models.synchronisation import DONE
from committees.workflows import takeback
from temp_portal.audit.models import Recording, Transition
from temp_portal.audit.workflow import Move, StateConflict, Workflow, record
from temp_portal.core.tabular.mapping import ColumnMappings
from temp_portal.imports.models import SavedMapping, headers_fingerprint
from temp_portal.jobs import workflows as jobs

if TYPE_CHECKING:
    from temp_portal.accounts.models import User

COMPARE_JOB: Final = "committees.compare_roster"
APPLY_JOB: Final = "committees.apply_roster"
RIGHT: Final = "committees.keep_roster"
#: A file with more rows is a job's work.
AT_ONCE: Final = 60
_NOT_WRITTEN: Final = [state for state in State if state not in DONE]

flow = Workflow(
    Synchronisation,
    [
        Move("choose_sheet", sources=[State.UPLOADED], target=State.UPLOADED, permission=RIGHT),
        Move("compare", sources=_NOT_WRITTEN, target=State.COMPARING, permission=RIGHT),
        Move("compared", sources=[State.COMPARING], target=State.COMPARED, permission=RIGHT),
        Move("apply", sources=[State.COMPARED], target=State.APPLYING, permission=RIGHT),
        Move("finish", sources=[State.APPLYING], target=State.APPLIED, permission=RIGHT, stamp="applied"),
        Move("fail", sources=[State.COMPARING, State.APPLYING], target=State.FAILED, permission=RIGHT),
        Move("take_back", sources=[State.APPLIED], target=State.TAKEN_BACK, permission=RIGHT),
    ],
)


# What people do


@transaction.atomic
def upload(committee: Committee, *, by: "User", **values: Any) -> Synchronisation:
    """Record a file that was found to be a table; `values` are the fields of the synchronisation."""
    made: Synchronisation = Synchronisation.objects.create(committee=committee, created_by=by, **values)
    record(made, move="upload", by=by)
    return made


def choose_sheet(synchronisation: Synchronisation, look: dict[str, Any], *, by: "User") -> Synchronisation:
    """Take the sheet of which `look` tells what stands in it. Raises StateConflict once the columns are known."""
    with flow.moving(synchronisation, "choose_sheet", by=by) as locked:
        locked.sheet, locked.row_count = look["name"], look["rows"]
        locked.headers, locked.sample = look["headers"], look["sample"]
    return locked


def map_columns(
    synchronisation: Synchronisation, mapping: ColumnMappings, *, by: "User", **particulars: Any
) -> Synchronisation:
    """Set which column says what, remember it for the committee's files with the same columns, and compare.

    `particulars`: `effective_on`. What was decided about rows is forgotten. Raises StateConflict while a job writes.
    """
    with flow.moving(synchronisation, "compare", by=by) as locked:
        _refuse_while_written(locked)
        locked.mapping = mapping.to_data()
        locked.choices, locked.leave_missing = {}, False
        for name, value in particulars.items():
            setattr(locked, name, value)
        SavedMapping.objects.update_or_create(
            kind=mapping.kind,
            fingerprint=headers_fingerprint(locked.headers),
            defaults={"mapping": locked.mapping, "saved_by": by},
        )
        _begin(locked, COMPARE_JOB, by)
    return locked


def decide(synchronisation: Synchronisation, *, by: "User", **decisions: Any) -> Synchronisation:
    """Keep what was decided (`choices`, `leave_missing`, `leave_as`) and compare again. Raises StateConflict."""
    with flow.moving(synchronisation, "compare", by=by) as locked:
        _refuse_while_written(locked)
        for name, value in decisions.items():
            setattr(locked, name, value)
        _begin(locked, COMPARE_JOB, by)
    return locked


def apply(synchronisation: Synchronisation, *, by: "User", document: str = "", reason: str = "") -> Synchronisation:
    """Start writing what the comparison showed. Raises StateConflict unless it is compared and not yet applied."""
    with flow.moving(synchronisation, "apply", by=by, reason=reason) as locked:
        locked.document, locked.reason = document, reason
        _begin(locked, APPLY_JOB, by)
    return locked


def take_back(synchronisation: Synchronisation, *, by: "User", reason: str) -> Synchronisation:
    """Undo everything that the file changed. Raises StateConflict, or ValidationError naming what stands in the way."""
    with flow.moving(synchronisation, "take_back", by=by, reason=reason) as locked:
        # What is applied has its recording: the database sees to it.
        takeback.take_back(cast(Recording, locked.recording), by=by, reason=reason)
    return locked


def _refuse_while_written(locked: Synchronisation) -> None:
    """A broken attempt at writing can be compared again, a running one cannot."""
    if locked.state == State.APPLYING and locked.job and locked.job.is_active:
        raise StateConflict(locked, Transition.objects.of(locked).select_related("by").last())


def _begin(locked: Synchronisation, kind: str, by: "User") -> None:
    locked.failure = ""
    large = locked.row_count > AT_ONCE
    locked.job = jobs.start(kind, {"synchronisation": locked.pk}, by=by, title=locked.name) if large else None


# What the work reports


def compared(synchronisation: Synchronisation, *, by: "User", **found: Any) -> Synchronisation:
    """The comparison is over: keep `rows`, `roster` and `refusals`."""
    with flow.moving(synchronisation, "compared", by=by) as locked:
        for name, value in found.items():
            setattr(locked, name, value)
    return locked


def applied(
    synchronisation: Synchronisation, recording: Recording, outcome: dict[str, int], *, by: "User"
) -> Synchronisation:
    """Everything is written: which recording it is, and how many rows of each kind.

    What the rows say of people is not kept a second time: it is in the stored file and, where it was taken over, on the
    roster.
    """
    with flow.moving(synchronisation, "finish", by=by, reason=synchronisation.reason) as locked:
        locked.recording, locked.outcome = recording, outcome
        locked.rows, locked.sample, locked.roster, locked.choices, locked.refusals = [], [], {}, {}, {}
    return locked


def failed(synchronisation: Synchronisation, why: str, *, by: "User") -> Synchronisation:
    """The file cannot be used, or the roster no longer is what it was compared with; nothing was written."""
    with flow.moving(synchronisation, "fail", by=by, reason=why) as locked:
        locked.failure = why
    return locked
