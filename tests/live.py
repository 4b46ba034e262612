"""Fixtures of tests that run real programs: a mail server, workers and a scheduler on the test's own database."""

import email
import email.policy
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from pathlib import Path
from uuid import uuid4

import celery
import pytest
import redis
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.conf import settings as portal
from pytest_django import Settings

from temp_portal.core import breaker

START_SECONDS = 60


def wait_until(condition: Callable[[], bool], *, seconds: float = 30) -> None:
    """Wait for something that another program brings about; fails when it does not come."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Sink:
    """A mail server that keeps what it takes. `refusals` answers certain recipients with an SMTP error instead."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.refusals: dict[str, str] = {}
        self.sessions = 0
        self.port = free_port()
        self._controller: Controller | None = None

    def start(self) -> None:
        """Take mails; after `stop`, again on the same port."""
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def stop(self) -> None:
        """Refuse connections."""
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    @property
    def url(self) -> str:
        """For EMAIL_URL."""
        return f"smtp://127.0.0.1:{self.port}"

    def to(self, address: str) -> list[EmailMessage]:
        """The mails for one recipient."""
        return [mail for mail in self.mails if address in str(mail["To"])]

    # The mail server calls its handler by the names of the commands.
    async def handle_EHLO(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        self.sessions += 1
        return responses

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refusals:
            return self.refusals[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.content
        assert isinstance(content, bytes)
        self.mails.append(email.message_from_bytes(content, EmailMessage, policy=email.policy.default))
        return "250 OK"


@pytest.fixture
def smtp_sink(settings: Settings) -> Iterator[Sink]:
    """A real mail server on a free port, to which this process sends; workers get it by EMAIL_URL."""
    sink = Sink()
    sink.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
    yield sink
    sink.stop()


class Program:
    """A Celery worker or scheduler in a process group of its own."""

    def __init__(self, arguments: list[str], environment: dict[str, str], log: Path) -> None:
        self.log = log
        with log.open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "celery", "-A", "temp_portal", *arguments],
                cwd=portal.BASE_DIR,
                env=environment,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def wait_for(self, text: str) -> None:
        """Wait until the program has logged a text."""

        def logged() -> bool:
            assert self.process.poll() is None, self.log.read_text()
            return text in self.log.read_text()

        wait_until(logged, seconds=START_SECONDS)

    def kill(self) -> None:
        """End the program and its children without any warning, as a lost machine does."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


Start = Callable[..., Program]


@pytest.fixture
def celery_program(portal_environment: dict[str, str], tmp_path: Path) -> Iterator[Start]:
    """Start Celery programs by their arguments; keywords are further environment variables. All are killed at the end.

    The broker is emptied first: what earlier tests have published is nothing to this one.
    """
    redis.Redis.from_url(portal.REDIS_URL).flushdb()
    programs: list[Program] = []

    def start(*arguments: str, **variables: str) -> Program:
        log = tmp_path / f"celery-{len(programs)}.log"
        program = Program(list(arguments), portal_environment | variables, log)
        programs.append(program)
        return program

    yield start
    for program in programs:
        program.kill()


@pytest.fixture
def celery_worker_process(celery_program: Start) -> Start:
    """Start a worker for all queues and wait until it takes tasks. `include` names modules with kinds of job."""

    def start(*, include: str = "", **variables: str) -> Program:
        modules = ["--include", include] if include else []
        worker = celery_program(
            "worker", "--concurrency", "2", "--loglevel", "INFO", "--without-mingle", "--without-gossip", *modules,
            **variables,
        )  # fmt: skip
        worker.wait_for("ready.")
        return worker

    return start


@pytest.fixture
def celery_beat_process(celery_program: Start, tmp_path: Path) -> Start:
    """Start a scheduler."""

    def start(**variables: str) -> Program:
        schedule = str(tmp_path / f"schedule-{uuid4()}")
        scheduler = celery_program("beat", "--schedule", schedule, "--pidfile", "", "--loglevel", "INFO", **variables)
        scheduler.wait_for("beat: Starting...")
        return scheduler

    return start


@contextmanager
def broker_at(url: str) -> Iterator[None]:
    """Publish to another broker for a while."""
    app = celery.current_app
    before = app.conf.broker_url
    _point(app, url)
    try:
        yield
    finally:
        _point(app, before)
        breaker.redis.reset()


def _point(app: celery.Celery, url: str) -> None:
    app.conf.broker_url = app.conf.broker_write_url = url
    # Both pools hold connections to the broker before.
    app._pool = None
    app.amqp._producer_pool = None


@pytest.fixture
def dead_server() -> str:
    """Address (host:port) where nobody listens."""
    return f"127.0.0.1:{free_port()}"


@pytest.fixture
def frozen_server() -> Iterator[str]:
    """Address (host:port) of a server that takes connections and never answers, as a stopped process does."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(100)
        yield f"127.0.0.1:{listener.getsockname()[1]}"
