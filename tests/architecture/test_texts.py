"""The catalogues are complete, and the project speaks of itself alone."""

import re
import subprocess

import pytest
from django.conf import settings

from temp_portal.core import extraction

HOSTS = ["files." + "pythonhosted", "registry." + "npmjs", "pypi." + "org", "deb." + "debian"]


def tracked_files() -> list[str]:
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=settings.BASE_DIR, capture_output=True, check=True)
    return [name for name in listing.stdout.decode().split("\0") if name]


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_the_catalogue_is_complete(language):
    assert extraction.problems(language) == []


def test_no_download_host_stands_in_a_tracked_file():
    pattern = re.compile("|".join(map(re.escape, HOSTS)))
    found = []
    for name in tracked_files():
        path = settings.BASE_DIR / name
        if path.is_file() and pattern.search(path.read_text(encoding="utf-8", errors="ignore")):
            found.append(name)
    assert found == []


def test_an_untranslated_string_is_found(tmp_path, settings):
    settings.LOCALE_PATHS = [tmp_path]
    extraction.update_catalogue("ru")
    problems = extraction.problems("ru")
    assert any(problem.startswith("not translated") for problem in problems)
