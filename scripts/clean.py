"""Remove what the set-up made; with DATA=1 in the environment the database and the files as well.

Uses the standard library alone, since it removes everything else. The servers must be stopped.
"""

import os
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("VAR_DIR") or ROOT / "var")
MADE = (".venv", "node_modules", ".mypy_cache", ".pytest_cache", ".ruff_cache", ".hypothesis", ".import_linter_cache")
KEPT = ("servers", "files", "secret_key")


def main() -> None:
    """Remove everything that can be made again, and by request what cannot."""
    with_data = os.environ.get("DATA") == "1"
    remove_made()
    for instance in sorted((VAR / "servers").glob("*")):
        if with_data or instance.name != "main":
            remove_servers(instance)
    if with_data:
        remove(VAR)
    elif VAR.is_dir():
        print(f"Kept: database and files in {VAR}. `make clean DATA=1` removes them too.")


def remove_made() -> None:
    """Remove environment, assets, caches, compiled translations and records of runs."""
    made = [ROOT / name for name in MADE]
    compiled = ROOT.glob("locale/*/LC_MESSAGES/*.mo")
    records = [path for path in VAR.glob("*") if path.name not in KEPT]
    for path in [*made, *compiled, *ROOT.glob(".coverage*"), *records]:
        remove(path)


def remove_servers(instance: Path) -> None:
    """Remove an instance of the embedded servers, with what it keeps elsewhere."""
    for link in (instance / "data", instance / "run"):
        if link.is_symlink():
            remove(link.readlink())
    remove(instance)


def remove(path: Path) -> None:
    """Remove a file, a link or a folder, if it is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


if __name__ == "__main__":
    main()
