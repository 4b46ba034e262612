"""Processes that leave nothing behind.

Every process started here, and every process those start, carries a mark in its environment. What is left of them
after a ``kill -9`` is found by that mark, never by a process number that another program may bear by now.
"""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

MARK: Final = "TEMP_PORTAL_SUPERVISED_BY"
ROOT: Final = Path(__file__).resolve().parent.parent.parent.parent
PR_SET_PDEATHSIG: Final = 1


class Child:
    """A supervised program, run in the portal's folder.

    In a session of its own a Ctrl-C in the terminal does not reach it; without one it may read from the terminal.
    """

    def __init__(
        self, name: str, command: Sequence[str], variables: Mapping[str, str], *, own_session: bool = True
    ) -> None:
        self.name = name
        self.command = command
        self.variables = variables
        self.own_session = own_session
        self.started_at = 0.0
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the program; it is told to end when this process dies."""
        self.started_at = time.monotonic()
        self._process = subprocess.Popen(
            self.command,
            stdin=subprocess.DEVNULL if self.own_session else None,
            cwd=ROOT,
            env=os.environ | dict(self.variables),
            start_new_session=self.own_session,
            preexec_fn=_end_with_parent(),
        )

    @property
    def exit_code(self) -> int | None:
        """The code with which the program ended; None while it runs."""
        return self._process.poll() if self._process else None

    @property
    def is_running(self) -> bool:
        """Whether the program was started and has not ended."""
        return self._process is not None and self._process.poll() is None

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the program itself."""
        if self._process and self.is_running:
            self._process.send_signal(number)

    def kill(self) -> None:
        """End the program and all that it started, at once."""
        if self._process is None:
            return
        self._process.kill()
        self._process.wait()
        if self.own_session:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)


def _end_with_parent() -> Callable[[], None] | None:
    """Return what a child runs so that the kernel sends it SIGTERM when its parent dies (Linux only)."""
    if sys.platform != "linux":
        return None
    library, parent = ctypes.CDLL(None, use_errno=True), os.getpid()

    def arrange() -> None:
        library.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        # The parent may have died between fork and prctl.
        if os.getppid() != parent:
            os._exit(1)

    return arrange


def marked(mark: str) -> list[int]:
    """Return the numbers of the living processes that carry ``mark`` (Linux only, else empty)."""
    wanted = f"{MARK}={mark}".encode()
    return [pid for pid in _process_ids() if wanted in _environment(pid)]


def end_marked(mark: str, grace: float = 5.0) -> int:
    """End the processes that carry ``mark``: SIGTERM, SIGKILL after ``grace`` seconds. Returns how many there were."""
    found = marked(mark)
    _signal_all(found, signal.SIGTERM)
    deadline = time.monotonic() + grace
    while marked(mark) and time.monotonic() < deadline:
        time.sleep(0.05)
    while left := marked(mark):
        _signal_all(left, signal.SIGKILL)
        time.sleep(0.02)
    return len(found)


def _process_ids() -> list[int]:
    folder = Path("/proc")
    names = [entry.name for entry in folder.iterdir()] if folder.is_dir() else []
    return [int(name) for name in names if name.isdigit() and int(name) != os.getpid()]


def _environment(pid: int) -> list[bytes]:
    try:
        # Empty for a zombie: it has ended, and waits for its parent only.
        return Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    except OSError:
        return []


def _signal_all(pids: Sequence[int], number: signal.Signals) -> None:
    for pid in pids:
        try:
            os.kill(pid, number)
        except (ProcessLookupError, PermissionError):
            continue
