"""`make run` from its first start to its hardest end, and the commands beside it."""

import os
import pty
import re
import signal
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.error import HTTPError

import pytest
from django.conf import settings

from temp_portal.core.embedded import servers
from temp_portal.core.embedded.layout import Layout
from temp_portal.core.embedded.servers import Lease
from temp_portal.core.supervisor.processes import marked
from temp_portal.core.supervisor.record import Lock
from temp_portal.core.supervisor.serve import CannotServe, serve
from tests.live import wait_until
from tests.own_servers import ask, environment

MINUTES = 180


class Portal:
    """`make run` on a folder of its own; what it prints is collected."""

    def __init__(self, var: Path) -> None:
        self.lines: list[str] = []
        self.process = subprocess.Popen(
            [sys.executable, "-m", "temp_portal.core.supervisor"],
            cwd=settings.BASE_DIR,
            env=environment(var),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.reader = threading.Thread(target=self._read)
        self.reader.start()

    def _read(self) -> None:
        for line in self.process.stdout:
            self.lines.append(line.rstrip())
        self.process.stdout.close()

    @property
    def output(self) -> str:
        return "\n".join(self.lines)

    def address(self) -> str:
        """Wait until the portal serves and return where."""

        def printed() -> bool:
            assert self.process.poll() is None, self.output
            return "make stop" in self.output

        wait_until(printed, seconds=MINUTES)
        return re.search(r"The portal is at (\S+)", self.output)[1]

    def end(self, number: signal.Signals) -> int:
        self.process.send_signal(number)
        code = self.process.wait(30)
        # The programs behind hold the pipe until they have ended.
        self.reader.join(30)
        return code


def get(address: str, **headers: str) -> int:
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=10) as answer:
            return int(answer.status)
    except HTTPError as answer:
        with answer:
            return int(answer.code)


def manage(var: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(
        command,
        cwd=settings.BASE_DIR,
        env=environment(var) | variables,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=MINUTES,
    )


@pytest.fixture
def handlers() -> Iterator[None]:
    """Put the signal handlers of the suite back afterwards."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def serve_here(var: Path, said: list[str], visit: Callable[[str], None]) -> None:
    """Serve in this process, `visit` the address from another thread, and stop as Ctrl-C does."""
    ended = threading.Event()

    def watch() -> None:
        wait_until(lambda: ended.is_set() or any("make stop" in line for line in said), seconds=MINUTES)
        try:
            visit(re.search(r"The portal is at (\S+)", "\n".join(said))[1])
        finally:
            os.kill(os.getpid(), signal.SIGINT)

    with ThreadPoolExecutor(1) as threads, Lease(Layout(var)).held():
        visited = threads.submit(watch)
        try:
            serve(var / "run", "127.0.0.1", None, said.append)
        finally:
            ended.set()
    visited.result()


def test_first_start_second_start_and_a_hard_end(var_folder, monkeypatch, handlers):
    for name, value in environment(var_folder).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("METRICS_TOKEN", "scraper")
    layout, mark, said = Layout(var_folder), str(var_folder.resolve() / "run"), []

    def visit(address: str) -> None:
        for path in ("/", "/health/live", "/health/ready", "/static/vendor/tabler/css/tabler.min.css"):
            assert get(address + path) == 200, path
        assert get(f"{address}/metrics") == 404
        assert get(f"{address}/metrics", Authorization="Bearer scraper") == 200
        # Both workers answer: a command works on the portal that runs.
        wait_until(lambda: "ok    Workers: 2 answer" in manage(var_folder, "doctor").stdout, seconds=MINUTES)
        beside = manage(var_folder, "serve")
        assert beside.returncode == 1
        assert f"already runs at {address}" in beside.stderr

    serve_here(var_folder, said, visit)
    assert said[-1] == "The portal has stopped."
    assert any(re.search(r"secretary@example\.org +\S+ +\S", line) for line in said)
    assert marked(mark) == []
    assert not servers.is_running(layout)

    again = Portal(var_folder)
    try:
        assert get(again.address() + "/health/ready") == 200
        assert "Preparing" not in again.output
        assert "Loading" not in again.output
    finally:
        again.end(signal.SIGKILL)
    assert servers.is_running(layout)
    assert "PostgreSQL and Valkey" in manage(var_folder, "stop").stdout
    assert marked(mark) == []
    assert not servers.is_running(layout)
    assert manage(var_folder, "stop").stdout.strip() == "Nothing was running."


PASSWORD = "a long and winding road"


def test_commands_bring_their_servers_to_an_empty_portal(var_folder):
    layout, record = Layout(var_folder), var_folder / "record.json"
    said = on_terminal(
        var_folder,
        ["prepare", "--record", str(record)],
        [("mail", "first@example.org"), ("Password:", PASSWORD), ("again", PASSWORD)],
    )
    assert "The first administrator" in said
    assert '"accounts": []' in record.read_text()
    assert not servers.is_running(layout)

    healthy = manage(var_folder, "doctor")
    assert healthy.returncode == 0, healthy.stdout
    assert "ok    Migrations: all applied" in healthy.stdout
    assert "trigrams of 特变" in healthy.stdout
    assert not servers.is_running(layout)

    # A command that neither database nor broker concerns starts nothing.
    log = (layout.data / "postgres.log").read_text()
    assert manage(var_folder, "compile_catalogues").returncode == 0
    assert (layout.data / "postgres.log").read_text() == log

    with Lease(layout).held():
        assert ask(layout, "SELECT email, is_superuser FROM accounts_user") == [("first@example.org", True)]


def test_a_command_that_is_stopped_stops_its_servers(var_folder):
    code = "import time; print('works', flush=True); time.sleep(600)"
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", code]
    with subprocess.Popen(
        command, cwd=settings.BASE_DIR, env=environment(var_folder), stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout.readline() == "works\n"
        assert servers.is_running(Layout(var_folder))
        process.terminate()
        assert process.wait(30) == 128 + signal.SIGTERM
    assert not servers.is_running(Layout(var_folder))


def on_terminal(var: Path, arguments: list[str], answers: list[tuple[str, str]]) -> str:
    """Run a command on a terminal and type the answers to its questions; returns all that was shown."""
    terminal, slave = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env=environment(var) | {"DEMO": "0"},
        stdin=slave,
        stdout=slave,
        stderr=slave,
        start_new_session=True,
    )
    os.close(slave)
    shown = answer(terminal, answers)
    os.close(terminal)
    assert process.wait(MINUTES) == 0, shown
    return shown


def answer(terminal: int, answers: list[tuple[str, str]]) -> str:
    """Type each answer when its question has been asked; return all that was shown."""
    shown = asked = ""
    waiting = list(answers)
    while True:
        try:
            part = os.read(terminal, 1024).decode()
        except OSError:  # the other side has closed the terminal
            return shown
        shown, asked = shown + part, asked + part
        if waiting and waiting[0][0].lower() in asked.lower() and asked.rstrip().endswith(":"):
            os.write(terminal, f"{waiting.pop(0)[1]}\n".encode())
            asked = ""


def test_a_taken_port_is_refused_before_anything_starts(var_folder):
    with pytest.raises(CannotServe, match="Port 1 is in use"):
        serve(var_folder / "run", "192.0.2.1", 1, print)
    with Lock(var_folder / "run").held(), pytest.raises(CannotServe, match="already runs at an address"):
        serve(var_folder / "run", "127.0.0.1", None, print)
