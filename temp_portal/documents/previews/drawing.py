import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from temp_portal.documents.checks.formats import BY_MEDIA_TYPE, PDF

_PROGRAM: Final = Path(__file__).with_name("program.py")
PAGES: Final = 3
_MEMORY_MB: Final = 1536
_SECONDS: Final = 20


@dataclass(frozen=True, slots=True)
class Drawn:
    """Pages of the document (None where it has none to count), and the first of them as PNG."""

    pages: int | None
    pictures: list[bytes]


NOTHING: Final = Drawn(None, [])


def can_draw(media_type: str) -> bool:
    """Whether documents of this kind have a preview."""
    found = BY_MEDIA_TYPE.get(media_type)
    return found is not None and (found is PDF or found.is_picture)


def draw(file: IO[bytes], media_type: str) -> Drawn:
    """Draw the first pages within bounded memory and time; nothing where that cannot be done."""
    if not can_draw(media_type):
        return NOTHING
    with tempfile.TemporaryDirectory() as folder:
        kind = "pdf" if media_type == PDF.media_type else "picture"
        limits = [str(PAGES), str(_MEMORY_MB), str(_SECONDS)]
        try:
            done = subprocess.run(
                [sys.executable, "-I", str(_PROGRAM), kind, folder, *limits],
                input=file.read(),
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=2 * _SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return NOTHING
        if done.returncode:
            return NOTHING
        pictures = [path.read_bytes() for path in sorted(Path(folder).glob("*.png"))]
        return Drawn(json.loads(done.stdout)["pages"], pictures)
