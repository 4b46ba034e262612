"""Result files: whole or absent, and not for ever."""

import os
import time
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.storage import default_storage

from temp_portal.accounts.enums import Role
from temp_portal.core import files
from temp_portal.jobs import retention, runner, workflows
from temp_portal.jobs.run import FOLDER
from tests.factories import user_with


class Breaking(BytesIO):
    """A source that breaks off in the middle."""

    def read(self, size: int | None = -1) -> bytes:
        raise OSError("no space left on device")


def test_a_file_that_broke_off_never_carries_a_final_name():
    before = set(files.names_in("broken"))
    with pytest.raises(OSError, match="no space"):
        files.keep(Breaking(), folder="broken", name="a.csv")
    left = set(files.names_in("broken")) - before
    assert all(Path(name).name.startswith(".") for name in left)
    for name in left:
        files.discard(name)


@pytest.mark.parametrize(
    ("name", "ending"), [("a.XLSX", ".xlsx"), ("../../etc/passwd", ""), ("a.b c", ""), ("表.csv", ".csv"), ("x", "")]
)
def test_only_a_plain_ending_of_the_name_is_used(name, ending, tmp_path):
    source = tmp_path / "source"
    source.write_bytes(b"content")
    stored = files.keep(source, folder="endings", name=name)
    assert stored.removesuffix(ending).removeprefix("endings/").isalnum()
    assert Path(default_storage.path(stored)).read_bytes() == b"content"
    files.discard(stored)
    assert not default_storage.exists(stored)


@pytest.mark.django_db
def test_old_files_are_removed_and_young_ones_kept(settings):
    staff = user_with(Role.STAFF)
    old, young = (workflows.start("test.file", by=staff) for _each in range(2))
    for job in (old, young):
        runner.run(job.pk, threaded=False)
        job.refresh_from_db()
    orphan = files.keep(b"of an attempt that lost its lease", folder=FOLDER, name="a.csv")
    long_ago = time.time() - timedelta(days=settings.JOBS_FILES_DAYS, minutes=1).total_seconds()
    for name in (old.result_file.name, orphan):
        os.utime(default_storage.path(name), (long_ago, long_ago))
    assert retention.purge() == 2
    old.refresh_from_db()
    young.refresh_from_db()
    assert (old.result_file.name, old.result_name) == ("", "Figures 2026.CSV")
    assert default_storage.exists(young.result_file.name)
    assert not default_storage.exists(orphan)


def test_a_folder_that_does_not_exist_has_no_files():
    assert files.names_in("never-made") == []
