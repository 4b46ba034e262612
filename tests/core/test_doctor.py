"""`doctor`: each thing that can be wrong is found, and its line says what to do."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings as portal
from django.core.management import call_command
from django.db import connection, connections

from temp_portal.core.doctor import Finding, Level, database, examine, installation, services
from tests.live import Sink

pytestmark = pytest.mark.django_db


def only(findings: Iterator[Finding], subject: str) -> Finding:
    (found,) = [finding for finding in findings if finding.subject == subject]
    return found


def test_a_sound_portal_has_nothing_to_mend(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    }
    findings = {finding.subject: finding for finding in examine()}
    failed = [finding for finding in findings.values() if finding.level is Level.FAIL]
    assert [finding for finding in failed if finding.subject != "Translations"] == []
    assert findings["Chinese in the search"].seen.startswith("3 trigrams")
    assert findings["Broker"].seen.startswith("Valkey 9")
    assert findings["Time zone"].seen.startswith(portal.TIME_ZONE)
    assert list(tmp_path.iterdir()) == []


def test_every_problem_comes_with_an_advice():
    for finding in examine():
        assert bool(finding.advice) is (finding.level is not Level.OK), finding


@pytest.mark.django_db(transaction=True)
def test_a_database_that_sees_no_chinese_is_found(monkeypatch):
    """LC_CTYPE C, the default of many installations: trigrams of Chinese and letter case of Cyrillic are lost."""
    name = f"{connection.settings_dict['NAME']}_c"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name}")
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER libc LOCALE 'C'")
    blind = connections.create_connection("default")
    blind.settings_dict = connection.settings_dict | {"NAME": name}
    monkeypatch.setattr(database, "connection", blind)
    try:
        assert database.trigrams().level is Level.FAIL
        with blind.cursor() as cursor:
            cursor.execute("CREATE EXTENSION pg_trgm")
        found = database.trigrams()
        assert (found.level, found.seen) == (Level.FAIL, "0 trigrams of 特变 with the character type C")
        assert "LC_CTYPE" in found.advice
        assert database.letter_case().level is Level.FAIL
        (required, statistics) = database.extensions()
        assert (required.level, required.seen) == (Level.FAIL, "missing: btree_gist")
        assert statistics.level is Level.OK
    finally:
        blind.close()
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name}")


def test_pending_migrations_are_named():
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
    found = database.migrations()
    assert found.level is Level.FAIL
    assert found.seen == "1 pending, first sessions.0001_initial"


def test_a_time_zone_that_the_database_does_not_know_is_found(monkeypatch):
    assert database.time_zone().level is Level.OK
    monkeypatch.setattr(database, "settings", SimpleNamespace(TIME_ZONE="Asia/Atlantis"))
    assert database.time_zone().level is Level.FAIL


def test_a_database_that_does_not_answer_is_one_line(monkeypatch, dead_server):
    host, port = dead_server.split(":")
    dead = connections.create_connection("default")
    dead.settings_dict = connection.settings_dict | {"HOST": host, "PORT": port}
    monkeypatch.setattr(database, "connection", dead)
    found = only(examine(), "PostgreSQL")
    assert found.level is Level.FAIL
    assert "DATABASE_URL" in found.advice


@pytest.mark.parametrize("server", ["dead_server", "frozen_server"])
def test_a_broker_that_does_not_answer_is_found_in_time(server, request, settings):
    settings.REDIS_URL = f"redis://{request.getfixturevalue(server)}/0"
    settings.CACHES = {
        "default": settings.CACHES["default"] | {"LOCATION": f"redis://{request.getfixturevalue(server)}/1"}
    }
    findings = list(examine())
    for subject in ("Broker", "Cache"):
        found = only(iter(findings), subject)
        assert found.level is Level.FAIL
        assert "REDIS_URL" in found.advice


def test_the_mail_server_is_asked(settings, smtp_sink: Sink, dead_server):
    assert "lets the portal in" in only(services.mail(), "Mail").seen
    settings.EMAIL_PORT = int(dead_server.split(":")[1])
    found = only(examine(), "Mail")
    assert found.level is Level.FAIL
    assert "EMAIL_URL" in found.advice


def test_files_that_cannot_be_written_are_found(settings, tmp_path):
    blocked = tmp_path / "not a folder"
    blocked.write_text("")
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": blocked}}
    }
    found = only(examine(), "Files")
    assert found.level is Level.FAIL
    assert "STORAGE_URL" in found.advice


def test_assets_that_were_not_collected_are_found(settings, tmp_path):
    settings.STATIC_ROOT = str(tmp_path)
    found = installation.assets()
    assert (found.level, found.advice) == (Level.FAIL, "Run: manage.py collectstatic --no-input")


def test_translations_to_be_compiled_are_found(settings, tmp_path):
    settings.BASE_DIR = tmp_path
    assert installation.translations().level is Level.OK
    folder = tmp_path / "locale" / "ru" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text('msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n')
    found = installation.translations()
    assert (found.level, found.advice) == (Level.FAIL, "Run: manage.py compile_catalogues")


def test_the_exit_code_tells(capsys, settings, tmp_path):
    settings.STATIC_ROOT = str(tmp_path)
    with pytest.raises(SystemExit) as ended:
        call_command("doctor", no_color=True)
    assert ended.value.code == 1
    shown = capsys.readouterr()
    assert "fail  Assets: missing: css/tokens.css" in shown.out
    assert "      → Run: manage.py collectstatic --no-input" in shown.out
    assert "must be mended" in shown.err


def test_the_disk_of_a_folder_that_is_not_there_yet(settings, tmp_path, monkeypatch):
    settings.VAR_DIR = Path(tmp_path, "not", "yet")
    assert installation.disk().level is Level.OK
    monkeypatch.setattr(installation, "FREE_GIGABYTES", 10**9)
    assert installation.disk().level is Level.WARN
