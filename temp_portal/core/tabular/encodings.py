"""Which recognised encoding a text file is in: UTF-8, UTF-16 of either order, with or without a mark, or GB18030.

GB18030 accepts much that was written in another encoding, so what it decodes must also look like Chinese writing.
"""

import codecs
import re
from collections import Counter
from typing import IO, Final

from temp_portal.core.tabular.errors import UnknownEncoding

_CHUNK: Final = 1024 * 1024
_HEAD: Final = 64 * 1024
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    # Before UTF-16, whose mark is the beginning of this one.
    (codecs.BOM_UTF32_LE, None),
    (codecs.BOM_UTF32_BE, None),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: Latin separators, digits and line ends make at least this share of the bytes of a UTF-16 table zero.
_UTF16_ZEROS: Final = 0.02
#: Least share of everyday characters in text that really is GB18030 (running text: above 95 %).
_EVERYDAY: Final = 0.7
_EVERYDAY_LEADS: Final = frozenset({*range(0xA1, 0xA4), *range(0xA6, 0xAA), *range(0xB0, 0xD8)})
#: Control characters that do occur in text: tab, line feed, form feed, carriage return, end of file of old systems.
_TEXT_CONTROLS: Final = frozenset(b"\t\n\f\r\x1a\x1b")
_BINARY_CONTROLS: Final = 0.01
_LINE_END: Final = re.compile(r"[\r\n]")


def detect_encoding(file: IO[bytes]) -> str:
    """Python's name of the file's encoding; the whole file is read. Raises UnknownEncoding."""
    file.seek(0)
    head = file.read(_HEAD)
    for mark, name in _MARKS:
        if head.startswith(mark):
            return _checked(file, name)
    wide = _wide_without_mark(head)
    if wide:
        return _checked(file, wide)
    broken = _first_undecodable_line(file, "utf-8")
    if broken is None:
        return "utf-8"
    if _first_undecodable_line(file, "gb18030") is None and _looks_chinese(file):
        return "gb18030"
    raise UnknownEncoding(line=broken)


def _checked(file: IO[bytes], name: str | None) -> str:
    broken = 1 if name is None else _first_undecodable_line(file, name)
    if name is None or broken is not None:
        raise UnknownEncoding(line=broken)
    return name


def _wide_without_mark(head: bytes) -> str | None:
    """UTF-16 shows by zero bytes that stand at even places only, or at odd places only, also beside line ends."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if min(even, odd) or even + odd < len(head) * _UTF16_ZEROS:
        return None
    name = "utf-16-le" if odd else "utf-16-be"
    line_ends = len(_LINE_END.findall(head.decode(name, errors="ignore")))
    return name if line_ends * 2 > len(_LINE_END.findall(head.decode("latin-1"))) else None


def is_binary(head: bytes) -> bool:
    """Whether the beginning of a file holds more control characters than text does; UTF-16 is text."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or _wide_without_mark(head):
        return False
    controls = sum(count for byte, count in Counter(head).items() if byte < 32 and byte not in _TEXT_CONTROLS)
    return controls > max(2, len(head) * _BINARY_CONTROLS)


def _first_undecodable_line(file: IO[bytes], encoding: str) -> int | None:
    """Number of the first line that is not in `encoding`, or None when the whole file is."""
    file.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    while True:
        chunk = file.read(_CHUNK)
        try:
            line += decoder.decode(chunk, final=not chunk).count("\n")
        except UnicodeDecodeError as error:
            return line + bytes(error.object)[: error.start].count(b"\n")
        if not chunk:
            return None


def _looks_chinese(file: IO[bytes]) -> bool:
    file.seek(0)
    text = codecs.getincrementaldecoder("gb18030")().decode(file.read(_CHUNK))
    counts = Counter(character for character in text if character > "\x7f")
    everyday = sum(count for character, count in counts.items() if _is_everyday(character))
    return everyday >= _EVERYDAY * counts.total()


def _is_everyday(character: str) -> bool:
    """Chinese of the first level, full-width signs, Greek or Cyrillic of GB 2312; no kana, no rare characters."""
    try:
        return character.encode("gb2312")[0] in _EVERYDAY_LEADS
    except UnicodeEncodeError:
        return False
