"""Files from frozen figures. Every renderer takes an edition, works in the active language and returns bytes."""

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from temp_portal.reports.edition import Edition
from temp_portal.reports.enums import FileFormat
from temp_portal.reports.renderers.csv import render_csv
from temp_portal.reports.renderers.json import render_json
from temp_portal.reports.renderers.pdf import render_pdf
from temp_portal.reports.renderers.xlsx import render_xlsx

RENDERERS: Final[dict[FileFormat, Callable[[Edition], bytes]]] = {
    FileFormat.XLSX: render_xlsx,
    FileFormat.PDF: render_pdf,
    FileFormat.CSV: render_csv,
    FileFormat.JSON: render_json,
}


def render(edition: Edition, file_format: FileFormat, language: str) -> bytes:
    """The file in that language. JSON holds the labels of all languages whichever is given."""
    with translation.override(language):
        return RENDERERS[file_format](edition)


def file_name(edition: Edition, file_format: FileFormat, language: str) -> str:
    """Name under which the file is offered, in its own language."""
    with translation.override(language or settings.LANGUAGE_CODE):
        parts = [_("Quarterly report"), str(edition.document.quarter)]
        parts += [f"v{edition.version}"] if edition.version is not None else []
        parts += [dict(settings.LANGUAGES)[language]] if language else []
        return f"{' '.join(parts)}.{file_format}"
