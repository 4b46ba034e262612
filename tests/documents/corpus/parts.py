"""Whole small files, and the parts of which larger ones are put together."""

import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from io import BytesIO

from PIL import Image

SCRIPT = b"<script>alert(1)</script>"
HTML = b"<html><body onload=alert(1)></body></html>"
PHP = b"<?php system($_GET['c']); ?>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00"
# Written apart, so that no scanner takes this file for what it makes.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"

Entries = Mapping[str, bytes] | Iterable[tuple[str, bytes]]


def zipped(entries: Entries, *, method: int = zipfile.ZIP_DEFLATED, comment: bytes = b"") -> bytes:
    """A ZIP archive of these entries, in their order."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in entries.items() if isinstance(entries, Mapping) else entries:
            archive.writestr(zipfile.ZipInfo(name), content, method)
        archive.comment = comment
    return file.getvalue()


_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = {
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    "ppt/presentation.xml": "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
}
_WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TEXT = (
    f'<w:document xmlns:w="{_WORDS}"><w:body><w:p><w:r><w:t>Устав 章程</w:t></w:r></w:p></w:body></w:document>'.encode()
)


def content_types(*main_parts: str, extra: str = "") -> bytes:
    overrides = "".join(f'<Override PartName="/{part}" ContentType="{_MAIN[part]}"/>' for part in main_parts)
    return (
        f'<?xml version="1.0"?><Types xmlns="{_TYPES}"><Default Extension="xml" ContentType="application/xml"/>'
        f"{overrides}{extra}</Types>"
    ).encode()


def relationship(kind: str, target: str, *, external: bool = False) -> bytes:
    mode = ' TargetMode="External"' if external else ""
    return (
        f'<?xml version="1.0"?><Relationships xmlns="{_RELS}">'
        f'<Relationship Id="r1" Type="{_OFFICE}/{kind}" Target="{target}"{mode}/></Relationships>'
    ).encode()


def office_entries(main: str = "word/document.xml", **changed: bytes) -> dict[str, bytes]:
    return {
        "[Content_Types].xml": content_types(main),
        "_rels/.rels": relationship("officeDocument", main),
        main: TEXT,
    } | {name.replace("__", "/"): content for name, content in changed.items()}


def docx(extra: Entries = (), **options: bytes) -> bytes:
    """A document of Word, with further entries."""
    more = extra.items() if isinstance(extra, Mapping) else extra
    replaced = dict(more)
    return zipped(office_entries() | replaced, **options)


def pptx(extra: Mapping[str, bytes] | None = None) -> bytes:
    return zipped(office_entries("ppt/presentation.xml") | dict(extra or {}))


def xlsx() -> bytes:
    return zipped(office_entries("xl/workbook.xml"))


_ODF = "urn:oasis:names:tc:opendocument:xmlns"
MANIFEST = f'<manifest:manifest xmlns:manifest="{_ODF}:manifest:1.0"/>'.encode()
CONTENT = f'<office:document-content xmlns:office="{_ODF}:office:1.0"><office:body/></office:document-content>'.encode()


def odf(kind: str = "text", extra: Mapping[str, bytes] | None = None) -> bytes:
    """An OpenDocument file: its kind stands first, unpacked."""
    file = BytesIO()
    entries = {"content.xml": CONTENT, "META-INF/manifest.xml": MANIFEST} | dict(extra or {})
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        mimetype = f"application/vnd.oasis.opendocument.{kind}"
        archive.writestr(zipfile.ZipInfo("mimetype"), mimetype, zipfile.ZIP_STORED)
        for name, content in entries.items():
            archive.writestr(name, content)
    return file.getvalue()


def drawn(kind: str, mode: str = "RGB", size: tuple[int, int] = (40, 30), **options: object) -> bytes:
    """A picture by Pillow."""
    file = BytesIO()
    Image.effect_noise(size, 60).convert(mode).save(file, kind, **options)
    return file.getvalue()


def png() -> bytes:
    return drawn("PNG")


def jpeg() -> bytes:
    return drawn("JPEG")


def webp() -> bytes:
    return drawn("WEBP")


def chunk(kind: bytes, content: bytes) -> bytes:
    """A chunk of a PNG, with its right sum."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png_with(*chunks: bytes) -> bytes:
    """A picture with chunks behind its first."""
    whole = png()
    return whole[:33] + b"".join(chunks) + whole[33:]


def segment(marker: int, content: bytes) -> bytes:
    """A segment of a JPEG."""
    return bytes([0xFF, marker]) + struct.pack(">H", len(content) + 2) + content


def jpeg_with(*segments: bytes) -> bytes:
    """A picture with segments right behind its start."""
    whole = jpeg()
    return whole[:2] + b"".join(segments) + whole[2:]


def riff(kind: bytes, content: bytes) -> bytes:
    """A chunk of a WebP."""
    return kind + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)


def webp_with(*chunks: bytes) -> bytes:
    """A picture with chunks behind its own."""
    body = webp()[12:] + b"".join(chunks)
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def pdf(
    *objects: bytes, catalogue: bytes = b"", trailer: bytes = b"", header: bytes = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
) -> bytes:
    """A document of one empty page and further objects (numbered from 4), with a table that finds them."""
    bodies = [
        b"<</Type/Catalog/Pages 2 0 R" + catalogue + b">>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>",
        *objects,
    ]
    out, places = bytearray(header), []
    for number, body in enumerate(bodies, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, trailer, table)
    return bytes(out)


def stream(content: bytes, described: bytes = b"") -> bytes:
    """A stream with its dictionary."""
    return b"<</Length %d%s>>\nstream\n" % (len(content), described) + content + b"\nendstream"


def packed(content: bytes, described: bytes = b"") -> bytes:
    """A stream packed by deflate."""
    return stream(zlib.compress(content, 9), b"/Filter/FlateDecode" + described)


def objects_stream(*bodies: bytes, described: bytes = b"", filters: bytes = b"/Filter/FlateDecode") -> bytes:
    """A stream that holds objects (numbered from 50)."""
    offsets, joined = [], b""
    for number, body in enumerate(bodies, start=50):
        offsets.append(b"%d %d" % (number, len(joined)))
        joined += body + b" "
    head = b" ".join(offsets) + b" "
    kind = b"/Type/ObjStm/N %d/First %d" % (len(bodies), len(head))
    return stream(zlib.compress(head + joined), filters + kind + described)
