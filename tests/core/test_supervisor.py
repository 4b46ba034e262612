"""The process that runs the portal: ports, children, records, hard deaths."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import pytest

from temp_portal.core.supervisor import ports
from temp_portal.core.supervisor.processes import MARK, Child, end_marked, marked
from temp_portal.core.supervisor.record import Lock, Prepared, Running, SignIn
from temp_portal.core.supervisor.supervisor import StartFailed, Supervisor, status, stop_running
from tests.live import free_port, wait_until

SLEEP = "import time; time.sleep(600)"
STUBBORN = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); {SLEEP}"
PARENT = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {SLEEP!r}], start_new_session=True); {SLEEP}"


@pytest.fixture
def mark(tmp_path) -> Iterator[str]:
    yield str(tmp_path)
    end_marked(str(tmp_path), grace=0)


@pytest.fixture
def handlers() -> Iterator[None]:
    """Put the signal handlers of the suite back afterwards."""
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.getsignal(number) for number in numbers}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def child(code: str, mark: str, name: str = "program") -> Child:
    return Child(name, [sys.executable, "-c", code], {MARK: mark})


def test_the_next_free_port_is_taken_and_kept():
    with ports.reserved("127.0.0.1", None) as first, ports.reserved("127.0.0.1", None) as second:
        assert ports.FIRST_PORT <= first < second
        with pytest.raises(ports.PortUnavailable, match=f"Port {first} is in use"), ports.reserved("127.0.0.1", first):
            pass
    with ports.reserved("127.0.0.1", first) as again:
        assert again == first


def test_a_port_with_a_server_is_not_taken():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        port = server.getsockname()[1]
        assert not ports.is_free("127.0.0.1", port)
        with pytest.raises(ports.PortUnavailable), ports.reserved("127.0.0.1", port):
            pass
    assert ports.is_free("127.0.0.1", port)


def test_no_free_port_is_said(monkeypatch):
    monkeypatch.setattr(ports, "PORTS_TRIED", 1)
    monkeypatch.setattr(ports, "FIRST_PORT", free_port())
    taken = ports.reserved("127.0.0.1", None)
    with taken, pytest.raises(ports.PortUnavailable, match="name one"), ports.reserved("127.0.0.1", None):
        pass


def test_all_that_a_child_started_is_ended(mark):
    started = child(PARENT, mark)
    started.start()
    wait_until(lambda: len(marked(mark)) == 2)
    started.kill()
    # The grandchild left the session: the mark still finds it.
    wait_until(lambda: len(marked(mark)) == 1)
    assert end_marked(mark) == 1
    assert marked(mark) == []
    assert end_marked(mark) == 0


def test_children_end_when_their_parent_is_killed(mark, tmp_path):
    code = (
        "import sys, time; from temp_portal.core.supervisor.processes import MARK, Child;"
        f"Child('x', [sys.executable, '-c', {SLEEP!r}], {{MARK: {mark!r}}}).start(); print('up', flush=True); {SLEEP}"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout.readline() == "up\n"
        assert len(marked(mark)) == 1
        parent.kill()
    wait_until(lambda: marked(mark) == [])


def test_a_child_that_ignores_the_request_is_killed(mark, monkeypatch):
    monkeypatch.setattr("temp_portal.core.supervisor.supervisor.GRACE_SECONDS", 0.3)
    supervisor = Supervisor(mark, print)
    supervisor.start(child(STUBBORN, mark), child(SLEEP, mark))
    time.sleep(0.5)
    supervisor.end()
    assert [program.is_running for program in supervisor.children] == [False, False]
    assert marked(mark) == []


def test_what_ends_is_started_again_until_it_keeps_ending(mark):
    said: list[str] = []
    supervisor = Supervisor(mark, said.append)
    supervisor.start(child("raise SystemExit(3)", mark, "worker"))
    with pytest.raises(StartFailed, match=r"The worker keeps ending \(code 3\)"):
        supervisor.watch()
    assert said == ["The worker ended with code 3; it is started again."] * 2


def test_a_signal_stops_the_watch_and_a_second_one_kills(mark, handlers):
    supervisor = Supervisor(mark, print)
    supervisor.listen_to_signals()
    stubborn = child(STUBBORN, mark)
    supervisor.start(stubborn)
    threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGTERM)).start()
    supervisor.watch()
    assert stubborn.is_running
    os.kill(os.getpid(), signal.SIGINT)
    wait_until(lambda: not stubborn.is_running)
    supervisor.start(child(SLEEP, mark))
    assert supervisor.children == [stubborn]


def test_a_preparation_ends_before_the_rest_begins(mark):
    supervisor = Supervisor(mark, print)
    done = Child("preparation", [sys.executable, "-c", "pass"], {}, own_session=False)
    supervisor.start(done)
    supervisor.finish(done)
    assert supervisor.children == []
    failed = Child("preparation", [sys.executable, "-c", "raise SystemExit(1)"], {}, own_session=False)
    supervisor.start(failed)
    with pytest.raises(StartFailed, match="The preparation failed"):
        supervisor.finish(failed)


def test_a_web_server_that_does_not_come_up_is_reported(mark, monkeypatch):
    monkeypatch.setattr("temp_portal.core.supervisor.supervisor.READY_SECONDS", 0.2)
    supervisor, port = Supervisor(mark, print), free_port()
    assert status("127.0.0.1", port, "/health/ready") is None
    ended = child("raise SystemExit(4)", mark)
    ended.start()
    wait_until(lambda: not ended.is_running)
    with pytest.raises(StartFailed, match="ended with code 4"):
        supervisor.wait_until_ready(ended, "127.0.0.1", port)
    silent = child(SLEEP, mark)
    silent.start()
    with pytest.raises(StartFailed, match="not ready after"):
        supervisor.wait_until_ready(silent, "127.0.0.1", port)
    silent.kill()


def test_the_lock_tells_who_runs(tmp_path):
    lock = Lock(tmp_path / "run")
    assert lock.running() is None
    with lock.held():
        assert lock.running() == Running(os.getpid())
        lock.write(Running(os.getpid(), "http://127.0.0.1:8000"))
        assert lock.running() == Running(os.getpid(), "http://127.0.0.1:8000")
        with pytest.raises(BlockingIOError), Lock(tmp_path / "run").held():
            pass
    assert lock.running() is None
    assert not stop_running(lock)


def test_a_supervisor_that_does_not_stop_is_killed(tmp_path):
    code = (
        "import sys, time, signal; from pathlib import Path; from temp_portal.core.supervisor.record import Lock\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "with Lock(Path(sys.argv[1])).held():\n    print('up', flush=True); time.sleep(600)"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "up\n"
        assert stop_running(Lock(tmp_path), seconds=0.5)
        assert process.wait(10) == -signal.SIGKILL


def test_a_preparation_is_kept_for_the_next_start(tmp_path):
    prepared = Prepared(migrated=True, accounts=[SignIn("a@example.org", "секрет", "管理员")])
    prepared.write(tmp_path / "run" / "prepared.json")
    assert Prepared.read(tmp_path / "run" / "prepared.json") == prepared
