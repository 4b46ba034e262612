"""The long piece of work behind a report: count, freeze, make the files."""

from typing import Any, Final

from django.utils.translation import gettext_lazy, gettext_noop

from temp_portal.jobs.enums import Unit
from temp_portal.jobs.registry import JobFailed, job
from temp_portal.jobs.run import JobRun
from temp_portal.reports import workflows
from temp_portal.reports.builder import basis_of, compute, cut_off_now
from temp_portal.reports.cutoff import RegisterBusy
from temp_portal.reports.filing import make_file, missing_files
from temp_portal.reports.models import Report
from temp_portal.reports.restatement import restatements

MAKING_FILES: Final = gettext_noop("Making the files")


@job(workflows.JOB, label=gettext_lazy("Quarterly report"), permission="reports.build_report", announce=True)
def build(run: JobRun) -> dict[str, Any]:
    """Freeze the report named by `report` and make its files; what was done before a break stays done."""
    report = Report.objects.get(pk=run.params["report"])
    if not report.is_frozen:
        report = _freeze(report, run)
    wanted = missing_files(report)
    for done, (file_format, language) in enumerate(wanted):
        run.progress(done, len(wanted), Unit.FILES, message=MAKING_FILES)
        make_file(report, file_format, language)
    run.progress(len(wanted), len(wanted), Unit.FILES, message=MAKING_FILES)
    return {"url": report.get_absolute_url()}


def _freeze(report: Report, run: JobRun) -> Report:
    def show(done: int, total: int, message: str) -> None:
        run.progress(done, total, Unit.TABLES, message=message)

    try:
        cut_off = cut_off_now(show)
    except RegisterBusy as busy:
        raise JobFailed(str(busy)) from busy
    basis = basis_of(report.period, cut_off=cut_off, scope=report.scope, time_zone=report.time_zone)
    document = compute(basis, show)
    changed = [line.as_json() for line in restatements(report, document, basis)]
    return workflows.freeze(report, document, by=run.by, cut_off=cut_off, restated=changed)
