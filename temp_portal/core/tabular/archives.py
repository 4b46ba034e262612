"""Workbooks are ZIP archives: what one really unpacks to is measured before anything opens it.

The sizes an archive states are not believed. Every entry is inflated and thrown away, so that an entry which goes on
after its stated end, or entries that share bytes, are found too.
"""

import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import IO, Final

from temp_portal.core.tabular.errors import DamagedFile, PasswordProtected, UnsafeArchive

_MB: Final = 1024 * 1024
_CHUNK: Final = 256 * 1024
_LOCAL_HEADER: Final = struct.Struct("<26xHH")
_ENCRYPTED: Final = 0x1


@dataclass(frozen=True, slots=True)
class ArchiveLimits:
    """What an archive may hold: entries, unpacked bytes in all, and unpacked over packed size beyond `ratio_from`."""

    entries: int = 2_000
    total: int = 512 * _MB
    ratio: int = 150
    ratio_from: int = 64 * _MB


def check_archive(file: IO[bytes], limits: ArchiveLimits) -> frozenset[str]:
    """Names in the archive; raises UnsafeArchive, PasswordProtected or DamagedFile when it must not be opened."""
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            if len(entries) > limits.entries:
                raise UnsafeArchive
            _check_entries(file, entries, limits)
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError, NotImplementedError) as error:
        raise DamagedFile from error
    return frozenset(entry.filename for entry in entries)


def _check_entries(file: IO[bytes], entries: list[zipfile.ZipInfo], limits: ArchiveLimits) -> None:
    stated = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    allowed = min(limits.total, max(limits.ratio_from, limits.ratio * packed))
    if stated > allowed:
        raise UnsafeArchive
    for entry in entries:
        if entry.flag_bits & _ENCRYPTED:
            raise PasswordProtected
        if _inflated_size(file, entry) != entry.file_size:
            raise UnsafeArchive


def _inflated_size(file: IO[bytes], entry: zipfile.ZipInfo) -> int:
    """Size to which the entry's bytes really inflate; one more than stated when it is more."""
    file.seek(entry.header_offset)
    name_length, extra_length = _LOCAL_HEADER.unpack(file.read(_LOCAL_HEADER.size))
    file.seek(name_length + extra_length, 1)
    if entry.compress_type == zipfile.ZIP_STORED:
        return entry.compress_size
    if entry.compress_type != zipfile.ZIP_DEFLATED:
        raise NotImplementedError(entry.compress_type)
    inflater, size, left = zlib.decompressobj(-zlib.MAX_WBITS), 0, entry.compress_size
    while left and not inflater.eof and size <= entry.file_size:
        packed = file.read(min(_CHUNK, left))
        if not packed:
            raise EOFError
        left -= len(packed)
        while packed and size <= entry.file_size:
            size += len(inflater.decompress(packed, _CHUNK))
            packed = inflater.unconsumed_tail
    return size if size > entry.file_size else size + len(inflater.flush())
