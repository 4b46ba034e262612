"""Backup and restore: a real round trip, and archives that must not be put back."""

import io
import json
import tarfile
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection

from temp_portal.accounts.models import User
from temp_portal.core.backup import files, programs
from temp_portal.core.backup.archive import MANIFEST, BadArchive, opened
from temp_portal.core.backup.workflow import NotEmpty, backup, restore

pytestmark = pytest.mark.django_db(transaction=True)

DOCUMENT = "statutes/устав 章程.pdf"


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path) -> None:
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files"},
        }
    }


@pytest.fixture
def archive(tmp_path) -> Path:
    """A backup of a portal with one user and one document."""
    User.objects.create_user("first@example.org", name="Первый 第一")
    default_storage.save(DOCUMENT, ContentFile(b"%PDF of that day"))
    backup(tmp_path / "portal.tar")
    return tmp_path / "portal.tar"


def document() -> bytes:
    with default_storage.open(DOCUMENT) as file:
        return file.read()


def rewrite(path: Path, change: dict[str, bytes]) -> Path:
    """Copy an archive with other contents of some members; None leaves a member out."""
    copy = path.with_name("changed.tar")
    with tarfile.open(path) as source, tarfile.open(copy, "w") as target:
        for entry in source.getmembers():
            content = change.get(entry.name, source.extractfile(entry).read())
            entry.size = len(content)
            target.addfile(entry, io.BytesIO(content))
    return copy


def manifest_of(path: Path) -> dict[str, object]:
    with tarfile.open(path) as source:
        return json.loads(source.extractfile(MANIFEST).read())


def test_round_trip(archive, capsys):
    User.objects.filter(email="first@example.org").update(name="changed since")
    User.objects.create_user("later@example.org")
    with default_storage.open(DOCUMENT, "wb") as file:
        file.write(b"changed since")
    default_storage.save("later.txt", ContentFile(b"later"))
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE later (number int REFERENCES accounts_user)")

    call_command("restore", str(archive), "--force")

    assert list(User.objects.values_list("email", "name")) == [("first@example.org", "Первый 第一")]
    assert list(files.names()) == [DOCUMENT]
    assert document() == b"%PDF of that day"
    assert "later" not in connection.introspection.table_names()
    # Sequences go on where they stood, and history is still recorded by its triggers.
    assert User.objects.create_user("next@example.org").pk > User.objects.get(email="first@example.org").pk
    assert "Put back the database and 1 files" in capsys.readouterr().out


def test_the_archive_is_private_and_names_its_contents(archive, capsys):
    assert archive.stat().st_mode & 0o777 == 0o600
    manifest = manifest_of(archive)
    assert [member["name"] for member in manifest["members"]] == ["database.dump", f"files/{DOCUMENT}"]
    assert manifest["migrations"]["accounts"]
    call_command("backup", str(archive))
    assert "1 files" in capsys.readouterr().out
    assert [path.name for path in archive.parent.iterdir() if "draft" in path.name] == []


def test_data_is_not_replaced_unasked(archive):
    User.objects.create_user("later@example.org")
    with pytest.raises(NotEmpty):
        restore(archive)
    with pytest.raises(CommandError, match="--force"):
        call_command("restore", str(archive))
    assert User.objects.count() == 2


def test_an_empty_portal_needs_no_force(archive):
    User.objects.all().delete()
    default_storage.delete(DOCUMENT)
    assert restore(archive).files == 1
    assert User.objects.get().email == "first@example.org"


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"database.dump": b"PGDMP but not the one that was saved"}, "database.dump is damaged"),
        ({f"files/{DOCUMENT}": b"%PDF forged later"}, "is damaged"),
        ({MANIFEST: b"{"}, "cannot be read"),
        (
            {MANIFEST: b'{"members": [], "made_at": "", "postgresql": "", "migrations": {}, "format": 9}'},
            "has format 9",
        ),
        ({MANIFEST: b'{"members": [], "made_at": "", "postgresql": "", "migrations": {}}'}, "other files than"),
    ],
)
def test_a_damaged_archive_changes_nothing(archive, change, complaint):
    User.objects.create_user("later@example.org")
    with pytest.raises(CommandError, match=f"(?s)Nothing was changed.*{complaint}"):
        call_command("restore", str(rewrite(archive, change)), "--force")
    assert User.objects.count() == 2
    assert document() == b"%PDF of that day"


def test_a_cut_off_archive_changes_nothing(archive, tmp_path):
    cut = tmp_path / "cut.tar"
    cut.write_bytes(archive.read_bytes()[:2000])
    with pytest.raises(BadArchive), opened(cut):
        pass
    (tmp_path / "empty.tar").write_bytes(b"")
    with pytest.raises(BadArchive), opened(tmp_path / "empty.tar"):
        pass
    with pytest.raises(CommandError, match="There is no file"):
        call_command("restore", str(tmp_path / "absent.tar"), "--force")


def test_links_and_lost_manifests_are_refused(tmp_path):
    path = tmp_path / "odd.tar"
    with tarfile.open(path, "w") as odd:
        link = tarfile.TarInfo("files/passwd")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        odd.addfile(link)
        odd.addfile(tarfile.TarInfo(MANIFEST))
    with pytest.raises(BadArchive, match="other than plain files"), opened(path):
        pass
    with tarfile.open(path, "w") as odd:
        odd.addfile(tarfile.TarInfo("database.dump"))
    with pytest.raises(BadArchive, match="manifest is missing"), opened(path):
        pass


def test_a_dump_that_cannot_be_restored_leaves_the_database_as_it_was(archive, monkeypatch):
    monkeypatch.setattr(
        "temp_portal.core.backup.workflow.EMPTY_DATABASE", b"DROP TABLE accounts_user CASCADE; nonsense;\n"
    )
    with pytest.raises(CommandError, match=r"(?s)The database is as it was.*nonsense"):
        call_command("restore", str(archive), "--force")
    assert User.objects.get().email == "first@example.org"


def test_a_backup_that_fails_leaves_no_half_archive(tmp_path, monkeypatch):
    monkeypatch.setattr(programs, "find", lambda _name: "/bin/false")
    with pytest.raises(CommandError, match="No backup was made"):
        call_command("backup", str(tmp_path / "portal.tar"))
    assert [path for path in tmp_path.iterdir() if path.suffix in {".tar", ".draft"}] == []


def test_programs_of_the_system_serve_where_the_wheel_is_missing(monkeypatch, tmp_path):
    def missing(_name: str) -> Path:
        raise RuntimeError

    monkeypatch.setattr(programs, "postgres_program", missing)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(programs.ProgramFailed, match="pg_dump is not installed"):
        programs.find("pg_dump")
    (tmp_path / "pg_dump").touch(0o755)
    assert programs.find("pg_dump") == str(tmp_path / "pg_dump")
