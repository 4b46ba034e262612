"""Run as a program of its own: turns one sheet of the workbook on standard input into lines of JSON.

The library that reads workbooks can be made to panic, or to ask for more memory than the machine has, by a file of a
few kilobytes. Here that ends this process and nothing else. It therefore imports nothing of the portal.

First line: {"sheets": [names], "sheet": name} or {"refused": "password" | "damaged" | "empty" | "sheet", "sheets": …}.
Then one line per row, from the first row of the sheet: a list of cells, with dates and times as {kind: ISO text}.
"""

import resource
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import IO, Any

import orjson
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    load_workbook,
)

# An encrypted Office document is a compound file with a stream of this name.
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


class RefusedError(Exception):
    """The workbook cannot be read; the first argument is the word for the first line, the second the sheets."""


def main(arguments: list[str]) -> None:
    """Arguments: name of the sheet ("" for the first filled one), megabytes of memory, seconds of processor time."""
    name, memory, seconds = arguments
    resource.setrlimit(resource.RLIMIT_AS, (int(memory) * 1024 * 1024,) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds),) * 2)
    out = sys.stdout.buffer
    try:
        sheets, sheet = chosen(opened(sys.stdin.buffer), name)
    except RefusedError as refusal:
        word, names = refusal.args
        out.write(line({"refused": word, "sheets": names}))
        return
    out.write(line({"sheets": sheets, "sheet": sheet.name}))
    out.writelines(lines(sheet))


def opened(stream: IO[bytes]) -> CalamineWorkbook:
    """The workbook. Raises RefusedError."""
    stream.seek(0)
    try:
        return load_workbook(stream)
    except PasswordError as error:
        raise RefusedError("password", []) from error
    except CalamineError as error:
        stream.seek(0)
        raise RefusedError("password" if ENCRYPTED in stream.read() else "damaged", []) from error


def chosen(workbook: CalamineWorkbook, name: str) -> tuple[list[str], CalamineSheet]:
    """Names of the visible sheets, and the one called `name` or the first that holds anything. Raises RefusedError."""
    visible = [
        sheet.name
        for sheet in workbook.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
    ]
    if name and name not in visible:
        raise RefusedError("sheet", visible)
    try:
        loaded = (workbook.get_sheet_by_name(found) for found in ([name] if name else visible))
        sheet = next((sheet for sheet in loaded if sheet.start is not None), None)
    except CalamineError as error:
        raise RefusedError("damaged", visible) from error
    if sheet is None:
        raise RefusedError("empty", visible)
    return visible, sheet


def lines(sheet: CalamineSheet) -> Iterator[bytes]:
    """One line per row."""
    return (line(cells) for cells in sheet.iter_rows())


def line(value: Any) -> bytes:
    """`value` as JSON with the line end."""
    return orjson.dumps(value, default=tagged, option=orjson.OPT_APPEND_NEWLINE | orjson.OPT_PASSTHROUGH_DATETIME)


def tagged(value: object) -> dict[str, Any]:
    """A date or time under the name of its kind."""
    if isinstance(value, timedelta):
        return {"timedelta": value.total_seconds()}
    if isinstance(value, datetime | date | time):
        return {type(value).__name__: value.isoformat()}
    raise TypeError(type(value))


if __name__ == "__main__":
    main(sys.argv[1:])
