"""XLSX files written as a stream: a small frame of XML parts around rows that are XML already, zipped as they come.

Rows of more than one sheet's worth go on in further sheets. (ECMA-376; openpyxl, LibreOffice and calamine read it.)
"""

import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Final, cast
from xml.sax.saxutils import escape, quoteattr

from temp_portal.core.tabular.cells import column_letter
from temp_portal.core.tabular.copying import Batch
from temp_portal.core.tabular.sqlcells import HEADER_STYLE, Kind

#: With the header row, what one sheet holds.
SHEET_ROWS: Final = 1_048_576
#: Unpacked size beyond which a part needs ZIP64, which spreadsheets refuse.
_SHEET_BYTES: Final = 2_000_000_000
_LEVEL: Final = 1
_WIDTHS: Final[dict[Kind, int]] = {"number": 14, "date": 12, "datetime": 18, "boolean": 10, "text": 24, "list": 30}
_WIDEST_HEADER: Final = 40
_FORBIDDEN_IN_NAMES: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f]|^'|'$")

_XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"

_ROOT_RELATIONS: Final = (
    f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
_STYLES: Final = (
    f'{_XML}<styleSheet xmlns="{_MAIN}">'
    '<numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>'
    '<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """Heading and kind of one column."""

    label: str
    kind: Kind = "text"

    @property
    def width(self) -> int:
        """Width in characters: room for usual values, and for the heading as far as that is sensible."""
        heading = sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in self.label)
        return max(_WIDTHS[self.kind], min(heading + 4, _WIDEST_HEADER))


def workbook_stream(title: str, columns: Sequence[SheetColumn], batches: Iterable[Batch]) -> Iterator[bytes]:
    """Pieces of an XLSX file. `batches` hold `<row>` elements without numbers; control characters are out already."""
    outbox = _Outbox()
    with zipfile.ZipFile(cast(IO[bytes], outbox), "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as archive:
        archive.writestr("_rels/.rels", _ROOT_RELATIONS)
        archive.writestr("xl/styles.xml", _STYLES)
        yield outbox.take()
        sheets = 0
        pending = _Batches(batches)
        while pending.more or not sheets:
            sheets += 1
            with archive.open(f"xl/worksheets/sheet{sheets}.xml", "w") as part:
                for piece in _sheet(columns, pending, first=sheets == 1):
                    part.write(piece)
                    yield outbox.take()
        names = _sheet_names(title, sheets)
        archive.writestr("xl/workbook.xml", _workbook(names))
        archive.writestr("xl/_rels/workbook.xml.rels", _workbook_relations(sheets))
        archive.writestr("[Content_Types].xml", _content_types(sheets))
    yield outbox.take()


class _Outbox:
    """A file that can only be written: keeps what the archive gives until it is taken."""

    def __init__(self) -> None:
        self._pieces: Batch = []

    def write(self, piece: bytes) -> int:
        self._pieces.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Nothing is held back."""

    def take(self) -> bytes:
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)


class _Batches:
    """Batches of rows that can be cut where a sheet is full."""

    def __init__(self, batches: Iterable[Batch]) -> None:
        self._rest = iter(batches)
        self._next: Batch | None = next(self._rest, None)

    @property
    def more(self) -> bool:
        return self._next is not None

    def take(self, limit: int) -> Batch:
        """The next rows, at most `limit`."""
        batch = self._next or []
        taken, left = batch[:limit], batch[limit:]
        self._next = left or next(self._rest, None)
        return taken


def _sheet(columns: Sequence[SheetColumn], batches: _Batches, *, first: bool) -> Iterator[bytes]:
    yield _sheet_start(columns, first=first).encode()
    rows, size = 1, 0
    while batches.more and rows < SHEET_ROWS and size < _SHEET_BYTES:
        batch = batches.take(SHEET_ROWS - rows)
        piece = b"".join(batch)
        rows += len(batch)
        size += len(piece)
        yield piece
    last = f"{column_letter(len(columns) - 1)}{rows}"
    yield f'</sheetData><autoFilter ref="A1:{last}"/></worksheet>'.encode()


def _sheet_start(columns: Sequence[SheetColumn], *, first: bool) -> str:
    selected = ' tabSelected="1"' if first else ""
    widths = "".join(
        f'<col min="{number}" max="{number}" width="{column.width}" customWidth="1"/>'
        for number, column in enumerate(columns, start=1)
    )
    heads = "".join(f'<c s="{HEADER_STYLE}" t="str"><v>{escape(column.label)}</v></c>' for column in columns)
    return (
        f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView{selected} workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        '<selection pane="bottomLeft" activeCell="A2" sqref="A2"/></sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{widths}</cols><sheetData><row>{heads}</row>'
    )


def _sheet_names(title: str, count: int) -> list[str]:
    base = _FORBIDDEN_IN_NAMES.sub(" ", title).strip()[:26] or "Sheet"
    return [base if number == 1 else f"{base} {number}" for number in range(1, count + 1)]


def _workbook(names: Sequence[str]) -> str:
    sheets = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="rId{number}"/>'
        for number, name in enumerate(names, start=1)
    )
    return (
        f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><bookViews><workbookView activeTab="0"/></bookViews>'
        f"<sheets>{sheets}</sheets></workbook>"
    )


def _workbook_relations(sheets: int) -> str:
    targets = [*(f"worksheet worksheets/sheet{number}.xml" for number in range(1, sheets + 1)), "styles styles.xml"]
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate((entry.split() for entry in targets), start=1)
    )
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>'


def _content_types(sheets: int) -> str:
    parts = {f"/xl/worksheets/sheet{number}.xml": "worksheet" for number in range(1, sheets + 1)}
    parts |= {"/xl/workbook.xml": "sheet.main", "/xl/styles.xml": "styles"}
    overrides = "".join(
        f'<Override PartName="{part}" ContentType="{_TYPE}.{kind}+xml"/>' for part, kind in parts.items()
    )
    return (
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )
