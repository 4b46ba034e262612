"""From data to PDF, and what every printed page of a committee has: its letterhead."""

from datetime import datetime
from pathlib import Path
from typing import Any, Final

import orjson
import typst
from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from committees.models import Committee
from temp_portal.core.markup import date_text
from temp_portal.core.markup.names import LANGUAGES
from temp_portal.reports.renderers.palette import palette
from temp_portal.reports.renderers.pdf import FONTS
from temp_portal.reports.renderers.pdf import LANGUAGES as REGIONS

FOLDER: Final = Path(__file__).parent
#: Suffix of translated fields by language.
SUFFIXES: Final = {code: suffix for code, suffix, _lang, _label in LANGUAGES}


def pdf(layout: str, data: dict[str, Any], *, made_at: datetime | None = None, folder: Path = FOLDER) -> bytes:
    """Lay `data` out by `<layout>.typ` of a folder of the portal, with all fonts inside.

    `made_at`: the moment that the file names as its making, now without one.
    """
    made: bytes = typst.compile(
        str(folder / f"{layout}.typ"),
        root=str(settings.BASE_DIR),
        font_paths=FONTS,
        ignore_system_fonts=True,
        sys_inputs={"data": orjson.dumps(page() | data).decode()},
        pdf_standards=["a-2b"],
        timestamp=int((made_at or timezone.now()).timestamp()),
    )
    return made


def page() -> dict[str, Any]:
    """What every layout knows: language, colours, whose paper it is, and the day of printing."""
    lang, region = REGIONS[get_language() or "en"]
    return {
        "lang": lang,
        "region": region,
        "platform": _("SCO TEMP"),
        "platform_name": _("Trade and Economic Multifunctional Platform for SCO Countries"),
        "page": _("Page"),
        "printed": _("Printed on %(day)s") % {"day": date_text(timezone.localdate())},
        "colours": palette(),
    }


def letterhead(committee: Committee, languages: list[str]) -> dict[str, Any]:
    """Names of the committee in these languages, without repetition, and how its office is reached."""
    return {"committee": names(committee, languages), "contact": committee.contact_email}


def names(thing: Any, languages: list[str], *, fallback: str = "") -> list[str]:
    """The translated names in these languages, the first one filled from `fallback` or any other, none twice."""
    found = [str(getattr(thing, f"name_{SUFFIXES[language]}", "") or "") for language in languages]
    found[0] = found[0] or fallback or str(thing)
    return list(dict.fromkeys(filter(None, found)))


def download(content: bytes, content_type: str, filename: str) -> HttpResponse:
    """A file that no cache keeps."""
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, filename) or "attachment"
    response["Cache-Control"] = "private, no-store"
    return response
