"""JPEG, PNG and WebP: walked from the first byte to the last, so that nothing can hide behind the picture."""

import zlib
from typing import Final

from temp_portal.documents.checks.limits import Limits
from temp_portal.documents.checks.refusals import Refused
from temp_portal.documents.checks.signatures import check_foreign, check_virus

_MILLION: Final = 1_000_000


def check_jpeg(data: bytes, limits: Limits) -> None:
    """Raises Refused. What phones put behind passes: further pictures (depth, a lighter one), padding, Samsung's notes.

    Archives and markup among it are found by the search over the whole file.
    """
    end = _after_jpeg(data, 0, limits)
    if data.endswith(b"SEFT"):
        return
    while end < len(data):
        if data.startswith(b"\xff\xd8\xff", end):
            end = _after_jpeg(data, end, limits)
        elif data[end] == 0:
            end += 1
        else:
            raise Refused("mixed")


_STANDALONE: Final = frozenset({0x01, *range(0xD0, 0xD8)})
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_START_OF_SCAN: Final = 0xDA
_END: Final = 0xD9
_FIRST: Final = 0xE0
_FIRST_IS: Final = (b"JFIF\0", b"JFXX\0", b"AVI1", b"Ocad")


def _after_jpeg(data: bytes, start: int, limits: Limits) -> int:
    """Where the picture that begins at `start` ends."""
    place, has_frame = start + 2, False
    while True:
        place = _marker(data, place)
        marker = data[place]
        place += 1
        if marker == _END:
            break
        if marker in _STANDALONE:
            continue
        has_frame = has_frame or marker in _FRAMES
        place += _segment(data, place, marker, limits)
        if marker == _START_OF_SCAN:
            place = _after_scan(data, place)
    if not has_frame:
        raise Refused("damaged")
    return place


def _segment(data: bytes, place: int, marker: int, limits: Limits) -> int:
    """How long the segment is."""
    length = int.from_bytes(data[place : place + 2], "big")
    if length < 2 or place + length > len(data):
        raise Refused("damaged")
    if marker in _FRAMES:
        height, width = data[place + 3 : place + 5], data[place + 5 : place + 7]
        _check_pixels(int.from_bytes(width, "big"), int.from_bytes(height, "big"), limits)
    elif marker == _FIRST and not data.startswith(_FIRST_IS, place + 2):
        # Its length and content can be chosen so that the picture is a script as well.
        raise Refused("mixed")
    return length


def _marker(data: bytes, place: int) -> int:
    """Where the code of the next marker stands: 0xFF, repeated at will, comes before it."""
    if place + 1 >= len(data) or data[place] != 0xFF:
        raise Refused("damaged")
    while place < len(data) and data[place] == 0xFF:
        place += 1
    if place >= len(data):
        raise Refused("damaged")
    return place


def _after_scan(data: bytes, place: int) -> int:
    """The next marker behind compressed picture data, in which 0xFF is followed by zero or a restart marker."""
    while True:
        place = data.find(b"\xff", place)
        if place == -1 or place + 1 >= len(data):
            raise Refused("damaged")
        if data[place + 1] != 0 and data[place + 1] not in _STANDALONE:
            return place
        place += 2


def check_png(data: bytes, limits: Limits) -> None:
    """Raises Refused unless chunk follows chunk, each with its right sum, from IHDR to IEND and no further."""
    place, kind = 8, b""
    while kind != b"IEND":
        length = int.from_bytes(data[place : place + 4], "big")
        kind, content = data[place + 4 : place + 8], data[place + 8 : place + 8 + length]
        place += 12 + length
        if place > len(data) or not kind.isalpha():
            raise Refused("damaged")
        if zlib.crc32(content, zlib.crc32(kind)) != int.from_bytes(data[place - 4 : place], "big"):
            raise Refused("damaged")
        if kind == b"IHDR":
            _check_pixels(int.from_bytes(content[:4], "big"), int.from_bytes(content[4:8], "big"), limits)
        elif kind in (b"zTXt", b"iCCP", b"iTXt"):
            _check_text(content)
    if data[12:16] != b"IHDR":
        raise Refused("damaged")
    if place != len(data):
        raise Refused("mixed")


_MOST_TEXT: Final = 4 * 1024 * 1024


def _check_text(content: bytes) -> None:
    """Compressed words in a picture unpack to words, not to gigabytes, and are looked at like the rest."""
    start = content.find(b"\x78")
    while start != -1:
        try:
            text = zlib.decompressobj().decompress(content[start:], _MOST_TEXT)
        except zlib.error:
            start = content.find(b"\x78", start + 1)
            continue
        if len(text) >= _MOST_TEXT:
            raise Refused("bomb")
        check_virus(text)
        check_foreign(text)
        return


def check_webp(data: bytes, limits: Limits) -> None:
    """Raises Refused unless the container's size is that of the file, and its chunks fill it."""
    stated = int.from_bytes(data[4:8], "little") + 8
    if stated > len(data):
        raise Refused("damaged")
    if stated < len(data):
        raise Refused("mixed")
    place, known = 12, False
    while place < stated:
        kind, length = data[place : place + 4], int.from_bytes(data[place + 4 : place + 8], "little")
        content = data[place + 8 : place + 8 + min(length, 16)]
        place += 8 + length + length % 2
        if place > stated + 1 or not kind.strip().isalnum():
            raise Refused("damaged")
        if size := _webp_size(kind, content):
            known = True
            _check_pixels(*size, limits)
    if not known:
        raise Refused("damaged")


def _webp_size(kind: bytes, content: bytes) -> tuple[int, int] | None:
    """Width and height that the chunk states; None for a chunk that states none."""
    if kind == b"VP8X":
        return int.from_bytes(content[4:7], "little") + 1, int.from_bytes(content[7:10], "little") + 1
    if kind == b"VP8L":
        bits = int.from_bytes(content[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8 ":
        return int.from_bytes(content[6:8], "little") & 0x3FFF, int.from_bytes(content[8:10], "little") & 0x3FFF
    return None


def _check_pixels(width: int, height: int, limits: Limits) -> None:
    if not width or not height:
        raise Refused("damaged")
    if width * height > limits.pixels:
        raise Refused("pixels", limit=limits.pixels // _MILLION)
