"""The long work behind an import: the check, which writes nothing, and the import itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy, gettext_noop

from temp_portal.core.tabular.errors import TableError
from temp_portal.core.tabular.importing import ImportOptions, ImportSummary, Phase, import_table
from temp_portal.core.tabular.kinds import get_kind
from temp_portal.core.tabular.mapping import ColumnMappings
from temp_portal.imports import workflows
from temp_portal.imports.enums import ImportState
from temp_portal.imports.models import TableImport
from temp_portal.imports.storage import opened
from temp_portal.jobs.enums import Unit
from temp_portal.jobs.registry import JobFailed, job
from temp_portal.jobs.run import JobRun

RIGHT: Final = "imports.import_tables"
MESSAGES: Final[dict[Phase, str]] = {
    "reading": gettext_noop("Reading the rows"),
    "checking": gettext_noop("Checking and comparing the rows"),
    "applying": gettext_noop("Trying or writing the rows"),
}


@job(workflows.CHECK_JOB, label=gettext_lazy("Check of a table"), permission=RIGHT, announce=True)
def check(run: JobRun) -> dict[str, Any]:
    """Do everything that the import would do, and take it back; keep what was found."""
    table_import = TableImport.objects.get(pk=run.params["import"])
    if _is_current(table_import, run, ImportState.MAPPED):
        with _refusals(table_import, run), transaction.atomic():
            workflows.checked(table_import, _imported(table_import, run, dry_run=True), by=run.by)
    return {"url": table_import.get_absolute_url()}


@job(workflows.APPLY_JOB, label=gettext_lazy("Import of a table"), permission=RIGHT, announce=True)
def apply(run: JobRun) -> dict[str, Any]:
    """Import the rows that pass. Rows and state are committed together, so a second attempt never writes twice."""
    table_import = TableImport.objects.get(pk=run.params["import"])
    if _is_current(table_import, run, ImportState.APPLYING):
        with _refusals(table_import, run), transaction.atomic():
            table_import = workflows.applied(table_import, _imported(table_import, run, dry_run=False), by=run.by)
    if table_import.state == ImportState.FAILED:
        raise JobFailed(table_import.failure)
    return {"url": table_import.get_absolute_url()}


@contextmanager
def _refusals(table_import: TableImport, run: JobRun) -> Iterator[None]:
    """A file that cannot be used fails the import with it, after everything else was taken back."""
    try:
        yield
    except TableError as error:
        workflows.failed(table_import, str(error), by=run.by)
        raise JobFailed(str(error)) from error


def _is_current(table_import: TableImport, run: JobRun, state: ImportState) -> bool:
    """Whether the import still waits for this job: the columns may have been mapped anew meanwhile."""
    return table_import.state == state and table_import.job_id == run.job_id


def _imported(table_import: TableImport, run: JobRun, *, dry_run: bool) -> ImportSummary:
    known = table_import.rows

    def show(phase: Phase, done: int, total: int) -> None:
        run.progress(done, total or known, Unit.ROWS, message=MESSAGES[phase])

    options = ImportOptions(
        dry_run=dry_run,
        all_or_nothing=table_import.all_or_nothing and not dry_run,
        user_id=run.by.pk,
        reason=table_import.reason or table_import.name,
    )
    with opened(table_import) as table:
        mapping = ColumnMappings.from_data(table_import.mapping)
        return import_table(table, get_kind(table_import.kind), mapping, options, show)
