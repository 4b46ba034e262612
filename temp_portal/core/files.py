"""Private files: written so that a half-written one never carries the final name, and served as downloads."""

import os
import re
import shutil
import uuid
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Final

from django.core.files import File
from django.core.files.storage import FileSystemStorage, default_storage
from django.http import FileResponse

_SAFE_SUFFIX: Final = re.compile(r"\.[a-z0-9]{1,8}")


def keep(source: Path | bytes | BinaryIO, *, folder: str, name: str) -> str:
    """Store a finished file under a generated name in `folder`; returns that name. Only the ending of `name` is used.

    On a disk: temporary name, synced, renamed. An object store shows an object only when it is whole.
    """
    stored = f"{folder}/{uuid.uuid4().hex}{_suffix(name)}"
    with _opened(source) as content:
        if isinstance(default_storage, FileSystemStorage):
            _write(content, Path(default_storage.path(stored)))
        else:
            default_storage.save(stored, File(content))
    return stored


def _write(content: BinaryIO, path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            shutil.copyfileobj(content, file, 1024 * 1024)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except BaseException:
        # A full disk keeps no half of the file either.
        draft.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _opened(source: Path | bytes | BinaryIO) -> BinaryIO:
    if isinstance(source, Path):
        return source.open("rb")
    return BytesIO(source) if isinstance(source, bytes) else source


def _suffix(name: str) -> str:
    suffix = Path(name).suffix.lower()
    return suffix if _SAFE_SUFFIX.fullmatch(suffix) else ""


def discard(stored: str) -> None:
    """Remove a stored file; nothing to do when it is gone."""
    default_storage.delete(stored)


def names_in(folder: str) -> list[str]:
    """Names of the files stored in a folder, unfinished ones included."""
    try:
        _folders, found = default_storage.listdir(folder)
    except FileNotFoundError:
        return []
    return [f"{folder}/{name}" for name in found]


def download(stored: str, name: str) -> FileResponse:
    """A stored file as an attachment called `name`. The caller has checked who asks. Raises FileNotFoundError."""
    response = FileResponse(default_storage.open(stored), as_attachment=True, filename=name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
