"""Good files as people's programs make them: all of them pass."""

from io import BytesIO

import openpyxl
import typst
import xlsxwriter
from PIL import Image, PngImagePlugin
from pypdf import PdfReader, PdfWriter

from tests.documents.corpus import parts


def typeset(**options: object) -> bytes:
    source = '= Charter 章程\n#lorem(300)\n#pagebreak()\n#link("https://example.org")[Site]\n#rect(width: 4cm)'
    return typst.compile(source.encode(), **options)


def scanned() -> bytes:
    """Pages that are pictures, as a scanner makes them."""
    file = BytesIO()
    pages = [Image.effect_noise((300, 400), 60).convert("RGB") for _page in range(3)]
    pages[0].save(file, "PDF", save_all=True, append_images=pages[1:])
    return file.getvalue()


def merged() -> bytes:
    writer = PdfWriter()
    for source in (typeset(), scanned()):
        writer.append(PdfReader(BytesIO(source)))
    writer.compress_identical_objects()
    writer.add_metadata({"/Title": "Устав"})
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def updated() -> bytes:
    """Saved again by appending, as signing programs do: two ends, the last of which is the end."""
    first = parts.pdf()
    table = b"4 0 obj\n<<>>\nendobj\nxref\n4 1\n%010d 00000 n \n" % len(first)
    trailer = b"trailer\n<</Size 5/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF"
    return first + table + trailer % (first.rindex(b"xref\n0"), len(first) + 20)


def form() -> bytes:
    return parts.pdf(b"<</Fields[]/DA(/Helv 0 Tf)>>", catalogue=b"/AcroForm 4 0 R")


def phone_photo() -> bytes:
    """With a small picture inside, a place on earth, and a second picture behind the first."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "Example", 6
    file = BytesIO()
    one = Image.effect_noise((300, 200), 60).convert("RGB")
    one.save(file, "MPO", save_all=True, append_images=[one.resize((150, 100))], exif=exif.tobytes())
    return file.getvalue() + b"\0" * 20


def png_with_words() -> bytes:
    info = PngImagePlugin.PngInfo()
    info.add_text("Title", "Лицензия")
    info.add_text("Comment", "words " * 200, zip=True)
    info.add_itxt("XML:com.adobe.xmp", '<x:xmpmeta xmlns:x="adobe:ns:meta/"></x:xmpmeta>')
    return parts.drawn("PNG", pnginfo=info)


def moving(kind: str) -> bytes:
    frames = [Image.effect_noise((40, 30), 60).convert("RGB") for _frame in range(3)]
    file = BytesIO()
    frames[0].save(file, kind, save_all=True, append_images=frames[1:], duration=100)
    return file.getvalue()


def workbook_with_chart() -> bytes:
    file = BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("Отчёт")
        sheet.write_column("A1", [1, 2, 3])
        sheet.write_url("B1", "https://example.org/?a=1&b=2")
        sheet.insert_image("D1", "scan.png", {"image_data": BytesIO(parts.png())})
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "='Отчёт'!$A$1:$A$3"})
        sheet.insert_chart("F1", chart)
    return file.getvalue()


def workbook_saved_again() -> bytes:
    file = BytesIO()
    openpyxl.load_workbook(BytesIO(workbook_with_chart())).save(file)
    return file.getvalue()


def slides_with_chart() -> bytes:
    """The table behind a chart lies in the slides as a workbook."""
    return parts.pptx(
        {"ppt/embeddings/Microsoft_Excel_Sheet1.xlsx": workbook_with_chart(), "ppt/media/a.png": parts.png()}
    )


def letter_with_picture() -> bytes:
    link = parts.relationship("hyperlink", "https://example.org/", external=True)
    return parts.docx({"word/media/image1.jpg": parts.jpeg(), "word/_rels/document.xml.rels": link})


FILES = {
    "typeset PDF": ("charter.pdf", typeset),
    "PDF for archives": ("charter.pdf", lambda: typeset(pdf_standards="a-2b")),
    "scanned PDF": ("скан.pdf", scanned),
    "merged PDF": ("合并.pdf", merged),
    "updated PDF": ("signed.pdf", updated),
    "PDF with a form": ("form.PDF", form),
    "PDF with objects in a stream": ("a.pdf", lambda: parts.pdf(parts.objects_stream(b"<</Type/Font>>", b"[1 2]"))),
    "PDF whose text speaks of scripts": (
        "cv.pdf",
        lambda: parts.pdf(parts.packed(b"1 0 0 1 72 720 cm BT (HTML/JavaScript) Tj ET")),
    ),
    "JPEG": ("photo.jpg", parts.jpeg),
    "JPEG without an ending": ("photo", parts.jpeg),
    "progressive JPEG": ("photo.jpeg", lambda: parts.drawn("JPEG", progressive=True)),
    "grey JPEG": ("photo.jpg", lambda: parts.drawn("JPEG", "L")),
    "JPEG for print": ("photo.jpg", lambda: parts.drawn("JPEG", "CMYK")),
    "JPEG of a phone": ("IMG_0001.JPG", phone_photo),
    "JPEG of a Samsung phone": (
        "IMG_0002.jpg",
        lambda: parts.jpeg() + b"\0\0\1\nImage_UTC_Data1764000000SEFHj\0\0\0SEFT",
    ),
    "JPEG with restart marks": ("photo.jpg", lambda: parts.drawn("JPEG", restart_marker_rows=1)),
    "PNG": ("stamp.png", parts.png),
    "PNG with a palette": ("stamp.png", lambda: parts.drawn("PNG", "P")),
    "PNG with transparency": ("stamp.png", lambda: parts.drawn("PNG", "RGBA")),
    "PNG with words": ("stamp.png", png_with_words),
    "moving PNG": ("stamp.png", lambda: moving("PNG")),
    "WebP": ("photo.webp", parts.webp),
    "lossless WebP": ("photo.webp", lambda: parts.drawn("WEBP", "RGBA", lossless=True)),
    "moving WebP": ("photo.webp", lambda: moving("WEBP")),
    "WebP called JPEG": ("photo.jpg", parts.webp),
    "DOCX": ("letter.docx", parts.docx),
    "DOCX with picture and link": ("letter.docx", letter_with_picture),
    "XLSX with chart": ("отчёт.xlsx", workbook_with_chart),
    "XLSX saved again": ("отчёт.xlsx", workbook_saved_again),
    "PPTX": ("slides.pptx", parts.pptx),
    "PPTX with a chart's table": ("slides.pptx", slides_with_chart),
    "ODT": ("letter.odt", parts.odf),
    "ODT with picture": ("letter.odt", lambda: parts.odf("text", {"Pictures/1.png": parts.png()})),
    "ODS": ("sheet.ods", lambda: parts.odf("spreadsheet")),
}
