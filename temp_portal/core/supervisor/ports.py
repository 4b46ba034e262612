"""Which port the web server takes."""

import fcntl
import os
import socket
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

FIRST_PORT: Final = 8000
PORTS_TRIED: Final = 200


class PortUnavailable(Exception):
    """No port can be taken; the text says which and what to do."""


@contextmanager
def reserved(host: str, wanted: int | None) -> Iterator[int]:
    """Keep a port for a block: ``wanted``, or without one the first free port from 8000.

    The lock that keeps it lets two portals start at the same moment: a port looks free until its server listens.
    Raises ``PortUnavailable``.
    """
    candidates = range(FIRST_PORT, FIRST_PORT + PORTS_TRIED) if wanted is None else [wanted]
    with ExitStack() as stack:
        for port in candidates:
            lock = stack.enter_context(_lock_file(port))
            if _take(lock) and is_free(host, port):
                yield port
                return
    if wanted is None:
        raise PortUnavailable(f"No port from {candidates[0]} to {candidates[-1]} is free: name one (PORT=…).")
    raise PortUnavailable(f"Port {wanted} is in use: name another (PORT=…), or none to take the next free one.")


def is_free(host: str, port: int) -> bool:
    """Tell whether a server could listen on the port."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        # As servers do: connections that wait for their end do not keep a port.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen(1)
        except OSError:
            return False
    return True


@contextmanager
def _lock_file(port: int) -> Iterator[int]:
    folder = Path(tempfile.gettempdir()) / f"temp-portal-{os.geteuid()}-ports"
    folder.mkdir(mode=0o700, exist_ok=True)
    lock = os.open(folder / str(port), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        yield lock
    finally:
        os.close(lock)


def _take(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
