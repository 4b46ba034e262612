"""The states of an import: uploaded → mapped → checked → applying → applied, or failed.

People upload, say what the columns are, and apply. Check and import run as jobs on the stored file; each reports back
here. The import reads and compares everything anew, so nothing that changed since the check is overwritten unseen.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from temp_portal.audit.models import Transition
from temp_portal.audit.workflow import Move, StateConflict, Workflow, record
from temp_portal.core.tabular.importing import ImportSummary
from temp_portal.core.tabular.mapping import ColumnMappings
from temp_portal.imports.enums import ImportState
from temp_portal.imports.models import RowProblem, SavedMapping, TableImport, headers_fingerprint
from temp_portal.jobs import workflows as jobs

if TYPE_CHECKING:
    from temp_portal.accounts.models import User

CHECK_JOB: Final = "imports.check"
APPLY_JOB: Final = "imports.apply"
_RIGHT: Final = "imports.import_tables"
_AT_ONCE: Final = 5_000

flow = Workflow(
    TableImport,
    [
        Move(
            "map",
            sources=[state for state in ImportState if state != ImportState.APPLIED],
            target=ImportState.MAPPED,
            permission=_RIGHT,
        ),
        Move("check", sources=[ImportState.MAPPED], target=ImportState.CHECKED, permission=_RIGHT),
        Move("apply", sources=[ImportState.CHECKED], target=ImportState.APPLYING, permission=_RIGHT),
        Move("finish", sources=[ImportState.APPLYING], target=ImportState.APPLIED, permission=_RIGHT, stamp="applied"),
        Move(
            "fail",
            sources=[ImportState.MAPPED, ImportState.APPLYING],
            target=ImportState.FAILED,
            permission=_RIGHT,
        ),
    ],
)


# What people do


@transaction.atomic
def upload(*, by: "User", **values: Any) -> TableImport:
    """Record a file that was found to be a table; `values` are the fields of the import."""
    made: TableImport = TableImport.objects.create(created_by=by, **values)
    record(made, move="upload", by=by)
    return made


def map_columns(table_import: TableImport, mapping: ColumnMappings, *, by: "User") -> TableImport:
    """Set which column says what, remember it for files with the same columns, and start the check.

    Raises StateConflict while the import is being applied, and for good once it is.
    """
    with flow.moving(table_import, "map", by=by) as locked:
        if locked.state == ImportState.APPLYING and locked.job and locked.job.is_active:
            raise StateConflict(locked, Transition.objects.of(locked).select_related("by").last())
        locked.mapping = mapping.to_data()
        locked.failure = ""
        _forget(locked)
        SavedMapping.objects.update_or_create(
            kind=locked.kind,
            fingerprint=headers_fingerprint(locked.headers),
            defaults={"mapping": locked.mapping, "saved_by": by},
        )
        locked.job = jobs.start(CHECK_JOB, {"import": locked.pk}, by=by, title=locked.name)
    return locked


def apply(table_import: TableImport, *, by: "User", reason: str = "", all_or_nothing: bool = False) -> TableImport:
    """Start the import of the rows that pass. Raises StateConflict unless the file is checked and not yet applied."""
    with flow.moving(table_import, "apply", by=by, reason=reason) as locked:
        locked.reason, locked.all_or_nothing = reason, all_or_nothing
        locked.job = jobs.start(APPLY_JOB, {"import": locked.pk}, by=by, title=locked.name)
    return locked


# What the jobs report


def checked(table_import: TableImport, summary: ImportSummary, *, by: "User") -> TableImport:
    """The dry run is over: keep what it found."""
    with flow.moving(table_import, "check", by=by) as locked:
        _keep(locked, summary)
    return locked


def applied(table_import: TableImport, summary: ImportSummary, *, by: "User") -> TableImport:
    """The import is over, or was taken back because a row was rejected where all or none were asked for."""
    if not summary.applied:
        return failed(
            table_import, _("A row was rejected, and all rows or none were to go in."), by=by, summary=summary
        )
    with flow.moving(table_import, "finish", by=by, reason=table_import.reason) as locked:
        _keep(locked, summary)
    return locked


def failed(table_import: TableImport, why: str, *, by: "User", summary: ImportSummary | None = None) -> TableImport:
    """The file cannot be imported; nothing was written."""
    with flow.moving(table_import, "fail", by=by, reason=why) as locked:
        locked.failure = why
        if summary is not None:
            _keep(locked, summary)
    return locked


def _keep(locked: TableImport, summary: ImportSummary) -> None:
    locked.rows, locked.rejected = summary.rows, summary.rejected
    locked.created, locked.updated, locked.unchanged = summary.created, summary.updated, summary.unchanged
    locked.changes = [change._asdict() for change in summary.changes]
    locked.problems.all().delete()
    RowProblem.objects.bulk_create(_problems(locked, summary), batch_size=_AT_ONCE)


def _problems(locked: TableImport, summary: ImportSummary) -> Iterable[RowProblem]:
    return (RowProblem(table_import=locked, **error._asdict()) for error in summary.errors)


def _forget(locked: TableImport) -> None:
    """A new mapping makes what an earlier check found worthless."""
    locked.rows = locked.created = locked.updated = locked.unchanged = locked.rejected = None
    locked.changes = []
    locked.problems.all().delete()
