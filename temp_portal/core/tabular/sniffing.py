"""What a file is, by its bytes; its name is never asked."""

import re
from typing import IO, Final, Literal

import filetype
from django.utils.translation import gettext as _

from temp_portal.core.tabular.archives import ArchiveLimits, check_archive
from temp_portal.core.tabular.encodings import is_binary
from temp_portal.core.tabular.errors import NotATable

Format = Literal["csv", "xlsx", "xlsb", "ods", "xls"]

_HEAD: Final = 64 * 1024
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKUP: Final = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype|\?xml|html|table|head|meta)", re.IGNORECASE)
_JSON: Final = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*(?:\{\s*[\"}]|\[\s*[\[{\"\d\]])")


def sniff(file: IO[bytes], limits: ArchiveLimits) -> Format:
    """The file's format; an archive is checked before it is opened.

    Raises NotATable, UnsafeArchive, DamagedFile or PasswordProtected.
    """
    file.seek(0)
    head = file.read(_HEAD)
    if head.startswith(_ZIP):
        return _workbook_in(check_archive(file, limits))
    if head.startswith(_COMPOUND):
        return "xls"
    _refuse_known_texts(head)
    if is_binary(head):
        guess = filetype.guess(head)
        raise NotATable(found=guess.extension.upper() if guess else _("a program's own file"))
    return "csv"


def _workbook_in(names: frozenset[str]) -> Format:
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "xl/workbook.bin" in names:
        return "xlsb"
    if {"mimetype", "content.xml"} <= names:
        return "ods"
    raise NotATable(found=_("an archive; unpack it first"))


def _refuse_known_texts(head: bytes) -> None:
    if head.startswith(b"%PDF"):
        raise NotATable(found="PDF")
    if head.startswith(b"{\\rtf"):
        raise NotATable(found="RTF")
    if _MARKUP.match(head):
        raise NotATable(found=_("a web page or XML document"))
    if _JSON.match(head):
        raise NotATable(found="JSON")
