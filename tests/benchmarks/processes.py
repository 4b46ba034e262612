"""Programs beside the one that measures: the portal's web server, a mail server, a worker."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import URLError

from django.conf import settings

from temp_portal.core.supervisor import roles

PATIENCE = 60.0
SAMPLE_EVERY = 0.01
PAGE = os.sysconf("SC_PAGE_SIZE")
MEGABYTE = 1_000_000


def environment(database: str, **more: str) -> dict[str, str]:
    """Variables for a program that works on the database and broker of this process."""
    slot = {"TEST_SLOT": str(settings.SLOT)} if hasattr(settings, "SLOT") else {}
    return os.environ | {"DJANGO_SETTINGS_MODULE": settings.SETTINGS_MODULE, "BENCH_DATABASE": database} | slot | more


def free_port() -> int:
    """A port on which nobody listens now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def program(command: list[str], variables: Mapping[str, str], output: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A program in a process group of its own, stopped at the end; what it prints goes to `output`."""
    with output.open("wb") as log:
        process = subprocess.Popen(
            command, cwd=settings.BASE_DIR, env=dict(variables), stdout=log, stderr=log, start_new_session=True
        )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@contextmanager
def web_server(database: str, output: Path) -> Iterator[tuple[str, int]]:
    """The portal as it is served; gives its address and process id once it answers."""
    port = free_port()
    command = roles.web("127.0.0.1", port, {}).command
    with program(command, environment(database), output) as process:
        address = f"http://127.0.0.1:{port}"
        _wait_until_answered(f"{address}/health/live", process, output)
        yield address, process.pid


def _wait_until_answered(url: str, process: subprocess.Popen[bytes], output: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError(f"The web server does not answer:\n{output.read_text()}")


def family(pid: int) -> list[int]:
    """A process and all that descend from it."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError):
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
                children.setdefault(int(fields[1]), []).append(int(entry.name))
    found = [pid]
    for member in found:
        found += children.get(member, [])
    return found


def resident(pids: list[int]) -> float:
    """Megabytes of memory that processes hold."""
    pages = 0
    for pid in pids:
        with suppress(OSError):
            pages += int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * PAGE / MEGABYTE


class MemoryWatch:
    """Watches how far the memory of a process and its children rises, inside a `with` block."""

    def __init__(self, pid: int) -> None:
        self._pids = family(pid)
        self.idle = resident(self._pids)
        self.peak = self.idle
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    @property
    def rise(self) -> float:
        """Megabytes over idle."""
        return self.peak - self.idle

    def _watch(self) -> None:
        while not self._stopped.wait(SAMPLE_EVERY):
            self.peak = max(self.peak, resident(self._pids))

    def __enter__(self) -> "MemoryWatch":
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._stopped.set()
        self._thread.join()


def python(*arguments: str) -> list[str]:
    """A command line for this interpreter."""
    return [sys.executable, *arguments]
