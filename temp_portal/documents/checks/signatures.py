"""What has no place in a document of any kind: test viruses, markup that a browser would run, foreign archives."""

import re
from typing import Final

from temp_portal.documents.checks.refusals import Refused

#: The part of the EICAR test file by which scanners know it. Written apart, or this very file would be taken for one.
_EICAR: Final = b"EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE"
_MARKUP: Final = re.compile(
    rb"<(?i:script|html|body|iframe|object|embed|svg\s|!doctype\s+html|\?php|meta\s+http-equiv|img\s[^>]{0,80}onerror)"
)
_END_OF_ZIP: Final = b"PK\x05\x06"
_ARCHIVES: Final = (
    b"Rar!\x1a\x07",
    b"7z\xbc\xaf\x27\x1c",
    b"MSCF\x00\x00\x00\x00",
    b"\xfd7zXZ\x00",
    b"**ACE**",
)
_PROGRAMS: Final = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"#!")


def check_virus(data: bytes) -> None:
    """Raises Refused for the test virus, in the encodings in which it is passed on."""
    if _EICAR in data or _EICAR.decode().encode("utf-16-le") in data or _EICAR.decode().encode("utf-16-be") in data:
        raise Refused("virus")


def check_foreign(data: bytes) -> None:
    """Raises Refused for markup or an archive inside a file that is neither."""
    if _MARKUP.search(data) or holds_archive(data):
        raise Refused("mixed")


def holds_archive(data: bytes) -> bool:
    """Whether a program for archives would find one in the bytes."""
    if any(mark in data for mark in _ARCHIVES):
        return True
    end = data.find(_END_OF_ZIP)
    while end != -1:
        # Four bytes may occur by chance; a directory of entries right before them does not.
        size = int.from_bytes(data[end + 12 : end + 16], "little")
        if size and data[max(0, end - size) :].startswith((b"PK\x01\x02", b"PK\x06\x06")):
            return True
        if int.from_bytes(data[end + 8 : end + 10], "little") and data.rfind(b"PK\x01\x02", 0, end) != -1:
            return True
        end = data.find(_END_OF_ZIP, end + 4)
    return False


def is_program(head: bytes) -> bool:
    """Whether bytes begin like a program of Windows, Linux, macOS, Java or a shell."""
    return head.startswith(_PROGRAMS)
