"""PDF: one document from its first byte to its last mark, without scripts, attachments, actions or protection.

Names are looked for in all bytes, whatever structure they claim to lie in, and in the compressed streams that may hold
objects: a reader that understands the structure otherwise than we do finds nothing that we have not seen.
"""

import re
import zlib
from collections.abc import Iterator
from typing import Final

from temp_portal.documents.checks.limits import Limits
from temp_portal.documents.checks.refusals import Refused
from temp_portal.documents.checks.signatures import check_virus

_HEADER: Final = re.compile(rb"%PDF-[12]\.\d[^<]{0,40}?[\r\n]")
_END: Final = re.compile(rb"%%EOF[\s\x00]*$")
_ESCAPED: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
_AFTER: Final = rb"(?=[\s/<>\[\]()%{}\x00]|$)"
_FORBIDDEN: Final = (
    ("password", re.compile(rb"/Encrypt" + _AFTER)),
    ("macros", re.compile(rb"/(?:JavaScript|Launch|RichMediaContent|RichMediaSettings|XFA\s*[\[\d])")),
    ("embedded", re.compile(rb"/(?:EmbeddedFiles?|FileAttachment|GoToE)" + _AFTER + rb"|/EF\s*(?:<<|\d+\s+\d+\s+R)")),
    ("links_out", re.compile(rb"/(?:SubmitForm|ImportData)" + _AFTER)),
)
_STREAM: Final = re.compile(rb"(?<!end)stream\r?\n")
_FILTERS: Final = re.compile(rb"/(?:FlateDecode|LZWDecode|RunLengthDecode|Fl|LZW|RL)" + _AFTER)
_PLAIN_FLATE: Final = re.compile(rb"/Filter\s*(?:/FlateDecode|\[\s*/FlateDecode\s*\])" + _AFTER)
_PIXELS: Final = re.compile(rb"/(Width|Height)\s+(\d{1,9})")
_HOLDS_OBJECTS: Final = re.compile(rb"/(?:ObjStm|First)" + _AFTER)
#: How the stream of objects begins: pairs of numbers, then the first object. Pages begin with operators.
_OBJECTS: Final = re.compile(rb"\s*\d+\s+\d+\s[\d\s]*[<\[(/]")
_SLICE: Final = 16 * 1024
_PIECE: Final = 1024 * 1024


def check_pdf(data: bytes, limits: Limits) -> None:
    """Raises Refused."""
    if not _HEADER.match(data):
        raise Refused("mixed")
    if b"%%EOF" not in data[-2048:]:
        raise Refused("mixed" if b"%%EOF" in data else "damaged")
    if not _END.search(data[-2048:]):
        raise Refused("mixed")
    if b"startxref" not in data:
        raise Refused("damaged")
    _check_streams(data, limits)
    _check_names(data)


def _check_names(data: bytes) -> None:
    plain = _unescaped(data)
    for code, name in _FORBIDDEN:
        if name.search(plain):
            raise Refused(code)


def _unescaped(data: bytes) -> bytes:
    """Names may be written with any letter as #hex."""
    return _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), data)


def _check_streams(data: bytes, limits: Limits) -> None:
    """Unpack what is packed, up to the limit in all: it is searched, and it must be no bomb."""
    left, before = limits.inflated, 0
    for number, stream in enumerate(_STREAM.finditer(data)):
        if number >= limits.streams:
            raise Refused("bomb")
        described = _description(data, before, stream.start())
        before = stream.end()
        if len(_FILTERS.findall(described)) > 1:
            raise Refused("bomb")
        if _HOLDS_OBJECTS.search(described) and b"/Filter" in described and not _is_plain(described):
            raise Refused("mixed")
        is_image = b"/Image" in described
        if is_image:
            _check_pixels(described, limits)
        left -= _check_inflated(data, stream.end(), left, is_image=is_image)


def _is_plain(described: bytes) -> bool:
    """Whether the stream is packed in the one way in which we unpack it."""
    return bool(_PLAIN_FLATE.search(described)) and b"/DecodeParms" not in described


def _description(data: bytes, start: int, end: int) -> bytes:
    """The dictionary before a stream."""
    begin = data.rfind(b"obj", start, end)
    return _unescaped(data[max(begin, end - 8192) if begin == -1 else begin : end])


def _check_pixels(described: bytes, limits: Limits) -> None:
    sides = {name: int(value) for name, value in _PIXELS.findall(described)}
    if sides.get(b"Width", 0) * sides.get(b"Height", 0) > limits.pixels:
        raise Refused("pixels", limit=limits.pixels // 1_000_000)


def _check_inflated(data: bytes, start: int, most: int, *, is_image: bool) -> int:
    """Bytes to which the stream unpacks; of a picture, whose size its sides state, only the first are looked at."""
    size, tail, objects, holds_objects = 0, b"", bytearray(), False
    for piece in _inflated(data, start):
        if not size:
            holds_objects = bool(_OBJECTS.match(piece))
        size += len(piece)
        if size > most:
            raise Refused("bomb")
        check_virus(tail + piece)
        tail = piece[-128:]
        if holds_objects:
            objects += piece
        elif is_image:
            return 0
    if holds_objects:
        _check_names(bytes(objects))
    return size


def _inflated(data: bytes, start: int) -> Iterator[bytes]:
    """What is packed at `start`, piece by piece, as far as it can be unpacked."""
    inflater, packed = zlib.decompressobj(), b""
    try:
        while not inflater.eof:
            packed = inflater.unconsumed_tail or data[start : start + _SLICE]
            if not packed:
                return
            if not inflater.unconsumed_tail:
                start += _SLICE
            yield inflater.decompress(packed, _PIECE)
    except zlib.error:
        return
