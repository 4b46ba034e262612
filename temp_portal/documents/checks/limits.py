from dataclasses import dataclass
from typing import Final

MB: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that a file may hold.

    size: bytes of the file. pixels: of one picture. inflated: bytes to which everything in it unpacks. ratio: unpacked
    over packed size, counted from `ratio_from` bytes on. entries: of an archive; embedded: archives inside it.
    streams: of a PDF.
    """

    size: int = 25 * MB
    pixels: int = 80_000_000
    inflated: int = 256 * MB
    ratio: int = 100
    ratio_from: int = 16 * MB
    entries: int = 3_000
    embedded: int = 40
    streams: int = 50_000


LIMITS: Final = Limits()
