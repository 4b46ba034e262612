"""Files that are two things at once, or hold what no document needs, each with the reasons to refuse it."""

import stat
import struct
import zipfile
import zlib
from io import BytesIO

from pypdf import PdfReader, PdfWriter

from tests.documents.corpus import parts
from tests.documents.corpus.parts import (
    HTML,
    PHP,
    PROGRAM,
    SCRIPT,
    SVG,
    docx,
    jpeg,
    odf,
    pdf,
    png,
    relationship,
    webp,
    zipped,
)

JAR = zipped({"META-INF/MANIFEST.MF": b"Main-Class: A\n", "A.class": b"\xca\xfe\xba\xbe"})
RAR, SEVEN, CAB = b"Rar!\x1a\x07\x01\x00", b"7z\xbc\xaf\x27\x1c\x00\x04", b"MSCF\x00\x00\x00\x00"
GIF = b"GIF89a\x01\x00\x01\x00\x00\x00\x00;"
CFB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)

JAVASCRIPT = b"<</S/JavaScript/JS(app.alert(1))>>"
LAUNCH = b"<</S/Launch/F(cmd.exe)>>"


def protected() -> bytes:
    """A PDF with a password, by pypdf."""
    writer = PdfWriter()
    writer.append(PdfReader(BytesIO(pdf())))
    writer.encrypt("", "owner")
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def with_gap(filler: bytes) -> bytes:
    """Bytes between the last entry and the list of entries; the list's place is put right."""
    whole = docx()
    start = struct.unpack("<I", whole[-6:-2])[0]
    return whole[:start] + filler + whole[start:-6] + struct.pack("<I", start + len(filler)) + whole[-2:]


def renamed_in_list() -> bytes:
    """The list calls an entry otherwise than the entry itself."""
    whole = docx({"word/a.xml": b"<a/>"})
    place = whole.rindex(b"word/a.xml")
    return whole[:place] + b"word/b.xml" + whole[place + 10 :]


def flagged(bit: int) -> bytes:
    """An entry whose flag says something else in the list."""
    whole = bytearray(docx())
    place = whole.index(b"PK\x01\x02")
    whole[place + 8] |= bit
    return bytes(whole)


def twice() -> bytes:
    entries = [*parts.office_entries().items(), ("word/Document.xml", parts.TEXT)]
    return zipped(entries)


def linked_out_of() -> bytes:
    file = BytesIO(docx())
    with zipfile.ZipFile(file, "a") as archive:
        link = zipfile.ZipInfo("word/link")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    return file.getvalue()


def mixed(make):
    return make, ("mixed",)


_BEHIND = {
    "HTML": HTML,
    "a script": SCRIPT,
    "PHP": PHP,
    "a JAR": JAR,
    "a program": PROGRAM,
    "RAR": RAR,
    "a DOCX": docx(),
}


def _behind(kind, name, whole):
    return {
        f"{kind} and {what} behind": (name, lambda tail=tail: whole() + tail, ("mixed",))
        for what, tail in _BEHIND.items()
    }


def _of_pdf(**made):
    return {f"PDF with {what.replace('_', ' ')}": ("a.pdf", *how) for what, how in made.items()}


PDFS = _behind("PDF", "a.pdf", pdf) | _of_pdf(
    HTML_in_its_first_line=mixed(lambda: pdf(header=b"%PDF-1.7 <html>\n")),
    HTML_in_a_remark=mixed(lambda: pdf(header=b"%PDF-1.7\n%" + HTML + b"\n")),
    a_script_in_a_stream=mixed(lambda: pdf(parts.stream(SCRIPT))),
    a_JAR_in_a_stream=mixed(lambda: pdf(parts.stream(JAR))),
    a_DOCX_in_a_stream=mixed(lambda: pdf(parts.stream(docx()))),
    RAR_in_a_stream=mixed(lambda: pdf(parts.stream(RAR))),
    SevenZip_in_a_stream=mixed(lambda: pdf(parts.stream(SEVEN))),
    a_cabinet_in_a_stream=mixed(lambda: pdf(parts.stream(CAB))),
    a_script_on_opening=(lambda: pdf(JAVASCRIPT, catalogue=b"/OpenAction 4 0 R"), ("macros",)),
    a_script_in_its_names=(lambda: pdf(catalogue=b"/Names<</JavaScript<</Names[(a)%s]>>>>" % JAVASCRIPT), ("macros",)),
    a_script_spelled_in_hex=(lambda: pdf(b"<</S/J#61vaScr#69pt/JS(a)>>"), ("macros",)),
    a_script_in_a_stream_of_objects=(lambda: pdf(parts.objects_stream(JAVASCRIPT)), ("macros",)),
    a_script_in_objects_called_a_picture=(
        lambda: pdf(parts.objects_stream(JAVASCRIPT, described=b"/Subtype/Image/Width 1/Height 1")),
        ("macros",),
    ),
    objects_packed_in_another_way=mixed(lambda: pdf(parts.objects_stream(JAVASCRIPT, filters=b"/Filter/LZWDecode"))),
    objects_packed_by_reference=mixed(lambda: pdf(parts.objects_stream(JAVASCRIPT, filters=b"/Filter 9 0 R"))),
    objects_with_a_predictor=mixed(
        lambda: pdf(parts.objects_stream(b"<<>>", described=b"/DecodeParms<</Predictor 12>>"))
    ),
    a_program_to_launch=(lambda: pdf(LAUNCH, catalogue=b"/OpenAction 4 0 R"), ("macros",)),
    a_program_to_launch_in_hex=(lambda: pdf(b"<</S/#4caunch/F(a)>>"), ("macros",)),
    an_XML_form=(lambda: pdf(catalogue=b"/AcroForm<</XFA[4 0 R]>>"), ("macros",)),
    a_film_with_scripts=(lambda: pdf(b"<</RichMediaContent 5 0 R>>"), ("macros",)),
    an_attachment=(lambda: pdf(parts.stream(b"a", b"/Type/EmbeddedFile")), ("embedded",)),
    an_attachment_without_its_type=(lambda: pdf(b"<</F(a.exe)/EF<</F 5 0 R>>>>"), ("embedded",)),
    an_attachment_in_a_stream_of_objects=(
        lambda: pdf(parts.objects_stream(b"<</Names[(a)<</EF<</F 5 0 R>>>>]>>", b"<</EmbeddedFiles 50 0 R>>")),
        ("embedded",),
    ),
    a_jump_into_an_attachment=(lambda: pdf(b"<</S/GoToE/T<<>>>>"), ("embedded",)),
    a_form_that_sends=(lambda: pdf(b"<</S/SubmitForm/F(https://example.org)>>"), ("links_out",)),
    a_form_that_fetches=(lambda: pdf(b"<</S/ImportData/F(a.fdf)>>"), ("links_out",)),
    a_password=(protected, ("password",)),
    HTML_before=(lambda: HTML + pdf(), ("kind",)),
    a_GIF_before=(lambda: GIF + pdf(), ("kind",)),
    its_end_cut_off=(lambda: pdf()[:-60], ("damaged",)),
)

PICTURES = (
    _behind("PNG", "a.png", png)
    | _behind("JPEG", "a.jpg", jpeg)
    | _behind("WebP", "a.webp", webp)
    | {
        "PNG with a script in its words": (
            "a.png",
            *mixed(lambda: parts.png_with(parts.chunk(b"tEXt", b"Comment\0" + SCRIPT))),
        ),
        "PNG with PHP in its packed words": (
            "a.png",
            *mixed(lambda: parts.png_with(parts.chunk(b"zTXt", b"Comment\0\0" + zlib.compress(PHP)))),
        ),
        "PNG with a JAR in a chunk": ("a.png", *mixed(lambda: parts.png_with(parts.chunk(b"jaRx", JAR)))),
        "PNG with a wrong sum": ("a.png", lambda: png()[:40] + b"\0" + png()[41:], ("damaged",)),
        "PNG cut off": ("a.png", lambda: png()[:-20], ("damaged",)),
        "JPEG with a script in its remark": ("a.jpg", *mixed(lambda: parts.jpeg_with(parts.segment(0xFE, SCRIPT)))),
        "JPEG with PHP in its data": ("a.jpg", *mixed(lambda: parts.jpeg_with(parts.segment(0xE1, b"Exif\0\0" + PHP)))),
        "JPEG with SVG in its data": ("a.jpg", *mixed(lambda: parts.jpeg_with(parts.segment(0xED, SVG)))),
        "JPEG with a JAR in its remark": ("a.jpg", *mixed(lambda: parts.jpeg_with(parts.segment(0xFE, JAR)))),
        "JPEG that is JavaScript": (
            "a.jpg",
            *mixed(lambda: parts.jpeg_with(parts.segment(0xE0, b"*/=alert(1);/*" + bytes(12_058)))),
        ),
        "JPEG cut off": ("a.jpg", lambda: jpeg()[:-30], ("damaged",)),
        "JPEG of nothing": ("a.jpg", lambda: b"\xff\xd8\xff\xd9", ("damaged", "kind")),
        "WebP with HTML in a chunk": ("a.webp", *mixed(lambda: parts.webp_with(parts.riff(b"EXIF", HTML)))),
        "WebP cut off": ("a.webp", lambda: webp()[:-10], ("damaged",)),
        "GIF": ("a.gif", lambda: GIF, ("kind",)),
        "GIF that is JavaScript": ("a.jpg", lambda: b"GIF89a=1;alert(1)//", ("kind",)),
        "SVG called PNG": ("a.png", lambda: SVG, ("kind",)),
        "BMP": ("a.bmp", lambda: b"BM" + bytes(60), ("kind",)),
        "TIFF": ("a.tiff", lambda: b"II*\0" + bytes(60), ("kind",)),
        "HEIC": ("a.heic", lambda: b"\0\0\0\x18ftypheic" + bytes(60), ("heic",)),
        "film": ("a.mp4", lambda: b"\0\0\0\x18ftypisom" + bytes(60), ("kind",)),
    }
)


def _of_office(*reasons, **made):
    return {f"DOCX with {what.replace('_', ' ')}": ("a.docx", how, reasons) for what, how in made.items()}


def _part(name, content=b"<a/>"):
    return lambda: docx({name: content})


_ACTIVE_TYPE = '<Override PartName="/word/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject"/>'

OFFICE = (
    _of_office(
        "mixed",
        HTML_behind=lambda: docx() + HTML,
        HTML_in_the_remark=lambda: docx(comment=HTML),
        a_picture_before=lambda: png() + docx(),
        bytes_before_the_list=lambda: with_gap(SCRIPT * 4),
        an_entry_of_two_names=renamed_in_list,
        two_kinds_at_once=_part("[Content_Types].xml", parts.content_types("word/document.xml", "xl/workbook.xml")),
    )
    | _of_office(
        "macros",
        macros=_part("word/vbaProject.bin", b"\1\2"),
        macros_by_their_type=_part("[Content_Types].xml", parts.content_types("word/document.xml", extra=_ACTIVE_TYPE)),
        ActiveX=_part("word/activeX/activeX1.xml"),
        old_macro_sheets=_part("xl/macrosheets/sheet1.xml"),
        ribbon_calls=_part("customUI/customUI14.xml"),
        a_field_that_runs=_part(
            "word/document.xml", b'<w:p><w:instrText xml:space="preserve"> DDEAUTO c:\\\\cmd.exe</w:instrText></w:p>'
        ),
        a_link_to_a_program=_part(
            "xl/externalLinks/externalLink1.xml", b'<externalLink><ddeLink ddeService="cmd"/></externalLink>'
        ),
    )
    | _of_office(
        "embedded",
        an_object=_part("word/embeddings/oleObject1.bin", CFB),
        a_program_as_picture=_part("word/media/image1.png", PROGRAM),
        a_program_of_Linux=_part("word/media/image1.png", b"\x7fELF" + bytes(20)),
        a_shell_script=_part("word/media/image1.png", b"#!/bin/sh\n"),
        an_archive=_part("word/media/image1.png", zipped({"a": b"a"})),
        a_packed_file=_part("word/media/image1.png", b"\x1f\x8b\x08" + bytes(20)),
        a_JAR_behind_a_picture=_part("word/media/image1.png", png() + JAR),
    )
    | _of_office(
        "links_out",
        a_template_from_elsewhere=_part(
            "word/_rels/settings.xml.rels",
            relationship("attachedTemplate", "https://example.org/a.dotm", external=True),
        ),
        an_object_from_elsewhere=_part(
            "word/_rels/document.xml.rels",
            relationship("oleObject", "mhtml:https://example.org/a.html!x", external=True),
        ),
        a_frame_from_elsewhere=_part(
            "word/_rels/document.xml.rels", relationship("frame", "https://example.org/", external=True)
        ),
        text_from_elsewhere=_part(
            "word/_rels/document.xml.rels", relationship("aFChunk", "https://example.org/", external=True)
        ),
        a_picture_from_elsewhere=_part(
            "word/_rels/document.xml.rels", relationship("image", "\\\\example.org\\a.png", external=True)
        ),
    )
    | _of_office(
        "paths",
        a_way_out=_part("../../etc/passwd", b"a"),
        a_way_out_inside=_part("word/../../a.xml"),
        an_absolute_path=_part("/etc/passwd", b"a"),
        a_path_of_Windows=_part("C:\\a.xml"),
        a_name_with_a_line_break=_part("word/a\nb.xml"),
        a_name_twice=twice,
        a_link=linked_out_of,
    )
    | {
        "DOCX with a protected entry": ("a.docx", lambda: flagged(1), ("password", "mixed")),
        "DOCX protected as a whole": ("a.docx", lambda: CFB + "EncryptedPackage".encode("utf-16-le"), ("password",)),
        "document of Word 97": ("a.doc", lambda: CFB, ("legacy",)),
        "DOCX cut off": ("a.docx", lambda: docx()[:-40], ("damaged",)),
        "JAR called DOCX": ("a.docx", lambda: JAR, ("kind",)),
        "EPUB called ODT": ("a.odt", lambda: zipped({"mimetype": b"application/epub+zip"}, method=0), ("kind",)),
        "template of Word": (
            "a.dotx",
            _part("[Content_Types].xml", b"<Types>wordprocessingml.template.main+xml</Types>"),
            ("kind",),
        ),
        "ODT with macros": ("a.odt", lambda: odf("text", {"Basic/Standard/Module1.xml": b"<a/>"}), ("macros",)),
        "ODT with scripts": ("a.odt", lambda: odf("text", {"Scripts/python/a.py": b"a"}), ("macros",)),
        "ODT that calls a script": (
            "a.odt",
            lambda: odf("text", {"content.xml": b'<script:event-listener xlink:href="vnd.sun.star.script:a"/>'}),
            ("macros",),
        ),
        "ODT with a password": (
            "a.odt",
            lambda: odf("text", {"META-INF/manifest.xml": b"<manifest:encryption-data/>"}),
            ("password",),
        ),
        "ODT with an object": ("a.odt", lambda: odf("text", {"Object 1": CFB}), ("embedded",)),
        "drawing of OpenDocument": ("a.odg", lambda: odf("graphics"), ("kind",)),
        "program called PDF": ("a.pdf", lambda: PROGRAM + bytes(60), ("kind",)),
        "page called PDF": ("a.pdf", lambda: HTML, ("kind",)),
        "PostScript": ("a.ps", lambda: b"%!PS-Adobe-3.0\n", ("kind",)),
        "RTF called DOCX": ("a.docx", lambda: b"{\\rtf1 a}", ("kind",)),
        "plain text": ("a.txt", lambda: "Устав".encode(), ("kind",)),
        "packed file": ("a.gz", lambda: b"\x1f\x8b\x08" + bytes(20), ("kind",)),
        "nothing": ("a.pdf", lambda: b"", ("empty",)),
    }
)

FILES = PDFS | PICTURES | OFFICE
