"""The order of the checks: cheap before dear, and nothing is unpacked before its size is known."""

import hashlib
from dataclasses import dataclass
from typing import BinaryIO, Final

from temp_portal.documents.checks import formats
from temp_portal.documents.checks.formats import Format, sniff
from temp_portal.documents.checks.limits import LIMITS, MB, Limits
from temp_portal.documents.checks.names import clean_name
from temp_portal.documents.checks.office import check_office
from temp_portal.documents.checks.pdf import check_pdf
from temp_portal.documents.checks.pictures import check_jpeg, check_png, check_webp
from temp_portal.documents.checks.refusals import Refused
from temp_portal.documents.checks.signatures import check_foreign, check_virus


@dataclass(frozen=True, slots=True)
class Findings:
    """What a file that passed is: its kind, its name made safe, bytes and SHA-256 of its content."""

    format: Format
    name: str
    size: int
    sha256: str


_CHECKS: Final = {
    "pdf": (check_pdf, formats.PDF),
    "jpeg": (check_jpeg, formats.JPEG),
    "png": (check_png, formats.PNG),
    "webp": (check_webp, formats.WEBP),
}


def check(file: BinaryIO, name: str, limits: Limits = LIMITS) -> Findings:
    """Find out what the file is; it is left at its beginning. Raises Refused for what is not taken."""
    file.seek(0)
    data = file.read(limits.size + 1)
    file.seek(0)
    if not data:
        raise Refused("empty")
    if len(data) > limits.size:
        raise Refused("too_large", limit=limits.size // MB)
    check_virus(data)
    found = _format_of(data, limits)
    return Findings(found, clean_name(name, found), len(data), hashlib.sha256(data).hexdigest())


def _format_of(data: bytes, limits: Limits) -> Format:
    kind = sniff(data)
    if kind == "zip":
        return check_office(data, limits)
    check_content, found = _CHECKS[kind]
    check_content(data, limits)
    check_foreign(data)
    return found
