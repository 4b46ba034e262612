"""Settings from the environment: typed, loud about what is wrong, silent about passwords."""

import os
import subprocess
import sys
import threading

import pytest
from django.conf import settings as portal
from django.core.exceptions import ImproperlyConfigured

from temp_portal.core.embedded import hook, slots
from temp_portal.core.embedded.layout import Layout
from temp_portal.settings import services
from temp_portal.settings.env import Env, env

HTTP = ("http", "https")


def test_values_are_read_as_what_they_are():
    read = Env({"A": " text ", "B": "Yes", "C": "off", "D": "42", "E": "a, b,,c", "F": "https://host:81/x?y=1"})
    assert read.str("A") == "text"
    assert (read.bool("B"), read.bool("C")) == (True, False)
    assert read.int("D", minimum=42) == 42
    assert read.list("E") == ["a", "b", "c"]
    assert read.url("F", schemes=HTTP).port == 81


def test_defaults_stand_for_what_is_unset_or_empty():
    read = Env({"EMPTY": "  "})
    for name in ("EMPTY", "UNSET"):
        assert read.str(name, "x") == "x"
        assert read.bool(name, None) is None
        assert read.int(name, 5) == 5
        assert read.list(name, []) == []
        assert read.url(name, None, schemes=HTTP) is None


@pytest.mark.parametrize("reader", ["str", "bool", "int", "list", "url"])
def test_a_missing_variable_is_named(reader):
    options = {"schemes": HTTP} if reader == "url" else {}
    with pytest.raises(ImproperlyConfigured, match="THE_NAME is not set: give it"):
        getattr(Env({}), reader)("THE_NAME", **options)


@pytest.mark.parametrize(
    ("reader", "value", "expected"),
    [
        ("bool", "maybe", "'maybe': give it 1 or 0"),
        ("int", "ten", "'ten': give it a whole number"),
        ("int", "1.5", "'1.5': give it a whole number"),
    ],
)
def test_a_wrong_value_is_named_with_what_was_expected(reader, value, expected):
    with pytest.raises(ImproperlyConfigured, match=f"THE_NAME has the value {expected}"):
        getattr(Env({"THE_NAME": value}), reader)("THE_NAME")


def test_a_number_below_the_minimum_is_refused():
    with pytest.raises(ImproperlyConfigured, match="a whole number of at least 1"):
        Env({"PORT": "0"}).int("PORT", minimum=1)


@pytest.mark.parametrize("value", ["ftp://u:secret@host", "http://u:secret@host:port", "http://[secret", "secret"])
def test_a_wrong_address_is_not_repeated(value):
    with pytest.raises(ImproperlyConfigured, match="SERVICE_URL is not valid") as caught:
        Env({"SERVICE_URL": value}).url("SERVICE_URL", schemes=HTTP)
    assert "secret" not in str(caught.value)
    assert "secret" not in repr(caught.value.__cause__)


@pytest.fixture
def variables(monkeypatch):
    """Variables to set; the addresses of the suite's own servers are put aside."""
    given: dict[str, str] = {}
    monkeypatch.setattr(env, "variables", given)
    return given


@pytest.fixture
def layout(tmp_path) -> Layout:
    return Layout(tmp_path)


def test_without_addresses_the_embedded_servers_serve(variables, layout):
    assert services.embedded(layout) is layout
    database = services.databases(layout)["default"]
    assert database["HOST"] == str(layout.sockets)
    assert database["OPTIONS"] == {"passfile": str(layout.password_file)}
    assert services.broker(layout, offset=4) == f"redis+socket://{layout.valkey_socket}?virtual_host=4"
    assert services.caches(layout)["default"]["LOCATION"] == f"unix://{layout.valkey_socket}?db=1"
    assert services.email() == {}
    assert not layout.home.exists()


def test_real_servers_are_named_by_address(variables, layout):
    variables |= {
        "DATABASE_URL": "postgresql://por%40tal:p%2Fw@db.example.org:5433/portal?sslmode=require",
        "DATABASE_REPLICA_URL": "postgres://reader@replica.example.org/portal",
        "REDIS_URL": "rediss://:key@queue.example.org:6380/2",
    }
    assert services.embedded(layout) is None
    databases = services.databases(layout)
    chosen = {name: databases["default"][name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}
    assert chosen == {
        "NAME": "portal",
        "USER": "por@tal",
        "PASSWORD": "p/w",
        "HOST": "db.example.org",
        "PORT": "5433",
    }
    assert databases["default"]["OPTIONS"] == {"connect_timeout": "5", "sslmode": "require"}
    assert databases["replica"]["HOST"] == "replica.example.org"
    assert databases["replica"]["TEST"] == {"MIRROR": "default"}
    assert services.broker(layout) == "rediss://:key@queue.example.org:6380/2"
    assert services.caches(layout)["default"]["LOCATION"] == "rediss://:key@queue.example.org:6380/3"


def test_sockets_are_addresses_too(variables, layout):
    variables |= {
        "DATABASE_URL": "postgresql://portal@/portal?host=/run/postgresql&port=5433",
        "REDIS_URL": "unix:///run/valkey.sock?db=3",
    }
    database = services.databases(layout)["default"]
    assert (database["HOST"], database["PORT"]) == ("/run/postgresql", "5433")
    assert services.redis(layout, offset=1) == "unix:///run/valkey.sock?db=4"
    assert services.broker(layout) == "redis+socket:///run/valkey.sock?virtual_host=3"


@pytest.mark.parametrize(
    ("address", "port", "implicit", "start"),
    [
        ("smtp://mail.example.org", 25, False, False),
        ("smtp+tls://u%40x:p%3Aw@mail.example.org", 587, False, True),
        ("smtps://mail.example.org", 465, True, False),
        ("smtps://mail.example.org:4650", 4650, True, False),
    ],
)
def test_the_mail_server(variables, address, port, implicit, start):
    variables["EMAIL_URL"] = address
    mail = services.email()
    assert (mail["EMAIL_HOST"], mail["EMAIL_PORT"]) == ("mail.example.org", port)
    assert (mail["EMAIL_USE_SSL"], mail["EMAIL_USE_TLS"]) == (implicit, start)
    if "@mail" in address:
        assert (mail["EMAIL_HOST_USER"], mail["EMAIL_HOST_PASSWORD"]) == ("u@x", "p:w")


def test_the_file_store(variables, tmp_path):
    assert services.storage(tmp_path)["OPTIONS"]["location"] == tmp_path
    variables["STORAGE_URL"] = "file:///srv/portal%20files"
    assert str(services.storage(tmp_path)["OPTIONS"]["location"]) == "/srv/portal files"
    variables["STORAGE_URL"] = "s3://KEY:SEC%2FRET@s3.example.org:9000/portal?region=eu-1&scheme=http"
    options = services.storage(tmp_path)["OPTIONS"]
    assert options["endpoint_url"] == "http://s3.example.org:9000"
    assert (options["access_key"], options["secret_key"]) == ("KEY", "SEC/RET")
    assert (options["bucket_name"], options["region_name"], options["default_acl"]) == ("portal", "eu-1", "private")


def test_the_secret_key_is_made_once(variables, tmp_path):
    path = tmp_path / "var" / "secret_key"
    made: list[str] = []
    threads = [threading.Thread(target=lambda: made.append(services.secret_key(path))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 8
    assert set(made) == {path.read_text()}
    assert len(made[0]) >= 50
    assert path.stat().st_mode & 0o777 == 0o600
    assert [entry.name for entry in path.parent.iterdir()] == ["secret_key"]
    variables["SECRET_KEY"] = "given"
    assert services.secret_key(path) == "given"


def test_a_public_server_insists_on_its_addresses(tmp_path):
    code = "from django.conf import settings; settings.DEBUG"
    given = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "temp_portal.settings.production"}
    complete = {
        "VAR_DIR": str(tmp_path),
        "DATABASE_URL": "postgresql://x@x/x",
        "REDIS_URL": "redis://x",
        "EMAIL_URL": "smtp://x",
        "SITE_URL": "https://x",
        "SECRET_KEY": "x",
        "ALLOWED_HOSTS": "x",
    }
    for left_out in ("EMAIL_URL", "SECRET_KEY"):
        variables = {name: value for name, value in complete.items() if name != left_out}
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=portal.BASE_DIR,
            env=given | variables,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 1
        assert f"The environment variable {left_out} is not set" in done.stderr


def test_test_processes_keep_apart(monkeypatch, tmp_path):
    monkeypatch.delenv("TEST_SLOT", raising=False)
    monkeypatch.setattr(slots, "_held", [])
    layout = Layout(tmp_path, "test")
    assert [slots.take(layout), slots.take(layout)] == [0, 1]
    os.close(slots._held.pop(0))
    assert slots.take(layout) == 0
    monkeypatch.setattr(slots, "SLOTS", 2)
    with pytest.raises(RuntimeError, match="2 test processes run"):
        slots.take(layout)
    monkeypatch.setenv("TEST_SLOT", "7")
    assert slots.take(layout) == 7
    for lock in slots._held:
        os.close(lock)


@pytest.mark.parametrize(
    ("command", "needs"),
    [
        (["manage.py"], False),
        (["manage.py", "help"], False),
        (["manage.py", "compile_catalogues"], False),
        (["manage.py", "migrate", "--help"], False),
        (["manage.py", "migrate"], True),
        (["manage.py", "demo"], True),
    ],
)
def test_commands_that_need_the_servers(command, needs):
    assert hook.needs_servers(command) is needs


def test_real_servers_are_left_alone(settings, monkeypatch):
    monkeypatch.setattr(hook, "_leases", [])
    settings.EMBEDDED_SERVERS = None
    hook.hold()
    assert hook._leases == []


@pytest.mark.parametrize(
    ("program", "held"), [("/x/bin/celery", True), ("/x/celery/__main__.py", True), ("manage.py", False)]
)
def test_the_servers_come_up_for_celery_only(program, held, settings, monkeypatch, tmp_path):
    taken: list[bool] = []
    monkeypatch.setattr(hook, "hold", lambda: taken.append(True))
    monkeypatch.setattr(sys, "argv", [program])
    hook.hold_in_program("celery")
    assert bool(taken) is held
