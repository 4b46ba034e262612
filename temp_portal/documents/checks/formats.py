"""The kinds of file that are taken, and how their first bytes tell them."""

from dataclasses import dataclass
from typing import Final

from temp_portal.documents.checks.refusals import Refused

_OFFICE: Final = "application/vnd.openxmlformats-officedocument."


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: its short name for people, the media type under which it is served, the ending of its name."""

    label: str
    media_type: str
    suffix: str

    @property
    def is_picture(self) -> bool:
        return self.media_type.startswith("image/")


PDF: Final = Format("PDF", "application/pdf", ".pdf")
JPEG: Final = Format("JPEG", "image/jpeg", ".jpg")
PNG: Final = Format("PNG", "image/png", ".png")
WEBP: Final = Format("WebP", "image/webp", ".webp")
DOCX: Final = Format("DOCX", f"{_OFFICE}wordprocessingml.document", ".docx")
XLSX: Final = Format("XLSX", f"{_OFFICE}spreadsheetml.sheet", ".xlsx")
PPTX: Final = Format("PPTX", f"{_OFFICE}presentationml.presentation", ".pptx")
ODT: Final = Format("ODT", "application/vnd.oasis.opendocument.text", ".odt")
ODS: Final = Format("ODS", "application/vnd.oasis.opendocument.spreadsheet", ".ods")

FORMATS: Final = (PDF, JPEG, PNG, WEBP, DOCX, XLSX, PPTX, ODT, ODS)
BY_MEDIA_TYPE: Final = {each.media_type: each for each in FORMATS}
#: Endings that mean one of these kinds; a name may end otherwise than its content, but only among these.
SUFFIXES: Final = frozenset({each.suffix for each in FORMATS} | {".jpeg", ".jpe", ".jfif"})
#: What a file box offers to choose from.
ACCEPT: Final = ",".join([*(each.suffix for each in FORMATS), ".jpeg"])

_CFB: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEIC_BRANDS: Final = (b"heic", b"heix", b"hevc", b"mif1", b"msf1")


def sniff(data: bytes) -> str:
    """ "pdf", "jpeg", "png", "webp" or "zip". Raises Refused for anything else."""
    if data.startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "webp"
    if data.startswith(b"PK\x03\x04"):
        return "zip"
    raise _refusal(data)


def _refusal(data: bytes) -> Refused:
    if data.startswith(_CFB):
        # A protected DOCX, XLSX or PPTX lies in the container of its forerunners, under this name in UTF-16.
        return Refused("password" if "EncryptedPackage".encode("utf-16-le") in data else "legacy")
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC_BRANDS:
        return Refused("heic")
    return Refused("kind")
