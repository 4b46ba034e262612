"""Making a backup and putting one back."""

import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.db import connection, connections
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from temp_portal.core.backup import files, programs
from temp_portal.core.backup.archive import Manifest, content, opened, written

DUMP: Final = "database.dump"
FILES: Final = "files/"
# In the transaction of the restore: it fails as a whole or not at all.
EMPTY_DATABASE: Final = b"DROP SCHEMA public CASCADE; CREATE SCHEMA public;\n"


class NotEmpty(Exception):
    """The portal holds data that a restore would replace."""


@dataclass(frozen=True)
class Outcome:
    """What was saved or put back: how many files and bytes, and of which moment (ISO 8601)."""

    files: int
    size: int
    made_at: str


def backup(path: Path) -> Outcome:
    """Write database and files into the archive ``path``; raises ``ProgramFailed`` or ``OSError``.

    The database is one snapshot; the files are read after it, so that each record finds its file.
    """
    manifest = Manifest(
        made_at=timezone.now().isoformat(),
        postgresql=_server_version(),
        migrations=_last_migrations(),
    )
    with written(path, manifest) as writer, tempfile.TemporaryFile(dir=path.parent) as dump:
        programs.run("pg_dump", ["--format=custom", "--no-owner", "--no-privileges"], stdout=dump)
        writer.add(DUMP, dump, _rewound_size(dump))
        for name in files.names():
            with default_storage.open(name) as file:
                writer.add(FILES + name, file, file.size)
    return _outcome(manifest)


def restore(path: Path, *, force: bool = False) -> Outcome:
    """Replace database and files by those of an archive.

    Nothing is touched before every checksum was compared. Raises ``NotEmpty`` when there is data already and ``force``
    is not given, ``BadArchive`` for a damaged archive, ``ProgramFailed`` (the database is then as before).
    """
    if not force and _holds_data():
        raise NotEmpty
    with opened(path) as (archive, manifest):
        connections.close_all()
        with _script(archive) as script:
            programs.run("psql", ["-X", "-q", "-1", "-v", "ON_ERROR_STOP=1", "-f", "-"], stdin=script)
        _replace_files(archive, [member.name for member in manifest.members if member.name.startswith(FILES)])
    # Sessions and counts of the old data must not outlive it.
    cache.clear()
    return _outcome(manifest)


@contextmanager
def _script(archive: tarfile.TarFile) -> Iterator[IO[bytes]]:
    """Open the SQL that empties the database and fills it from the dump."""
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as script:
        dump = Path(folder, DUMP)
        with dump.open("wb") as copy:
            shutil.copyfileobj(content(archive, DUMP), copy)
        script.write(EMPTY_DATABASE)
        script.flush()
        programs.run(
            "pg_restore", ["--no-owner", "--no-privileges", "-f", "-", str(dump)], stdout=script, on_database=False
        )
        script.seek(0)
        yield script


def _replace_files(archive: tarfile.TarFile, members: list[str]) -> None:
    wanted = {name.removeprefix(FILES) for name in members}
    for name in list(files.names()):
        if name not in wanted:
            default_storage.delete(name)
    for member in members:
        files.put(member.removeprefix(FILES), content(archive, member))


def _holds_data() -> bool:
    users = get_user_model()
    has_tables = users._meta.db_table in connection.introspection.table_names()
    return (has_tables and users._default_manager.exists()) or any(True for _ in files.names())


def _server_version() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return str(cursor.fetchone()[0])


def _last_migrations() -> dict[str, str]:
    return dict(sorted(MigrationRecorder(connection).applied_migrations()))


def _rewound_size(file: IO[bytes]) -> int:
    size = file.seek(0, 2)
    file.seek(0)
    return size


def _outcome(manifest: Manifest) -> Outcome:
    kept = [member for member in manifest.members if member.name.startswith(FILES)]
    return Outcome(len(kept), sum(member.size for member in manifest.members), manifest.made_at)
