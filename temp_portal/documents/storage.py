"""Where the files of documents lie: privately, under random names, whole or not at all."""

from contextlib import suppress
from typing import Any, BinaryIO, Final, cast

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from temp_portal.core import files
from temp_portal.documents.checks import Findings

FOLDER: Final = "documents"
PREVIEWS: Final = "documents/previews"


def stream_of(upload: "UploadedFile[Any]") -> BinaryIO:
    """The bytes of an uploaded file."""
    return cast(BinaryIO, upload.file)


def keep(file: BinaryIO, findings: Findings) -> str:
    """Store a checked file; returns its name. Raises ValidationError when there is no room for it."""
    file.seek(0)
    try:
        return files.keep(file, folder=FOLDER, name=f"file{findings.format.suffix}")
    except OSError as error:
        raise ValidationError(
            _("The file could not be stored just now. Nothing is lost: try again in a few minutes."), code="storage"
        ) from error


def keep_preview(picture: bytes) -> str:
    """Store the picture of a page; returns its name."""
    return files.keep(picture, folder=PREVIEWS, name="page.png")


def discard(*stored: str) -> None:
    """Remove stored files; a file that is gone already is no error."""
    for name in filter(None, stored):
        with suppress(FileNotFoundError):
            files.discard(name)


def opened(stored: str) -> Any:
    """The stored file, open for reading. Raises FileNotFoundError."""
    return default_storage.open(stored, "rb")
