"""The harmless test virus, wherever it may be hidden."""

import zlib

from tests.documents.corpus import parts
from tests.documents.corpus.parts import EICAR

_XML = b"<a>" + EICAR + b"</a>"
_ZTXT = zlib.compress(EICAR)

FILES = {
    "alone": ("eicar.com.txt", lambda: EICAR),
    "called PDF": ("invoice.pdf", lambda: EICAR),
    "behind a byte-order mark": ("a.txt", lambda: b"\xef\xbb\xbf" + EICAR),
    "in UTF-16": ("a.txt", lambda: EICAR.decode().encode("utf-16")),
    "in a plain archive": ("eicar.zip", lambda: parts.zipped({"eicar.com": EICAR}, method=0)),
    "stored in a DOCX": ("a.docx", lambda: parts.docx({"word/a.bin": EICAR}, method=0)),
    "packed in a DOCX": ("a.docx", lambda: parts.docx({"word/media/a.png": EICAR})),
    "in the text of a DOCX": ("a.docx", lambda: parts.docx({"word/document.xml": _XML})),
    "in UTF-16 in a DOCX": ("a.docx", lambda: parts.docx({"word/a.xml": EICAR.decode().encode("utf-16-le")})),
    "in a table inside slides": (
        "a.pptx",
        lambda: parts.pptx({"ppt/embeddings/a.xlsx": parts.docx({"word/a.bin": EICAR})}),
    ),
    "in an ODT": ("a.odt", lambda: parts.odf("text", {"styles.xml": _XML})),
    "in a PDF": ("a.pdf", lambda: parts.pdf(parts.stream(EICAR))),
    "packed in a PDF": ("a.pdf", lambda: parts.pdf(parts.packed(EICAR))),
    "packed in a PDF behind much else": ("a.pdf", lambda: parts.pdf(parts.packed(b" " * 1_048_560 + EICAR))),
    "attached to a PDF": ("a.pdf", lambda: parts.pdf(parts.packed(EICAR, b"/Type/EmbeddedFile"))),
    "in a JPEG's comment": ("a.jpg", lambda: parts.jpeg_with(parts.segment(0xFE, EICAR))),
    "behind a JPEG": ("a.jpg", lambda: parts.jpeg() + EICAR),
    "in a PNG's words": ("a.png", lambda: parts.png_with(parts.chunk(b"tEXt", b"Comment\0" + EICAR))),
    "in a PNG's packed words": ("a.png", lambda: parts.png_with(parts.chunk(b"zTXt", b"Comment\0\0" + _ZTXT))),
    "in a WebP's chunk": ("a.webp", lambda: parts.webp_with(parts.riff(b"XMP ", EICAR))),
}
