"""Sheets of workbooks (XLSX, XLSB, XLS, ODS), with the types that their cells have."""

from collections.abc import Iterator
from typing import IO, Final

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    load_workbook,
)

from temp_portal.core.tabular.cells import Cell
from temp_portal.core.tabular.errors import DamagedFile, EmptyFile, NoSuchSheet, PasswordProtected

#: Streams of an encrypted Office document; their names stand in UTF-16 in the compound file's directory.
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")


class Workbook:
    """One sheet of a workbook: the one named, else the first visible one that is not empty."""

    encoding = ""
    separator = ""

    def __init__(self, file: IO[bytes], sheet: str | None = None) -> None:
        self._workbook = _opened(file)
        self.sheets = tuple(
            found.name
            for found in self._workbook.sheets_metadata
            if found.typ == SheetTypeEnum.WorkSheet and found.visible == SheetVisibleEnum.Visible
        )
        self._sheet = self._chosen(sheet)
        self.sheet = self._sheet.name

    def raw_rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """Every row with its number; empty ones above the first that holds anything are counted too."""
        yield from enumerate(self._sheet.iter_rows(), start=1)

    def _chosen(self, name: str | None) -> CalamineSheet:
        if name is not None and name not in self.sheets:
            raise NoSuchSheet(sheet=name, sheets=", ".join(self.sheets))
        candidates = (self._load(found) for found in ([name] if name else self.sheets))
        chosen = next((sheet for sheet in candidates if sheet.start is not None), None)
        if chosen is None:
            raise EmptyFile
        return chosen

    def _load(self, name: str) -> CalamineSheet:
        try:
            return self._workbook.get_sheet_by_name(name)
        except CalamineError as error:
            raise DamagedFile from error


def _opened(file: IO[bytes]) -> CalamineWorkbook:
    file.seek(0)
    try:
        return load_workbook(file)
    except PasswordError as error:
        raise PasswordProtected from error
    except CalamineError as error:
        file.seek(0)
        raise (PasswordProtected() if _ENCRYPTED in file.read() else DamagedFile()) from error
