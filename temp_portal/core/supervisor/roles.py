"""The programs of a running portal. `docker-compose.yml` runs the same ones, each as a service of its own."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from temp_portal.core.supervisor.processes import Child


def preparation(record: Path) -> Child:
    """What brings the database up to date and writes ``record``; on this terminal, since it may ask questions."""
    command = [sys.executable, "manage.py", "prepare", "--record", str(record)]
    return Child("preparation of the database", command, {}, own_session=False)


def web(host: str, port: int, variables: Mapping[str, str]) -> Child:
    """The web server."""
    options = {"interface": "wsgi", "host": host, "port": str(port), "workers": "1", "blocking-threads": "4",
               "backpressure": "64", "log-level": "warning", "workers-kill-timeout": "4s"}  # fmt: skip
    words = [word for name, value in options.items() for word in (f"--{name}", value)]
    command = [sys.executable, "-m", "granian", *words, "--no-ws", "temp_portal.wsgi:application"]
    return Child("web server", command, variables)


def background(schedule: Path, variables: Mapping[str, str]) -> list[Child]:
    """The workers, long work apart from short, and the scheduler with its memory in the file ``schedule``."""
    return [
        _celery("worker", ["worker", "--queues", "default,notices", *_worker_options("short", 2)], variables),
        _celery("job worker", ["worker", "--queues", "jobs", *_worker_options("jobs", 1)], variables),
        _celery("scheduler", ["beat", "--schedule", str(schedule), "--pidfile", ""], variables),
    ]


def _worker_options(name: str, processes: int) -> list[str]:
    # Workers of one portal need no gossip among themselves.
    quiet = ["--without-gossip", "--without-mingle"]
    return ["--hostname", f"{name}@%h.{os.getpid()}", "--concurrency", str(processes), *quiet]


def _celery(name: str, arguments: list[str], variables: Mapping[str, str]) -> Child:
    # Celery warns of root on every start; a machine where root runs the portal has no better account.
    program = [sys.executable, "-W", "ignore:You're running the worker with superuser privileges", "-m", "celery"]
    command = [*program, "--quiet", "--app", "temp_portal", *arguments, "--loglevel", "WARNING"]
    return Child(name, command, variables)
