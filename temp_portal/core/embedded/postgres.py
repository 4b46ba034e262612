"""One PostgreSQL cluster on a private socket: made, started, asked and stopped."""

import os
import secrets
import shutil
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from temp_portal.core.embedded.layout import POSTGRES_PORT, Layout
from temp_portal.core.embedded.programs import Programs

DATABASE: Final = "portal"
ROLE: Final = "portal"
START_SECONDS: Final = 30.0

SETTINGS: Final[Mapping[str, str]] = {
    "listen_addresses": "",
    "port": str(POSTGRES_PORT),
    "max_connections": "200",
    "shared_preload_libraries": "pg_stat_statements",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "32MB",
    "maintenance_work_mem": "256MB",
    "random_page_cost": "1.1",
    "max_wal_size": "4GB",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
# A test cluster may lose everything on a power cut: it is rebuilt by the next run.
# Nor does it count its rows unasked: a table whose rows a test has rolled back would pass for empty in later plans.
THROWAWAY: Final[Mapping[str, str]] = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum_analyze_threshold": "2147483647",
}

# PG* variables of the caller's shell would point the programs at another server.
ENVIRONMENT: Final = {"PATH": os.defpath, "HOME": "/", "LC_ALL": "C.UTF-8", "TZ": "UTC"}


class Postgres:
    """The cluster of one layout. Callers hold the layout's lock while they start or stop it."""

    def __init__(self, layout: Layout, programs: Programs) -> None:
        self.layout = layout
        self.programs = programs
        # Resolved: the servers' account may not be able to follow a link inside a closed home.
        self.data = layout.data.resolve()
        self.cluster = self.data / "postgres"
        self.log = self.data / "postgres.log"

    def is_ready(self) -> bool:
        """Tell whether the server accepts connections."""
        answer = self._run("pg_isready", "-q", "-t", "3", "-h", str(self.layout.sockets), "-p", str(POSTGRES_PORT))
        return answer.returncode == 0

    def start(self) -> None:
        """Bring the server up, making the cluster at first; raises ``RuntimeError`` with the end of its log."""
        if not self.cluster.exists():
            self._create()
        self._write_settings()
        deadline = time.monotonic() + START_SECONDS
        # After kill -9 orphaned backends hold the shared memory for a few seconds: starting fails until they are gone.
        while not self.is_ready():
            if time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL does not start. The end of {self.log}:\n{tail(self.log)}")
            self._run("pg_ctl", "-D", str(self.cluster), "-w", "-t", "120", "-l", str(self.log), "start")
            time.sleep(0.05)

    def stop(self) -> None:
        """Stop the server, if it runs, and wait for its end."""
        for mode in ("fast", "immediate"):
            self._run("pg_ctl", "-D", str(self.cluster), "-w", "-t", "20", "-m", mode, "stop")
            if not (self.cluster / "postmaster.pid").exists():
                return

    def _create(self) -> None:
        # Under another name until it is whole, so that a half-made cluster is never used.
        draft = self.cluster.with_name("postgres.draft")
        shutil.rmtree(draft, ignore_errors=True)
        password_file = self._password_for_initdb()
        try:
            self._must(
                "initdb", "-D", str(draft), "-U", ROLE, "--auth=scram-sha-256", f"--pwfile={password_file}",
                "--encoding=UTF8", "--locale=C.UTF-8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8",
            )  # fmt: skip
        finally:
            password_file.unlink()
        self._must("postgres", "--single", "-D", str(draft), "postgres", stdin=f"CREATE DATABASE {DATABASE}\n")
        with (draft / "postgresql.conf").open("a") as configuration:
            configuration.write("\ninclude 'portal.conf'\n")
        draft.rename(self.cluster)

    def _password_for_initdb(self) -> Path:
        password = secrets.token_urlsafe(24)
        self.layout.password_file.touch(0o600)
        self.layout.password_file.write_text(f"*:*:*:{ROLE}:{password}\n")
        handed_over = self.data / "password"
        handed_over.touch(0o600)
        handed_over.write_text(password)
        self.layout.account.own(handed_over)
        return handed_over

    def _write_settings(self) -> None:
        chosen = dict(SETTINGS) | {"unix_socket_directories": str(self.layout.sockets)}
        if self.layout.instance == "test":
            chosen |= THROWAWAY
        path = self.cluster / "portal.conf"
        path.write_text("".join(f"{name} = '{value}'\n" for name, value in chosen.items()))
        self.layout.account.own(path)

    def _must(self, program: str, *arguments: str, stdin: str = "") -> None:
        done = self._run(program, *arguments, stdin=stdin)
        if done.returncode:
            raise RuntimeError(f"{program} failed while making the database:\n{done.stdout[-2000:]}")

    def _run(self, program: str, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.programs.postgres / program, *arguments],
            input=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd="/",
            env=ENVIRONMENT,
            check=False,
            **self.layout.account.process_user,
        )


def tail(log: Path, size: int = 2000) -> str:
    """Return the last ``size`` characters of a log, empty when there is none."""
    return log.read_text(errors="replace")[-size:] if log.exists() else ""
