"""Starts the programs of a portal, restarts what fails, and ends them all together."""

import http.client
import os
import signal
import threading
import time
from collections.abc import Callable
from types import FrameType
from typing import Final

from temp_portal.core.supervisor.processes import Child, end_marked
from temp_portal.core.supervisor.record import Lock

READY_PATH: Final = "/health/ready"
READY_SECONDS: Final = 60.0
GRACE_SECONDS: Final = 4.0
# A program that ends again within this time of its start, so many times in a row, will not do better the next time.
SHORT_LIFE_SECONDS: Final = 20.0
SHORT_LIVES_ALLOWED: Final = 3


class StartFailed(Exception):
    """A program does not come up; the text says which."""


class Supervisor:
    """Watches children until told to stop. ``say`` prints a line for a person."""

    def __init__(self, mark: str, say: Callable[[str], None]) -> None:
        self.mark = mark
        self.say = say
        self.children: list[Child] = []
        self.stopping = threading.Event()
        self._short_lives: dict[str, int] = {}

    def listen_to_signals(self) -> None:
        """Let Ctrl-C, SIGTERM and the closing of the terminal stop the portal; a second one at once."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        if self.stopping.is_set():
            for child in self.children:
                child.kill()
        self.stopping.set()

    def start(self, *children: Child) -> None:
        """Start programs and keep them, unless the portal is to stop already."""
        for child in children:
            if not self.stopping.is_set():
                self.children.append(child)
                child.start()

    def finish(self, child: Child) -> None:
        """Wait for the end of a program that does one thing; raises ``StartFailed`` when it fails."""
        while child.is_running and not self.stopping.wait(0.02):
            continue
        if self.stopping.is_set():
            return
        self.children.remove(child)
        if child.exit_code:
            raise StartFailed(f"The {child.name} failed; its messages stand above.")

    def wait_until_ready(self, web: Child, host: str, port: int) -> None:
        """Return when the web server answers that it is ready, or the portal is to stop; raises ``StartFailed``."""
        deadline = time.monotonic() + READY_SECONDS
        while not self.stopping.wait(0.05):
            if not web.is_running:
                raise StartFailed(f"The web server ended with code {web.exit_code} while starting.")
            if status(host, port, READY_PATH) == http.HTTPStatus.OK:
                return
            if time.monotonic() > deadline:
                raise StartFailed(f"The web server is not ready after {READY_SECONDS:.0f} seconds.")

    def watch(self) -> None:
        """Restart what ends, until the portal is to stop; raises ``StartFailed`` when a program keeps failing."""
        while not self.stopping.wait(0.5):
            for child in self.children:
                if not child.is_running:
                    self._restart(child)

    def _restart(self, child: Child) -> None:
        short = time.monotonic() - child.started_at < SHORT_LIFE_SECONDS
        lives = self._short_lives[child.name] = self._short_lives.get(child.name, 0) + 1 if short else 0
        if lives >= SHORT_LIVES_ALLOWED:
            raise StartFailed(f"The {child.name} keeps ending (code {child.exit_code}); its messages stand above.")
        self.say(f"The {child.name} ended with code {child.exit_code}; it is started again.")
        child.kill()
        child.start()

    def end(self) -> None:
        """End all programs and whatever they started."""
        for child in self.children:
            child.signal(signal.SIGTERM)
        deadline = time.monotonic() + GRACE_SECONDS
        while any(child.is_running for child in self.children) and time.monotonic() < deadline:
            time.sleep(0.02)
        for child in self.children:
            child.kill()
        end_marked(self.mark, grace=1.0)


def status(host: str, port: int, path: str) -> int | None:
    """Return the HTTP status of a page, None when nobody answers within two seconds."""
    connection = http.client.HTTPConnection(host, port, timeout=2)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def stop_running(lock: Lock, seconds: float = 20.0) -> bool:
    """Ask the supervisor of a checkout to stop and wait for its end; returns whether one was running."""
    running = lock.running()
    if running is None:
        return False
    _send(running.pid, signal.SIGTERM)
    deadline = time.monotonic() + seconds
    while lock.is_held():
        if time.monotonic() > deadline:
            _send(running.pid, signal.SIGKILL)
        time.sleep(0.1)
    return True


def _send(pid: int, number: signal.Signals) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return
