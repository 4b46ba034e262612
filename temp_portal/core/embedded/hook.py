"""Ties the embedded servers to the settings in use: nothing is started unless a program asks for it here."""

import atexit
import signal
import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Final

from django.core.management.base import handle_default_options

from temp_portal.core.embedded.servers import Lease

# Commands that ask neither the database nor the broker.
SERVERLESS: Final = frozenset(
    {"help", "version", "collectstatic", "compile_catalogues", "catalogue", "compilemessages", "makemessages",
     "findstatic", "startapp", "startproject", "testserver", "stop"}
)  # fmt: skip

_leases: list[Lease] = []


def hold() -> None:
    """Keep the embedded servers up to the end of this process; nothing to do where the settings name real ones."""
    from django.conf import settings

    layout = settings.EMBEDDED_SERVERS
    if layout is None or _leases:
        return
    lease = Lease(layout)
    _leases.append(lease)
    lease.take()
    atexit.register(release)


def hold_in_program(name: str) -> None:
    """Like ``hold``, but only when this process was started as the program ``name`` or by ``python -m name``."""
    started = Path(sys.argv[0])
    if started.stem == name or (started.stem == "__main__" and started.parent.name == name):
        hold()


def release() -> None:
    """Give up what ``hold`` took."""
    while _leases:
        _leases.pop().release()


@contextmanager
def for_command(arguments: Sequence[str]) -> Iterator[None]:
    """Keep the servers up while a management command runs, and stop them afterwards if nobody else uses them."""
    signal.signal(signal.SIGTERM, _exit)
    _honour_settings(arguments)
    if needs_servers(arguments):
        hold()
    try:
        yield
    finally:
        release()


def needs_servers(arguments: Sequence[str]) -> bool:
    """Tell whether the command line (program name first) names a command that may ask the database."""
    if len(arguments) < 2 or {"-h", "--help", "--version"} & set(arguments):
        return False
    return arguments[1] not in SERVERLESS


def _honour_settings(arguments: Sequence[str]) -> None:
    """Let ``--settings`` and ``--pythonpath`` count before the settings are first read, as Django does itself."""
    parser = ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--settings")
    parser.add_argument("--pythonpath")
    options, _others = parser.parse_known_args(arguments[2:])
    handle_default_options(options)


def _exit(number: int, _frame: FrameType | None) -> None:
    # SIGTERM would end Python on the spot, without the clean-up of `finally` and `atexit`.
    sys.exit(128 + number)
