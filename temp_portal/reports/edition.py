"""One report in one language, ready to be laid out as a page or a file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from temp_portal.core.markup.figures import date_text
from temp_portal.reports import scopes
from temp_portal.reports.figures import Document, digest
from temp_portal.reports.models import Report
from temp_portal.reports.presentation import ShownTable, restated_label, tables, text
from temp_portal.reports.restatement import Restatement
from temp_portal.reports.sections import Kind


@dataclass(frozen=True)
class RestatedLine:
    """A restated figure in words."""

    quarter: str
    table: str
    row: str
    column: str
    was: str
    now: str


@dataclass(frozen=True)
class Edition:
    """What a file is made from. Texts are in the language active when they are asked for.

    `version` is None for figures that were counted without being kept as a report.
    """

    document: Document
    cut_off: datetime
    version: int | None = None
    restatements: Sequence[Restatement] = ()
    is_provisional: bool = False

    @classmethod
    def of(cls, report: Report) -> "Edition":
        """The edition of a frozen report. Raises ValueError when it has no figures."""
        document = report.document
        if document is None or report.cut_off is None:
            raise ValueError("The report has no figures.")
        restatements = [Restatement.from_json(line) for line in report.restated]
        return cls(document, report.cut_off, report.version, restatements, report.basis.is_provisional)

    @cached_property
    def hash(self) -> str:
        return digest(self.document.as_json())

    @property
    def language(self) -> str:
        return translation.get_language() or "en"

    @property
    def title(self) -> str:
        return _("Quarterly report, %(quarter)s") % {"quarter": self.document.quarter.label()}

    @property
    def scope(self) -> str:
        return scopes.label(self.document.scope)

    @property
    def period(self) -> str:
        """First and last day."""
        quarter = self.document.quarter
        return _("%(first)s to %(last)s") % {
            "first": date_text(quarter.start),
            "last": date_text(quarter.end - timedelta(days=1)),
        }

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What a reader must know to trust the figures: labels and values."""
        return list(self._facts())

    def _facts(self) -> Iterator[tuple[str, str]]:
        yield _("Committees"), self.scope
        yield _("Period"), self.period
        moment = timezone.localtime(self.cut_off).strftime("%Y-%m-%d %H:%M:%S")
        yield _("Data cut-off"), f"{moment} ({self.document.time_zone})"
        if self.version is not None:
            yield _("Version"), str(self.version)
        if self.is_provisional:
            yield _("Note"), _("The quarter had not ended at the cut-off: the figures are provisional.")
        yield _("SHA-256 of the figures"), self.hash

    @property
    def tables(self) -> list[ShownTable]:
        return tables(self.document)

    @property
    def restated_intro(self) -> str:
        """What the list of restated figures says."""
        return _("Figures of earlier reports that read differently with what is known at this report's cut-off.")

    @property
    def restated(self) -> list[RestatedLine]:
        """Earlier figures that later knowledge has changed."""
        shown = {table.key: table for table in self.tables}
        return [self._restated(line, shown.get(line.table)) for line in self.restatements]

    def _restated(self, line: Restatement, table: ShownTable | None) -> RestatedLine:
        row, column = restated_label(table, line.row, line.column, line.part) if table else (line.row, line.column)
        kind = table.kind_of(line.row, line.column) if table else Kind.COUNT
        report = _("%(quarter)s, version %(version)s") % {"quarter": line.quarter, "version": line.version}
        return RestatedLine(report, line.table, row, column, text(line.was, kind), text(line.now, kind))
