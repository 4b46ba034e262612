"""What the set-up puts in place: assets, translations, the first data; and how commands hold the servers."""

import gettext
import os
import signal
import subprocess
import sys
from pathlib import Path

import polib
import pytest
from django.conf import settings as portal
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.core.management import call_command
from django.db import connection

from temp_portal.accounts.models import User
from temp_portal.core import demo
from temp_portal.core.backup import files
from temp_portal.core.catalogues import compile_catalogues, outdated
from temp_portal.core.doctor import Level, database
from temp_portal.core.embedded import hook, servers
from temp_portal.core.embedded.layout import Layout
from temp_portal.core.supervisor import preparation
from temp_portal.core.supervisor.record import SignIn
from tests.own_servers import environment


def test_only_the_files_in_use_are_taken_from_packages():
    assert finders.find("vendor/htmx/htmx.min.js") == str(portal.NODE_MODULES / "htmx.org/dist/htmx.min.js")
    assert finders.find("vendor/htmx/htmx.js") is None
    (finder,) = [finder for finder in finders.get_finders() if type(finder).__name__ == "PackageFinder"]
    listed = {f"{storage.prefix}/{name}" for name, storage in finder.list([])}
    expected = {f"{prefix}/{name}" for prefix, _folder, names in portal.STATICFILES_PACKAGES for name in names}
    assert listed == expected
    assert finder.check() == []


def test_a_public_server_names_assets_after_their_content(settings, tmp_path):
    """Scripts that import one another included: a browser may keep each of them for good."""
    sources = tmp_path / "sources" / "js"
    sources.mkdir(parents=True)
    (sources / "main.js").write_text(
        'import { a } from "./part.js";\nimport "./other.js";\nawait import("./late.js");\n'
    )
    for name in ("part", "other", "late"):
        (sources / f"{name}.js").write_text(f"export const {name[0]} = 1;\n")
    settings.STATICFILES_DIRS = [tmp_path / "sources"]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATIC_ROOT = str(tmp_path / "static")
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "temp_portal.core.assets.HashedAssets"}}
    finders.get_finder.cache_clear()
    call_command("collectstatic", interactive=False, verbosity=0)
    main = (tmp_path / "static" / staticfiles_storage.stored_name("js/main.js")).read_text()
    for name in ("part", "other", "late"):
        hashed = Path(staticfiles_storage.stored_name(f"js/{name}.js")).name
        assert hashed != f"{name}.js"
        assert f'"./{hashed}"' in main or f'"{hashed}"' in main, main


def test_translations_are_compiled_when_they_changed(tmp_path, capsys, monkeypatch):
    folder = tmp_path / "locale" / "ru" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    catalogue = polib.POFile()
    catalogue.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
    catalogue.append(polib.POEntry(msgid="Committee", msgstr="Комитет"))
    catalogue.save(str(folder / "django.po"))

    assert compile_catalogues(tmp_path) == [folder / "django.mo"]
    with (folder / "django.mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Committee") == "Комитет"
    assert compile_catalogues(tmp_path) == []
    later = (folder / "django.mo").stat().st_mtime + 10
    os.utime(folder / "django.po", (later, later))
    assert list(outdated(tmp_path)) == [folder / "django.po"]
    assert sorted(path.name for path in folder.iterdir()) == ["django.mo", "django.po"]


def test_the_command_compiles_those_of_the_portal():
    call_command("compile_catalogues")
    assert list(outdated()) == []


@pytest.mark.django_db
def test_accounts_are_offered_where_they_are(capsys):
    offered = demo.accounts()[0]
    assert preparation.accounts() == []
    User.objects.create_user(offered.email)
    assert preparation.accounts() == [SignIn(offered.email, offered.password, offered.purpose)]


@pytest.mark.django_db
def test_an_empty_portal_without_a_terminal_says_how_to_go_on(monkeypatch):
    said: list[str] = []
    with Path(os.devnull).open() as nothing:
        monkeypatch.setattr("sys.stdin", nothing)
        prepared = preparation.prepare(with_demo=False, say=said.append)
    assert (prepared.migrated, prepared.accounts) == (False, [])
    assert "createsuperuser" in said[0]
    User.objects.create_user("someone@example.org")
    said.clear()
    preparation.prepare(with_demo=True, say=said.append)
    assert said == []


@pytest.mark.django_db
def test_a_replica_that_is_none_is_found(monkeypatch):
    (unnamed,) = database.replica()
    assert unnamed.level is Level.OK
    monkeypatch.setattr(database, "connections", {"replica": connection})
    (found,) = database.replica()
    assert (found.level, found.seen) == (Level.WARN, "takes writes of its own")


class Renaming(FileSystemStorage):
    """A storage with a mind of its own."""

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        return f"other-{name}"


def test_a_restored_file_keeps_its_name(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "x"}}
    }
    assert list(files.names()) == []
    files.put("a/b.txt", ContentFile(b"one"))
    files.put("a/b.txt", ContentFile(b"two"))
    assert list(files.names()) == ["a/b.txt"]
    assert (tmp_path / "x" / "a" / "b.txt").read_bytes() == b"two"
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": f"{__name__}.Renaming", "OPTIONS": {"location": tmp_path / "x"}}
    }
    with pytest.raises(OSError, match=r"keeps c\.txt as other-c\.txt"):
        files.put("c.txt", ContentFile(b""))


def test_settings_named_on_the_command_line_count_for_the_servers_too():
    command = [sys.executable, "manage.py", "shell", "--settings", "temp_portal.settings.test", "--no-imports", "-c"]
    code = "from django.conf import settings; print(settings.EMBEDDED_SERVERS.instance)"
    done = subprocess.run(
        [*command, code],
        cwd=portal.BASE_DIR,
        env=environment(portal.VAR_DIR),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "test"


def test_a_command_holds_the_servers_while_it_runs(settings, var_folder, monkeypatch):
    monkeypatch.setattr(hook, "_leases", [])
    before = signal.getsignal(signal.SIGTERM)
    settings.EMBEDDED_SERVERS = layout = Layout(var_folder)
    try:
        with hook.for_command(["manage.py", "compile_catalogues"]):
            assert not servers.is_running(layout)
        with hook.for_command(["manage.py", "migrate"]):
            assert servers.is_running(layout)
            with pytest.raises(SystemExit) as ended:
                signal.raise_signal(signal.SIGTERM)
    finally:
        signal.signal(signal.SIGTERM, before)
    assert ended.value.code == 128 + signal.SIGTERM
    assert not servers.is_running(layout)
