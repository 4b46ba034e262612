"""The files of a report: which are wanted, and keeping them."""

import hashlib
from functools import partial

from django.db import transaction

from temp_portal.core import files
from temp_portal.reports.edition import Edition
from temp_portal.reports.enums import FileFormat
from temp_portal.reports.models import Report, ReportFile
from temp_portal.reports.renderers import file_name, render

FOLDER = "reports"
#: Made for every language of the report; JSON holds them all.
SPOKEN = (FileFormat.PDF, FileFormat.XLSX, FileFormat.CSV)


def missing_files(report: Report) -> list[tuple[FileFormat, str]]:
    """Formats and languages of the files that the report should have and has not."""
    wanted = [(file_format, language) for language in report.languages for file_format in SPOKEN]
    present = set(report.files.values_list("format", "language"))
    return [place for place in [*wanted, (FileFormat.JSON, "")] if place not in present]


def make_file(report: Report, file_format: FileFormat, language: str) -> ReportFile:
    """Make one file from the frozen figures and record it; an earlier one of the same kind is replaced."""
    edition = Edition.of(report)
    content = render(edition, file_format, language)
    name = file_name(edition, file_format, language)
    stored = files.keep(content, folder=FOLDER, name=name)
    with transaction.atomic():
        Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
        earlier = ReportFile.objects.filter(report=report, format=file_format, language=language)
        outdated = list(earlier.values_list("file", flat=True))
        made, _created = ReportFile.objects.update_or_create(
            report=report,
            format=file_format,
            language=language,
            defaults={
                "name": name,
                "file": stored,
                "size": len(content),
                "sha256": hashlib.sha256(content).hexdigest(),
            },
        )
        for old in outdated:
            transaction.on_commit(partial(files.discard, old))
    return made
