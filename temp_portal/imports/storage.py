"""The uploaded file: looked into before it is kept, and opened again by the jobs."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO, Final, cast

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from temp_portal.core import files
from temp_portal.core.tabular.cells import text_of
from temp_portal.core.tabular.errors import TableError
from temp_portal.core.tabular.kinds import ImportKind, get_kind
from temp_portal.core.tabular.reading import Limits, Table, open_table
from temp_portal.imports.models import TableImport


class MissingFile(TableError):
    template = _("The stored file is no longer there. Upload it again.")


FOLDER: Final = "imports"
LARGEST: Final = 50 * 1024 * 1024
LIMITS: Final = Limits(file_size=LARGEST)
_SAMPLE_ROWS: Final = 5
_SAMPLE_LENGTH: Final = 60


@dataclass(frozen=True, slots=True)
class Look:
    """What a first look into a file shows: its column names and its first rows as short texts."""

    headers: list[str]
    sample: list[list[str]]


def look_into(upload: "UploadedFile[Any]", kind: ImportKind) -> Look:
    """Open an uploaded file as a table of this kind. Raises TableError, which says what is wrong with it."""
    with open_table(_stream(upload), limits=LIMITS) as read:
        table = kind.reshape(read)
        rows = table.preview(_SAMPLE_ROWS)
        return Look(list(table.headers), [[_short(cell) for cell in row.cells] for row in rows])


def _short(cell: Any) -> str:
    # PostgreSQL stores no NUL; the row is rejected for it later.
    text = text_of(cell).replace("\0", "")
    return text if len(text) <= _SAMPLE_LENGTH else f"{text[:_SAMPLE_LENGTH]}…"


def keep(upload: "UploadedFile[Any]") -> str:
    """Store the file privately; returns the name under which `opened` finds it."""
    stream = _stream(upload)
    stream.seek(0)
    return files.keep(stream, folder=FOLDER, name=upload.name or "")


def _stream(upload: "UploadedFile[Any]") -> BinaryIO:
    return cast(BinaryIO, upload.file)


@contextmanager
def opened(table_import: TableImport) -> Iterator[Table]:
    """The stored file as a table. Raises TableError."""
    try:
        file = default_storage.open(str(table_import.file.name), "rb")
    except FileNotFoundError as error:
        raise MissingFile from error
    with file, open_table(file, limits=LIMITS) as table:
        yield get_kind(table_import.kind).reshape(table)
