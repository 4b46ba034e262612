"""The production set-up: every service of docker-compose.yml runs natively, with the environment it is given there."""

import os
import re
import shlex
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings as portal

from tests.live import Sink, free_port

ROOT = Path(portal.BASE_DIR)
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
OURS = {name: service for name, service in COMPOSE["services"].items() if service["image"] == "temp-portal"}
SITE = "portal.example.org"


def interpolated(value: Any, variables: dict[str, str]) -> str:
    """Fill in ``${NAME}``, ``${NAME:-default}`` and ``${NAME:?message}`` as compose does."""

    def fill(match: re.Match[str]) -> str:
        name, operator, rest = match["name"], match["operator"], match["rest"]
        given = variables.get(name, "")
        if not given and operator == ":?":
            raise AssertionError(f"{name}: {rest}")
        return given or (rest if operator == ":-" else "")

    text = re.sub(r"(?<!\$)\$\{(?P<name>\w+)(?:(?P<operator>:[-?])(?P<rest>[^}]*))?\}", fill, str(value))
    return text.replace("$$", "$")


@pytest.fixture
def containers(portal_environment: dict[str, str], tmp_path: Path, smtp_sink: Sink) -> "Containers":
    return Containers(portal_environment, tmp_path, smtp_sink.url)


class Containers:
    """Runs services' commands on this machine: same environment, but for addresses and ports of the test."""

    def __init__(self, base: dict[str, str], folder: Path, mail: str) -> None:
        self.folder = folder
        self.port = free_port()
        self.inherited = {
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "HOSTNAME": socket.gethostname(),
        }
        # What the Dockerfile sets.
        self.image = {
            "DJANGO_SETTINGS_MODULE": "temp_portal.settings.production",
            "PYTHONUNBUFFERED": "1",
            "VAR_DIR": str(folder / "var"),
            "STATIC_ROOT": str(folder / "static"),
        }
        self.dotenv = {
            "SITE_ADDRESS": SITE,
            "SECRET_KEY": "k" * 60,
            "POSTGRES_PASSWORD": "secret",
            "EMAIL_URL": mail,
            "STORAGE_URL": f"file://{folder / 'files'}",
        }
        self.of_test = {
            "DATABASE_URL": base["DATABASE_URL"],
            "REDIS_URL": base["REDIS_URL"],
            "GRANIAN_PORT": str(self.port),
            "GRANIAN_HOST": "127.0.0.1",
        }

    def environment(self, name: str) -> dict[str, str]:
        given = OURS[name]["environment"]
        declared = {key: interpolated(value, self.dotenv) for key, value in given.items()}
        replaced = {key: value for key, value in self.of_test.items() if key in declared}
        return self.inherited | self.image | declared | replaced

    def words(self, command: list[str] | str) -> list[str]:
        words = command if isinstance(command, list) else shlex.split(command)
        return [interpolated(word, {}).replace(f"{os.sep}tmp", str(self.folder)) for word in words]

    def run(self, name: str, command: list[str] | str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.words(command),
            cwd=ROOT,
            env=self.environment(name),
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    @contextmanager
    def up(self, *names: str) -> Iterator[dict[str, subprocess.Popen[bytes]]]:
        """Run services for a block and stop them as compose does: SIGTERM, and time to finish."""
        running = {}
        try:
            for name in names:
                with (self.folder / f"{name}.log").open("wb") as log:
                    running[name] = subprocess.Popen(
                        self.words(OURS[name]["command"]),
                        cwd=ROOT,
                        env=self.environment(name),
                        stdout=log,
                        stderr=subprocess.STDOUT,
                    )
            yield running
        finally:
            for process in running.values():
                process.terminate()
            codes = {name: process.wait(60) for name, process in running.items()}
        assert set(codes.values()) == {0}, {name: self.log(name) for name, code in codes.items() if code}

    def log(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text()[-3000:]

    def wait_until_healthy(self, name: str, seconds: float = 300) -> None:
        """Repeat the service's health check until it passes."""
        kind, *test = OURS[name]["healthcheck"]["test"]
        command = ["/bin/sh", "-c", *test] if kind == "CMD-SHELL" else test
        deadline = time.monotonic() + seconds
        while (check := self.run(name, command)).returncode:
            assert time.monotonic() < deadline, (name, check.stdout, check.stderr, self.log(name))
            time.sleep(0.5)

    def get(self, path: str) -> tuple[int, bytes, dict[str, str]]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        # What the proxy adds after it has ended TLS.
        connection.request("GET", path, headers={"Host": SITE, "X-Forwarded-Proto": "https"})
        answer = connection.getresponse()
        try:
            return answer.status, answer.read(), dict(answer.getheaders())
        finally:
            connection.close()


def test_every_service_comes_up(containers):
    collected = containers.run("web", ["python", "manage.py", "collectstatic", "--no-input"])
    assert collected.returncode == 0, collected.stderr
    migrated = containers.run("migrate", OURS["migrate"]["command"])
    assert migrated.returncode == 0, migrated.stderr

    lasting = [name for name in OURS if name != "migrate"]
    assert sorted(lasting) == ["scheduler", "web", "worker-jobs", "worker-notices"]
    with containers.up(*lasting) as running:
        for name in lasting:
            containers.wait_until_healthy(name)
        assert {name: process.poll() for name, process in running.items()} == dict.fromkeys(lasting)

        status, page, headers = containers.get("/")
        assert status == 200, containers.log("web")
        assert "max-age=31536000" in headers["strict-transport-security"]
        sheet = re.search(rb"/static/vendor/tabler/css/tabler\.min\.[0-9a-f]{12}\.css", page)
        status, _content, headers = containers.get(sheet[0].decode())
        assert (status, "immutable" in headers["cache-control"]) == (200, True)

        doctor = containers.run("web", ["python", "manage.py", "doctor"])
        assert doctor.returncode == 0, doctor.stdout + doctor.stderr
        assert "ok    Workers: 2 answer" in doctor.stdout
        assert "lets the portal in" in doctor.stdout


def test_work_is_taken_from_every_queue():
    queues = {
        queue
        for service in OURS.values()
        for word in service["command"]
        if word.startswith("--queues=")
        for queue in word.removeprefix("--queues=").split(",")
    }
    routed = {route["queue"] for route in portal.CELERY_TASK_ROUTES.values()}
    assert routed | {portal.CELERY_TASK_DEFAULT_QUEUE} <= queues
    assert sum("beat" in service["command"] for service in OURS.values()) == 1


def test_services_wait_for_what_they_need():
    for name, service in COMPOSE["services"].items():
        assert "healthcheck" in service or name == "migrate", name
        for other, wait in service.get("depends_on", {}).items():
            expected = "service_completed_successfully" if other == "migrate" else "service_healthy"
            assert wait["condition"] == expected, (name, other)
            assert other in COMPOSE["services"]
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            assert source in COMPOSE["volumes"] or (ROOT / source).exists(), volume


def test_the_database_is_made_as_the_embedded_one_is():
    """Both must see Chinese trigrams: the arguments are those the embedded cluster is made with."""
    asked = COMPOSE["services"]["postgres"]["environment"]["POSTGRES_INITDB_ARGS"].split()
    source = (ROOT / "temp_portal/core/embedded/postgres.py").read_text()
    for argument in asked:
        if argument.startswith(("--locale", "--builtin", "--encoding")):
            assert f'"{argument}"' in source, argument


def test_required_settings_are_asked_for():
    with pytest.raises(AssertionError, match="SECRET_KEY"):
        interpolated(OURS["web"]["environment"]["SECRET_KEY"], {})
    example = (ROOT / "deploy" / "environment.example").read_text()
    named = set(re.findall(r"\$\{(\w+):\?", (ROOT / "docker-compose.yml").read_text()))
    assert named == {"SECRET_KEY", "SITE_ADDRESS", "POSTGRES_PASSWORD", "EMAIL_URL"}
    for name in named:
        assert re.search(rf"^{name}=", example, re.MULTILINE), name


def test_the_image_is_built_from_the_locked_versions():
    dockerfile = (ROOT / "Dockerfile").read_text()
    (uv,) = re.findall(r"uv==([\d.]+)", dockerfile)
    assert f"\nuv=={uv} " in (ROOT / "requirements" / "dev.txt").read_text()
    for copied in re.findall(r"^COPY (?!--from)(.+) \S+$", dockerfile, re.MULTILINE):
        for source in copied.split():
            assert (ROOT / source).exists(), source
    for name, value in re.findall(r"(\w+)=(/\S+|temp_portal\S+)", dockerfile.split("FROM")[-1]):
        assert name in {"PATH", "DJANGO_SETTINGS_MODULE", "STATIC_ROOT", "VAR_DIR"}, value


def test_locks_name_no_host():
    for name in ("base.txt", "dev.txt"):
        assert "://" not in (ROOT / "requirements" / name).read_text(), name
    lock = (ROOT / "package-lock.json").read_text()
    assert '"resolved"' not in lock
    assert '"integrity"' in lock
