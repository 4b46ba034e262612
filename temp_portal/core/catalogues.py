"""Compiled translations: `.mo` files are made from the `.po` files where they are older or missing.

polib does it, so that no gettext tools need to be installed.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import polib

ROOT: Final = Path(__file__).resolve().parent.parent.parent


def compile_catalogues(root: Path = ROOT) -> list[Path]:
    """Compile every catalogue below ``root/locale`` that changed; returns the files written."""
    return [_compile(source) for source in outdated(root)]


def outdated(root: Path = ROOT) -> Iterator[Path]:
    """Yield the `.po` files below ``root/locale`` whose `.mo` file is missing or older."""
    for source in sorted(root.glob("locale/*/LC_MESSAGES/*.po")):
        made = source.with_suffix(".mo")
        if not made.exists() or made.stat().st_mtime_ns < source.stat().st_mtime_ns:
            yield source


def _compile(source: Path) -> Path:
    # Under another name first: a server that starts meanwhile reads the whole old file or the whole new one.
    made = source.with_suffix(".mo")
    draft = made.with_suffix(".mo.draft")
    polib.pofile(source).save_as_mofile(str(draft))
    return draft.replace(made)


if __name__ == "__main__":
    compile_catalogues()
