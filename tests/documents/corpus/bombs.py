"""Small files that unpack to more than a machine should hold, and those that lie about it.

Most are made for limits a thousandth of the real ones, so that a machine can make them in no time.
"""

import struct
import zipfile
import zlib

from temp_portal.documents.checks import Limits
from tests.documents.corpus import parts
from tests.documents.corpus.parts import docx, odf, packed, pdf, png_with, pptx, zipped

KB = 1024
SMALL = Limits(inflated=256 * KB, ratio_from=32 * KB, entries=100, embedded=5, streams=50, pixels=1_000_000)

ZEROS = bytes(64 * KB)
LAUGHS = (
    b"<!DOCTYPE l [<!ENTITY a 'ha'>"
    + b"".join(b"<!ENTITY l%d '%s'>" % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 9))
    + b"]><l>&l8;</l>"
)
OUTSIDE = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'


def lying(field: int, value: int) -> bytes:
    """An archive that states a size in its list and before the entry which is not that of the entry."""
    whole = bytearray(docx({"word/media/a.png": ZEROS[: 16 * KB]}))
    name = b"word/media/a.png"
    local, listed = whole.index(name) - 30, whole.rindex(name) - 46
    for place, shift in ((local, 14), (listed, 16)):
        whole[place + shift + 4 * field : place + shift + 4 * field + 4] = struct.pack("<I", value)
    return bytes(whole)


def overlapping(count: int) -> bytes:
    """Many entries of the list over the same bytes."""
    entries = parts.office_entries() | {"word/media/a.png": ZEROS[: 8 * KB]}
    whole = zipped(entries)
    start = struct.unpack("<I", whole[-6:-2])[0]
    listed = whole[start:-22]
    last = listed[listed.rindex(b"PK\x01\x02") :]
    total = len(entries) + count
    directory = listed + last * count
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, total, total, len(directory), start, 0)
    return whole[:start] + directory + end


def quoting() -> bytes:
    """Entries whose bytes are the headers and bytes of all that follow."""
    kernel = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = kernel.compress(ZEROS) + kernel.flush()
    head = struct.pack("<4sHHHHHIIIHH", b"PK\x03\x04", 20, 0, 8, 0, 0, zlib.crc32(ZEROS), len(data), len(ZEROS), 1, 0)
    body, directory = b"", b""
    names = [b"a", b"b", b"c", b"d"]
    for place, name in enumerate(names):
        body += head + name
        directory += (
            struct.pack(
                "<4sHHHHHHIIIHHHHHII",
                b"PK\x01\x02",
                20,
                20,
                0,
                8,
                0,
                0,
                zlib.crc32(ZEROS),
                len(data) + 31 * (3 - place),
                len(ZEROS),
                1,
                0,
                0,
                0,
                0,
                0,
                31 * place,
            )
            + name
        )
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 4, 4, len(directory), len(body + data), 0)
    return body + data + directory + end


def nested(floors: int) -> bytes:
    """Archives in archives."""
    content = zipped({"0.txt": ZEROS})
    for floor in range(floors):
        content = zipped({f"{floor}.zip": content, "copy.zip": content})
    return docx({"word/media/a.zip": content})


def tables_in_tables(floors: int) -> bytes:
    content = docx()
    for _floor in range(floors):
        content = pptx({"ppt/embeddings/a.xlsx": content})
    return content


def huge_picture(width: int, height: int) -> bytes:
    whole = parts.png()
    head = parts.chunk(b"IHDR", struct.pack(">II", width, height) + whole[24:29])
    return whole[:8] + head + whole[33:]


def huge_jpeg() -> bytes:
    frame = parts.segment(0xC0, b"\x08" + struct.pack(">HH", 65_500, 65_500) + b"\x03" + bytes(9))
    return parts.jpeg_with(frame)


def huge_webp() -> bytes:
    return parts.webp_with(parts.riff(b"VP8X", bytes(4) + b"\xff\xff\xff" * 2))


def utf16(xml: bytes) -> bytes:
    return xml.decode().encode("utf-16")


def method(kind: int) -> bytes:
    return zipped(parts.office_entries() | {"word/a.xml": ZEROS}, method=kind)


def _xml(name):
    return {f"ten billion laughs in {name}": ("a.docx", lambda: docx({name: LAUGHS}), ("xml",), SMALL)}


BOMB = ("bomb",)
FILES = {
    "one entry of nothing but zeros": ("a.docx", lambda: docx({"word/media/a.png": ZEROS}), BOMB, SMALL),
    "one entry of zeros, at the real limits": (
        "a.docx",
        lambda: docx({"word/a.xml": bytes(17 * KB * KB)}),
        BOMB,
        Limits(),
    ),
    "zeros in text": ("a.docx", lambda: docx({"word/document.xml": b"<a>" + b" " * 99_999 + b"</a>"}), BOMB, SMALL),
    "zeros in a sheet": ("a.xlsx", lambda: docx({"xl/sharedStrings.xml": ZEROS}), BOMB, SMALL),
    "zeros in an ODT": ("a.odt", lambda: odf("text", {"Pictures/a.png": ZEROS}), BOMB, SMALL),
    "zeros in the list of types": ("a.docx", lambda: docx({"[Content_Types].xml": ZEROS}), BOMB, SMALL),
    "many entries of zeros": (
        "a.docx",
        lambda: docx({f"word/{n}.xml": ZEROS[: 4 * KB] for n in range(60)}),
        BOMB,
        SMALL,
    ),
    "too many entries": ("a.docx", lambda: docx({f"word/{n}.xml": b"" for n in range(200)}), BOMB, SMALL),
    "too many entries, at the real limits": (
        "a.docx",
        lambda: docx({f"word/{n}.xml": b"" for n in range(3_001)}),
        BOMB,
        Limits(),
    ),
    "more than all may hold": (
        "a.docx",
        lambda: docx({f"word/{n}.bin": bytes(9 * KB) for n in range(40)}, method=0),
        BOMB,
        SMALL,
    ),
    "an entry larger than stated": ("a.docx", lambda: lying(2, 100), BOMB, SMALL),
    "an entry smaller than stated": ("a.docx", lambda: lying(2, 30 * KB), BOMB, SMALL),
    "an entry stated as four gigabytes": ("a.docx", lambda: lying(2, 0xFFFFFFF0), BOMB, SMALL),
    "packed bytes stated as more": ("a.docx", lambda: lying(1, 9 * KB), ("bomb", "mixed", "damaged"), SMALL),
    "packed bytes stated as fewer": ("a.docx", lambda: lying(1, 3), ("bomb", "mixed", "damaged"), SMALL),
    "entries over the same bytes": ("a.docx", lambda: overlapping(5), ("bomb", "paths"), SMALL),
    "many entries over the same bytes": ("a.docx", lambda: overlapping(500), ("bomb", "paths"), SMALL),
    "entries that quote each other": ("a.docx", quoting, ("bomb",), SMALL),
    "an archive in it": ("a.docx", lambda: nested(0), ("embedded",), SMALL),
    "archives in archives": ("a.docx", lambda: nested(5), ("embedded",), SMALL),
    "tables in tables": ("a.pptx", lambda: tables_in_tables(2), BOMB, SMALL),
    "tables in tables in tables": ("a.pptx", lambda: tables_in_tables(6), BOMB, SMALL),
    "too many tables": ("a.pptx", lambda: pptx({f"ppt/embeddings/{n}.xlsx": docx() for n in range(9)}), BOMB, SMALL),
    "zeros in a table": ("a.pptx", lambda: pptx({"ppt/embeddings/a.xlsx": docx({"word/a.xml": ZEROS})}), BOMB, SMALL),
    "tables that together are too large": (
        "a.pptx",
        lambda: pptx({f"ppt/embeddings/{n}.xlsx": docx({"word/a.xml": bytes(31 * KB)}) for n in range(5)}),
        BOMB,
        Limits(inflated=128 * KB),
    ),
    "an entry packed by bzip2": ("a.docx", lambda: method(zipfile.ZIP_BZIP2), ("bomb", "damaged"), SMALL),
    "an entry packed by LZMA": ("a.docx", lambda: method(zipfile.ZIP_LZMA), ("bomb", "damaged"), SMALL),
    **_xml("word/document.xml"),
    **_xml("_rels/.rels"),
    **_xml("docProps/core.xml"),
    **_xml("word/styles.xml"),
    "laughs in the list of types": (
        "a.docx",
        lambda: docx({"[Content_Types].xml": LAUGHS + parts.content_types("word/document.xml")}),
        ("xml",),
        SMALL,
    ),
    "laughs in UTF-16": ("a.docx", lambda: docx({"word/document.xml": utf16(LAUGHS)}), ("xml",), SMALL),
    "laughs behind a long remark": (
        "a.docx",
        lambda: docx({"word/a.xml": b"<!--" + b"a" * 5_000 + b"-->" + LAUGHS}),
        ("xml",),
        SMALL,
    ),
    "laughs in an ODT": ("a.odt", lambda: odf("text", {"content.xml": LAUGHS}), ("xml",), SMALL),
    "laughs in a manifest": ("a.odt", lambda: odf("text", {"META-INF/manifest.xml": LAUGHS}), ("xml",), SMALL),
    "laughs in a table": (
        "a.pptx",
        lambda: pptx({"ppt/embeddings/a.xlsx": docx({"word/a.xml": LAUGHS})}),
        ("xml",),
        SMALL,
    ),
    "a file of the machine in the text": ("a.docx", lambda: docx({"word/document.xml": OUTSIDE}), ("xml",), SMALL),
    "a PDF's stream of zeros": ("a.pdf", lambda: pdf(packed(bytes(300 * KB))), BOMB, SMALL),
    "a PDF's stream of many zeros": (
        "a.pdf",
        lambda: pdf(packed(bytes(17 * KB * KB))),
        BOMB,
        Limits(inflated=16 * KB * KB),
    ),
    "many streams of zeros": ("a.pdf", lambda: pdf(*[packed(ZEROS)] * 5), BOMB, SMALL),
    "a PDF's stream of objects": ("a.pdf", lambda: pdf(parts.objects_stream(b"<<>>" + b" " * 300 * KB)), BOMB, SMALL),
    "a stream packed twice": (
        "a.pdf",
        lambda: pdf(parts.stream(zlib.compress(zlib.compress(ZEROS)), b"/Filter[/FlateDecode/FlateDecode]")),
        BOMB,
        SMALL,
    ),
    "a stream packed in two ways": (
        "a.pdf",
        lambda: pdf(parts.stream(b"a", b"/Filter[/LZWDecode/FlateDecode]")),
        BOMB,
        SMALL,
    ),
    "too many streams": ("a.pdf", lambda: pdf(*[parts.stream(b"")] * 60), BOMB, SMALL),
    "a huge picture in a PDF": (
        "a.pdf",
        lambda: pdf(packed(b"", b"/Subtype/Image/Width 99999/Height 99999")),
        ("pixels",),
        SMALL,
    ),
    "a huge PNG": ("a.png", lambda: huge_picture(100_000, 100_000), ("pixels",), Limits()),
    "a very wide PNG": ("a.png", lambda: huge_picture(2**31 - 1, 1), ("pixels",), Limits()),
    "a huge JPEG": ("a.jpg", huge_jpeg, ("pixels",), Limits()),
    "a huge WebP": ("a.webp", huge_webp, ("pixels",), Limits()),
    "packed words of a PNG": (
        "a.png",
        lambda: png_with(parts.chunk(b"zTXt", b"C\0\0" + zlib.compress(bytes(5 * KB * KB)))),
        BOMB,
        SMALL,
    ),
    "a packed profile of a PNG": (
        "a.png",
        lambda: png_with(parts.chunk(b"iCCP", b"p\0\0" + zlib.compress(bytes(5 * KB * KB)))),
        BOMB,
        SMALL,
    ),
    "a file larger than allowed": ("a.pdf", lambda: pdf() + bytes(KB), ("too_large",), Limits(size=600)),
}
