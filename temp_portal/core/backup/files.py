"""The private files, on whatever storage they are."""

from collections.abc import Iterator
from typing import IO

from django.core.files import File
from django.core.files.storage import default_storage


def names(folder: str = "") -> Iterator[str]:
    """Yield the names of all files in the storage, sorted within each folder."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    prefix = f"{folder}/" if folder else ""
    yield from (f"{prefix}{name}" for name in sorted(files))
    for name in sorted(folders):
        yield from names(f"{prefix}{name}")


def put(name: str, content: IO[bytes]) -> None:
    """Store a file under exactly this name, in place of one that is there."""
    if default_storage.exists(name):
        default_storage.delete(name)
    stored = default_storage.save(name, File(content))
    if stored != name:
        raise OSError(f"The storage keeps {name} as {stored}: its records would not find it.")
