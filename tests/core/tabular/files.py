"""Makes the files that the tests read: good ones, and every kind of bad one."""

import csv
import io
import struct
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import xlsxwriter

CONTENT_TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
ODS_CELL = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
ODS_CONTENT = (
    '<?xml version="1.0"?><office:document-content'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
    '<office:body><office:spreadsheet><table:table table:name="{name}">{rows}</table:table>'
    "</office:spreadsheet></office:body></office:document-content>"
)


def csv_bytes(
    rows: Iterable[Sequence[object]], *, encoding: str = "utf-8", separator: str = ",", line_end: str = "\r\n"
) -> io.BytesIO:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator, lineterminator=line_end).writerows(rows)
    return io.BytesIO(text.getvalue().encode(encoding))


def xlsx_bytes(*sheets: tuple[str, Sequence[Sequence[Any]]], hidden: Sequence[str] = ()) -> io.BytesIO:
    """A workbook; `date` cells are written with a date format, None leaves a cell out."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for name, rows in sheets:
            sheet = book.add_worksheet(name)
            if name in hidden:
                sheet.hide()
            else:
                sheet.activate()
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    if isinstance(value, date):
                        sheet.write_datetime(number, column, value, day)
                    elif value is not None:
                        sheet.write(number, column, value)
    stream.seek(0)
    return stream


def ods_bytes(name: str, rows: Sequence[Sequence[str]]) -> io.BytesIO:
    lines = ("".join(map(ODS_CELL.format, row)) for row in rows)
    content = ODS_CONTENT.format(
        name=name, rows="".join(f"<table:table-row>{line}</table:table-row>" for line in lines)
    )
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return zip_bytes({"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest})


def zip_bytes(entries: dict[str, str | bytes]) -> io.BytesIO:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    stream.seek(0)
    return stream


def bomb_bytes(size: int) -> io.BytesIO:
    """A workbook whose one sheet unpacks to `size` zero bytes."""
    return zip_bytes({"[Content_Types].xml": CONTENT_TYPES, "xl/workbook.xml": bytes(size)})


def lying_bomb_bytes(size: int, stated: int) -> io.BytesIO:
    """The same, with headers that state a smaller size."""
    data = bytearray(bomb_bytes(size).getvalue())
    true, false = struct.pack("<I", size), struct.pack("<I", stated)
    return io.BytesIO(bytes(data.replace(true, false)))
