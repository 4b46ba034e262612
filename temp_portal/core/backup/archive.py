"""The archive: a tar file whose last member, `manifest.json`, names all others with size and SHA-256."""

import hashlib
import io
import json
import os
import tarfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Final, Self

MANIFEST: Final = "manifest.json"
FORMAT: Final = 1
CHUNK: Final = 1 << 20


class BadArchive(Exception):
    """The archive is not one of the portal's or is damaged; the text says how."""


@dataclass(frozen=True)
class Member:
    """A file in the archive. Sizes in bytes."""

    name: str
    size: int
    sha256: str


@dataclass
class Manifest:
    """What an archive holds and what it was made from."""

    made_at: str
    postgresql: str
    migrations: dict[str, str]
    format: int = FORMAT
    members: list[Member] = field(default_factory=list)

    def to_json(self) -> bytes:
        """Return the manifest as it stands in the archive."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1).encode()

    @classmethod
    def from_json(cls, text: bytes) -> Self:
        """Read a manifest; raises ``BadArchive``."""
        try:
            content = json.loads(text)
            content["members"] = [Member(**member) for member in content["members"]]
            manifest = cls(**content)
        except (ValueError, TypeError, KeyError) as problem:
            raise BadArchive(f"The manifest cannot be read: {problem}") from None
        if manifest.format != FORMAT:
            raise BadArchive(f"The archive has format {manifest.format}, this version of the portal reads {FORMAT}.")
        return manifest


class Writer:
    """Adds files to an archive and remembers their sums."""

    def __init__(self, archive: tarfile.TarFile, manifest: Manifest) -> None:
        self.archive = archive
        self.manifest = manifest

    def add(self, name: str, content: IO[bytes], size: int) -> None:
        """Add a file of ``size`` bytes."""
        summing = Summing(content)
        entry = tarfile.TarInfo(name)
        entry.size, entry.mtime, entry.mode = size, int(time.time()), 0o600
        self.archive.addfile(entry, summing)
        self.manifest.members.append(Member(name, size, summing.sha256))


class Summing(io.RawIOBase):
    """Passes a file through and sums it on the way."""

    def __init__(self, content: IO[bytes]) -> None:
        self.content = content
        self.state = hashlib.sha256()

    @property
    def sha256(self) -> str:
        """The sum of what was read so far."""
        return self.state.hexdigest()

    def read(self, size: int = -1) -> bytes:
        """Read on."""
        part = self.content.read(size)
        self.state.update(part)
        return part


@contextmanager
def written(path: Path, manifest: Manifest) -> Iterator[Writer]:
    """Write an archive, readable by its owner alone; it gets its name when it is whole."""
    draft = path.with_name(f"{path.name}.draft")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            with tarfile.open(fileobj=file, mode="w") as archive:
                yield Writer(archive, manifest)
                text = manifest.to_json()
                entry = tarfile.TarInfo(MANIFEST)
                entry.size, entry.mtime, entry.mode = len(text), int(time.time()), 0o600
                archive.addfile(entry, io.BytesIO(text))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def opened(path: Path) -> Iterator[tuple[tarfile.TarFile, Manifest]]:
    """Open an archive after checking every sum in it; raises ``BadArchive``."""
    try:
        with tarfile.open(path, mode="r:") as archive:
            yield archive, _verified(archive)
    except (tarfile.TarError, EOFError) as problem:
        raise BadArchive(f"{path} is not a whole archive: {problem}") from None
    except FileNotFoundError:
        raise BadArchive(f"There is no file {path}.") from None


def _verified(archive: tarfile.TarFile) -> Manifest:
    entries = archive.getmembers()
    if not entries or entries[-1].name != MANIFEST:
        raise BadArchive("The manifest is missing: the archive is cut off, or not one of the portal's.")
    if not all(entry.isfile() for entry in entries):
        raise BadArchive("The archive holds something other than plain files.")
    manifest = Manifest.from_json(content(archive, MANIFEST).read())
    if [entry.name for entry in entries[:-1]] != [member.name for member in manifest.members]:
        raise BadArchive("The archive holds other files than its manifest names.")
    for member in manifest.members:
        if _sum(content(archive, member.name)) != member.sha256:
            raise BadArchive(f"{member.name} is damaged: its checksum differs from the manifest's.")
    return manifest


def content(archive: tarfile.TarFile, name: str) -> IO[bytes]:
    """Return a member opened for reading."""
    file = archive.extractfile(name)
    if file is None:
        raise BadArchive(f"{name} is not a plain file.")
    return file


def _sum(file: IO[bytes]) -> str:
    state = hashlib.sha256()
    while part := file.read(CHUNK):
        state.update(part)
    return state.hexdigest()
