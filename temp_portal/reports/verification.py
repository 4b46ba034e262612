"""Whether a frozen report still follows from the facts: it is counted again at its own cut-off."""

from dataclasses import dataclass

from temp_portal.reports.builder import compute
from temp_portal.reports.figures import digest
from temp_portal.reports.models import Report
from temp_portal.reports.restatement import Restatement, compare


@dataclass(frozen=True)
class Verification:
    """The hash that the facts give now, and where the figures differ from the frozen ones."""

    hash: str
    agrees: bool
    differences: list[Restatement]


def recompute(report: Report) -> Verification:
    """Count the report again from the rows known at its cut-off. Raises ValueError for a draft.

    Figures that were lost are put back when the hash agrees.
    """
    document = compute(report.basis)
    stored = document.as_json()
    found = digest(stored)
    agrees = found == report.figures_hash
    frozen = report.document
    if frozen is not None:
        return Verification(found, agrees, compare(frozen, document, report.version))
    if agrees:
        Report.objects.filter(pk=report.pk, figures__isnull=True).update(figures=stored)
        report.figures = stored
    return Verification(found, agrees, [])
