"""PostgreSQL's own programs on the portal's database: the wheel's, else those on the PATH."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from typing import IO, Final

from django.db import connection
from django.db.backends.postgresql.client import DatabaseClient

from temp_portal.core.embedded.programs import postgres_program

LOCK_TIMEOUT: Final = "-c lock_timeout=15s"


class ProgramFailed(Exception):
    """A program of PostgreSQL failed; the text is its message."""


def run(
    name: str,
    options: Sequence[str],
    *,
    stdin: IO[bytes] | None = None,
    stdout: IO[bytes] | None = None,
    on_database: bool = True,
) -> None:
    """Run a program, on the portal's database unless told otherwise; raises ``ProgramFailed``."""
    target, variables = connection_of_portal()
    done = subprocess.run(
        [find(name), *options, *(target if on_database else [])],
        stdin=stdin or subprocess.DEVNULL,
        stdout=stdout or subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=os.environ | variables | {"PGOPTIONS": LOCK_TIMEOUT, "LC_ALL": "C"},
        check=False,
    )
    if done.returncode:
        raise ProgramFailed(f"{name}: {done.stderr.decode(errors='replace').strip()[-2000:]}")


def connection_of_portal() -> tuple[list[str], dict[str, str]]:
    """Return the options and variables that lead a program to the portal's database."""
    arguments, variables = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, [])
    *options, name = arguments[1:]
    return [*options, "--no-password", "--dbname", name], dict(variables or {})


def find(name: str) -> str:
    """Return the path of a program; raises ``ProgramFailed`` where there is none."""
    try:
        bundled = postgres_program(name)
    except RuntimeError:
        bundled = None
    found = str(bundled) if bundled and bundled.exists() else shutil.which(name)
    if found is None:
        raise ProgramFailed(f"{name} is not installed: install PostgreSQL's client programs.")
    return found
