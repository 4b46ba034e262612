"""The sheets of an uploaded file, and the rows of the chosen one with what they say and what is wrong with them."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, BinaryIO, Final, cast

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from committees.models import Committee, Synchronisation
from committees.synchronisation.fields import FIELDS, IDENTITY, known_names, with_words
from temp_portal.core.tabular.cells import Row, header_key, text_of
from temp_portal.core.tabular.conversion import RowConverter
from temp_portal.core.tabular.errors import TableError
from temp_portal.core.tabular.headers import GROUP_SIGN
from temp_portal.core.tabular.mapping import ColumnMappings
from temp_portal.core.tabular.reading import Limits, Table, open_table
from temp_portal.core.tabular.sniffing import sniff
from temp_portal.core.tabular.workbooks import open_sheet
from temp_portal.imports.storage import MissingFile

_MB: Final = 1024 * 1024
LARGEST: Final = 20 * _MB
LIMITS: Final = Limits(file_size=LARGEST, rows=20_000, columns=200)
#: Sheets that are looked into.
SHEETS: Final = 20
_SAMPLE_ROWS: Final = 5
_SAMPLE_LENGTH: Final = 60
_LONGEST_NAME: Final = 200
#: First words of a line under the table.
_TOTALS: Final = frozenset({"合计", "总计", "共计", "小计", "итого", "всего", "total"})


@dataclass(frozen=True, slots=True)
class SheetLook:
    """What a first look into a sheet shows; `problem` says why it is no roster."""

    name: str
    headers: list[str] = field(default_factory=list)
    sample: list[list[str]] = field(default_factory=list)
    rows: int = 0
    problem: str = ""

    def to_data(self) -> dict[str, Any]:
        """As it is kept."""
        return asdict(self)


@dataclass(slots=True)
class FileRow:
    """A row of the file: its number there, field → value (None where it says nothing), and what is wrong with it."""

    number: int
    values: dict[str, Any]
    problems: list[str]

    def names(self) -> list[str]:
        """Every name by which the row calls its organisation: each cell as a whole and by its lines."""
        cells = [self.values.get(name) or "" for name in IDENTITY if name != "number"]
        lines = (line for cell in cells for line in (" ".join(cell.split()), *cell.splitlines()))
        return list(dict.fromkeys(stripped for line in lines if (stripped := line.strip())))


def look_into(upload: "UploadedFile[Any]") -> list[SheetLook]:
    """Every sheet of an uploaded file, one for a text file. Raises TableError when none can be used."""
    stream = cast(BinaryIO, upload.file)
    looks = [_look(stream, name) for name in _sheet_names(stream)]
    if all(look.problem for look in looks):
        # The reason as the reader of tables gives it, for the first sheet.
        with open_table(stream, sheet=looks[0].name or None, limits=LIMITS, known=known_names()):
            pass
    return looks


def _sheet_names(stream: BinaryIO) -> Sequence[str]:
    """Names of the sheets of a workbook; one without a name for a text file."""
    if stream.seek(0, 2) in range(1, LARGEST + 1) and sniff(stream, LIMITS.archive) != "csv":
        with open_sheet(stream) as first:
            return first.sheets[:SHEETS]
    return [""]


def _look(stream: BinaryIO, sheet: str) -> SheetLook:
    if len(sheet) > _LONGEST_NAME:
        return SheetLook(f"{sheet[:_SAMPLE_LENGTH]}…", problem=_("The name of the sheet is too long: shorten it."))
    try:
        with open_table(stream, sheet=sheet or None, limits=LIMITS, known=known_names()) as table:
            sample = [[_short(cell) for cell in row.cells] for row in table.preview(_SAMPLE_ROWS)]
            return SheetLook(sheet, list(table.headers), sample, sum(1 for _row in table.rows()))
    except TableError as error:
        return SheetLook(sheet, problem=str(error))


def _short(cell: Any) -> str:
    text = text_of(cell).replace("\0", "")
    return text if len(text) <= _SAMPLE_LENGTH else f"{text[:_SAMPLE_LENGTH]}…"


@contextmanager
def opened(synchronisation: Synchronisation) -> Iterator[Table]:
    """The chosen sheet of the stored file. Raises TableError."""
    try:
        file = default_storage.open(str(synchronisation.file.name), "rb")
    except FileNotFoundError as error:
        raise MissingFile from error
    sheet = synchronisation.sheet or None
    with file, open_table(file, sheet=sheet, limits=LIMITS, known=known_names()) as table:
        yield table


def read_rows(table: Table, mapping: ColumnMappings, committee: Committee) -> list[FileRow]:
    """The rows of members. Left out are repeated headings, titles, section headings and totals."""
    converter = RowConverter(FIELDS, with_words(mapping), table.headers)
    names = [name for plan in converter.plans for name in plan.field.columns]
    titles = _titles(committee)
    places = [table.headers.index(source) for source in _sources(mapping) if source in table.headers]
    headings = known_names() | {header_key(part) for name in table.headers for part in name.split(GROUP_SIGN)}
    found = []
    for row in table.rows():
        if _is_decoration(row, titles, places, headings):
            continue
        if row.problem is not None:
            found.append(FileRow(row.number, {}, [str(row.problem)]))
            continue
        values, errors = converter.convert(row)
        problems = [f"{error.column}: {error.reason}" for error in errors]
        found.append(FileRow(row.number, dict(zip(names, map(_plain, values), strict=True)), problems))
    return found


def _sources(mapping: ColumnMappings) -> list[str]:
    """Columns that name the organisation."""
    return [source for name in IDENTITY if name in mapping.columns for source in mapping.columns[name].sources]


def _titles(committee: Committee) -> list[str]:
    names = (committee.name_en, committee.name_zh_hans, committee.name_ru)
    return [header_key(name) for name in names if name]


def _is_decoration(row: Row, titles: Sequence[str], places: Sequence[int], headings: AbstractSet[str]) -> bool:
    """Whether the row speaks of the table and not of a member."""
    texts = [header_key(text_of(cell)) for cell in row.cells]
    filled = [text for text in texts if text]
    names = [texts[place] for place in places if texts[place]]
    if filled[0].rstrip(":：") in _TOTALS or any(name in titles for name in names):
        return True
    if len(filled) == 1:
        return not names or any(title in filled[0] for title in titles)
    return all(text in headings for text in filled)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
