"""ZIP archives, which Office files are: laid out without gaps or overlaps, and unpacking to what they state.

Two programs may read one archive differently where its two lists of entries disagree, where something lies before,
between or behind them, or where a name occurs twice. Office writes none of this, so none of it is taken.
"""

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final

from temp_portal.core.tabular.archives import ArchiveLimits, check_archive
from temp_portal.core.tabular.errors import DamagedFile, PasswordProtected, UnsafeArchive
from temp_portal.documents.checks.limits import Limits
from temp_portal.documents.checks.refusals import Refused

_LOCAL: Final = struct.Struct("<4sHHHHHIIIHH")
_END_SIZE: Final = 22
#: Sizes may be repeated behind an entry: signature, sum and two sizes of up to eight bytes.
_DESCRIPTOR: Final = 24
_ENCRYPTED: Final = 0x1
_LONGEST_NAME: Final = 255


class Archive:
    """An archive that is safe to read. Raises Refused when it is not."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self.data = data
        self.limits = limits
        self._zip = self._opened()
        self.entries = self._zip.infolist()
        self._check_ends()
        self._check_names()
        self._check_layout()
        self.inflated = self._check_sizes()
        self.names = frozenset(entry.filename for entry in self.entries)

    def _opened(self) -> zipfile.ZipFile:
        end = self.data[-_END_SIZE:]
        if not end.startswith(b"PK\x05\x06"):
            raise Refused("mixed" if b"PK\x05\x06" in self.data else "damaged")
        if int.from_bytes(end[10:12], "little") > self.limits.entries:
            raise Refused("bomb")
        try:
            return zipfile.ZipFile(io.BytesIO(self.data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error) as error:
            raise Refused("damaged") from error

    def _check_ends(self) -> None:
        """Nothing before the first entry, nothing between the list of entries and its end mark."""
        end = self.data[-_END_SIZE:]
        count = int.from_bytes(end[10:12], "little")
        size, start = int.from_bytes(end[12:16], "little"), int.from_bytes(end[16:20], "little")
        if count != len(self.entries) or start + size != len(self.data) - _END_SIZE:
            raise Refused("mixed")
        if not self.entries:
            raise Refused("kind")
        self._directory = start

    def _check_names(self) -> None:
        seen = set()
        for entry in self.entries:
            name = entry.orig_filename
            folded = name.casefold().rstrip("/")
            if _is_forbidden(name) or stat.S_ISLNK(entry.external_attr >> 16) or folded in seen:
                raise Refused("paths")
            seen.add(folded)

    def _check_layout(self) -> None:
        place = 0
        for entry in sorted(self.entries, key=lambda each: each.header_offset):
            if not place <= entry.header_offset <= place + (_DESCRIPTOR if place else 0):
                raise Refused("mixed" if entry.header_offset > place else "bomb")
            place = self._end_of(entry)
        if not place <= self._directory <= place + _DESCRIPTOR:
            raise Refused("mixed")

    def _end_of(self, entry: zipfile.ZipInfo) -> int:
        """Where the entry's bytes end, after comparing its own header with the list's."""
        start = entry.header_offset
        try:
            header = _LOCAL.unpack_from(self.data, start)
        except struct.error as error:
            raise Refused("damaged") from error
        signature, _version, flags, method, *_rest, name_length, extra_length = header
        begin = start + _LOCAL.size
        name = self.data[begin : begin + name_length]
        if (flags | entry.flag_bits) & _ENCRYPTED:
            raise Refused("password")
        if signature != b"PK\x03\x04" or method != entry.compress_type or name != _raw_name(entry):
            raise Refused("mixed")
        return begin + name_length + extra_length + entry.compress_size

    def _check_sizes(self) -> int:
        limits = self.limits
        allowed = ArchiveLimits(
            entries=limits.entries, total=limits.inflated, ratio=limits.ratio, ratio_from=limits.ratio_from
        )
        try:
            check_archive(io.BytesIO(self.data), allowed)
        except PasswordProtected as error:
            raise Refused("password") from error
        except UnsafeArchive as error:
            raise Refused("bomb") from error
        except DamagedFile as error:
            raise Refused("damaged") from error
        return sum(entry.file_size for entry in self.entries)

    def read(self, name: str) -> bytes:
        """The whole of one entry. Raises Refused when its sum is wrong."""
        try:
            return self._zip.read(name)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
            raise Refused("damaged") from error

    def contents(self) -> Iterator[tuple[str, bytes]]:
        """Name and content of every entry that is no folder, one after the other."""
        for entry in self.entries:
            if not entry.is_dir():
                yield entry.filename, self.read(entry.filename)


def _is_forbidden(name: str) -> bool:
    """Names that lead out of the folder, or that two systems read differently."""
    parts = name.split("/")
    return (
        not name
        or len(name) > _LONGEST_NAME
        or name.startswith("/")
        or ".." in parts
        or "\\" in name
        or ":" in name
        or any(ord(character) < ord(" ") for character in name)
    )


def _raw_name(entry: zipfile.ZipInfo) -> bytes:
    return entry.orig_filename.encode("utf-8" if entry.flag_bits & 0x800 else "cp437")
