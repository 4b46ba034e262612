"""The archive that a person takes along: `data.json`, and a PDF in each of the portal's languages."""

from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile

import orjson
import typst
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from members.privacy.collecting import Section, sections
from temp_portal.audit.holdings import Subject
from temp_portal.core.markup import date_text
from temp_portal.jobs.enums import Unit
from temp_portal.reports.renderers.palette import palette
from temp_portal.reports.renderers.pdf import FONTS, LANGUAGES

FOLDER: Final = Path(__file__).parent
COLLECTING: Final = gettext_noop("Making the files")


def write_copy(subject: Subject, *, progress: Callable[..., None]) -> bytes:
    """Everything about the subject. `progress(done, total, unit, message=…)` is told after each file."""
    made_at = timezone.now()
    with BytesIO() as buffer, ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        total = len(LANGUAGES) + 1
        progress(0, total, Unit.FILES, message=COLLECTING)
        archive.writestr("data.json", as_json(list(sections(subject)), made_at))
        for done, language in enumerate(LANGUAGES, start=1):
            progress(done, total, Unit.FILES, message=COLLECTING)
            with translation.override(language):
                archive.writestr(f"data-{language}.pdf", as_pdf(list(sections(subject)), made_at))
        progress(total, total, Unit.FILES, message=COLLECTING)
        archive.close()
        return buffer.getvalue()


def as_json(found: list[Section], made_at: datetime) -> bytes:
    """The rows as they are stored, by kind."""
    kinds = [{"kind": section.name, "records": list(section.values())} for section in found]
    return orjson.dumps(
        {"made_at": made_at, "sections": kinds}, default=str, option=orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS
    )


def as_pdf(found: list[Section], made_at: datetime) -> bytes:
    """The rows in words, in the active language; the same fonts and colours as every printed page."""
    lang, region = LANGUAGES[translation.get_language() or "en"]
    content: dict[str, Any] = {
        "lang": lang,
        "region": region,
        "colours": palette(),
        "platform": _("SCO TEMP"),
        "title": _("What the portal holds about you"),
        "made": _("Printed on %(day)s") % {"day": date_text(timezone.localdate(made_at))},
        "page": _("Page"),
        "sections": [{"label": each.label, "rows": list(each.texts())} for each in found],
    }
    made: bytes = typst.compile(
        str(FOLDER / "copy.typ"),
        root=str(FOLDER),
        font_paths=FONTS,
        ignore_system_fonts=True,
        sys_inputs={"data": orjson.dumps(content).decode()},
        pdf_standards=["a-2b"],
        timestamp=int(made_at.astimezone(UTC).timestamp()),
    )
    return made
