"""Sheets of workbooks (XLSX, XLSB, XLS, ODS), with the types that their cells have, read by a guarded process."""

import io
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import IO, Any, Final

import orjson

from temp_portal.core.tabular.cells import Cell
from temp_portal.core.tabular.errors import (
    DamagedFile,
    EmptyFile,
    NoSuchSheet,
    PasswordProtected,
    SheetTooLarge,
    TableError,
)

_PROGRAM: Final = Path(__file__).with_name("extract.py")
_MEMORY_MB: Final = 3_072
_SECONDS: Final = 180
_FROM_TEXT: Final[dict[str, Callable[[Any], Cell]]] = {
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "time": time.fromisoformat,
    "timedelta": lambda seconds: timedelta(seconds=seconds),
}


class Sheet:
    """One sheet of a workbook. Its rows lie in a temporary file: going through them again costs little."""

    encoding = ""
    separator = ""

    def __init__(self, lines: IO[bytes], name: str, sheets: tuple[str, ...]) -> None:
        self._lines = lines
        self._start = lines.tell()
        self.sheet = name
        self.sheets = sheets

    def raw_rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """Every row with its number; empty ones above the first that holds anything are counted too."""
        self._lines.seek(self._start)
        for number, line in enumerate(self._lines, start=1):
            cells = orjson.loads(line)
            yield number, [_dated(cell) if type(cell) is dict else cell for cell in cells] if b"{" in line else cells


@contextmanager
def open_sheet(file: IO[bytes], name: str | None = None) -> Iterator[Sheet]:
    """The sheet called `name`, or the first visible one that is not empty. Raises TableError."""
    with tempfile.TemporaryFile() as lines:
        _extract(file, lines, name or "")
        lines.seek(0)
        first = lines.readline()
        if not first:
            raise DamagedFile
        head = orjson.loads(first)
        if "refused" in head:
            raise _refusal(head, name)
        yield Sheet(lines, head["sheet"], tuple(head["sheets"]))


def _extract(file: IO[bytes], out: IO[bytes], sheet: str) -> None:
    command = [sys.executable, "-I", str(_PROGRAM), sheet, str(_MEMORY_MB), str(_SECONDS)]
    with _with_descriptor(file) as source:
        try:
            done = subprocess.run(
                command, stdin=source, stdout=out, stderr=subprocess.DEVNULL, check=False, timeout=2 * _SECONDS
            )
        except subprocess.TimeoutExpired as error:
            raise SheetTooLarge from error
    # A signal ended it: out of memory (abort) or of time. Otherwise a panic, which the reader of the lines sees.
    if done.returncode < 0:
        raise SheetTooLarge
    if done.returncode > 0:
        raise DamagedFile


@contextmanager
def _with_descriptor(file: IO[bytes]) -> Iterator[IO[bytes]]:
    """The same bytes as a file of the operating system, from its beginning."""
    file.seek(0)
    try:
        file.fileno()
    except io.UnsupportedOperation:
        with tempfile.TemporaryFile() as copy:
            shutil.copyfileobj(file, copy)
            copy.seek(0)
            yield copy
    else:
        yield file


def _refusal(head: dict[str, Any], sheet: str | None) -> TableError:
    match head["refused"]:
        case "password":
            return PasswordProtected()
        case "empty":
            return EmptyFile()
        case "sheet":
            return NoSuchSheet(sheet=sheet, sheets=", ".join(head["sheets"]))
    return DamagedFile()


def _dated(tagged: dict[str, Any]) -> Cell:
    ((kind, text),) = tagged.items()
    return _FROM_TEXT[kind](text)
