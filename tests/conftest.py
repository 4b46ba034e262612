"""What every test stands on: the embedded servers, the browser, and programs that share a test's data."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import connection
from django.utils import translation

from temp_portal.core.catalogues import compile_catalogues
from temp_portal.core.embedded import hook

pytest_plugins = ["tests.live", "tests.own_servers"]

BROWSER = Path(__file__).parent.parent / "var" / "browser" / "chromium"
BROWSER_ARGUMENTS = [
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--disable-sync",
    "--no-first-run",
    "--no-sandbox",
]


def pytest_configure(config: pytest.Config) -> None:
    """Compile the translations and start the servers before the first test; parallel processes share both."""
    compile_catalogues()
    hook.hold()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the servers when this was the last process that used them."""
    hook.release()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave tests of the sample data out where there is none: SAMPLE_DATA names its folder."""
    if os.environ.get("SAMPLE_DATA"):
        return
    left_out = [item for item in items if item.get_closest_marker("sample_data")]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The Chromium that `make test` found or fetched."""
    assert BROWSER.exists(), "No browser is set up for the tests: run `make setup-test`, which finds or fetches one."
    return {**browser_type_launch_args, "executable_path": BROWSER, "args": BROWSER_ARGUMENTS}


@pytest.fixture
def portal_environment(transactional_db: None) -> dict[str, str]:
    """Environment for a program (worker, scheduler, command) that works on this test's own database and broker.

    Meant for `subprocess`: the program sees the rows that the test commits.
    """
    database = connection.settings_dict
    options = {"host": database["HOST"], "port": database["PORT"], **database["OPTIONS"]}
    address = f"postgresql://{database['USER']}:{database['PASSWORD']}@/{database['NAME']}?{urlencode(options)}"
    storage = settings.STORAGES["default"]["OPTIONS"]["location"]
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"],
        "DATABASE_URL": address,
        "REDIS_URL": settings.REDIS_URL,
        "STORAGE_URL": f"file://{storage}",
        "TEST_SLOT": "0",
    }


@pytest.fixture(autouse=True)
def language() -> Iterator[None]:
    """A request leaves its language behind in the process; the next test starts in English again."""
    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any, django_db_keepdb: bool) -> Iterator[None]:
    """End what other processes still hold of the test database, and let none come back, so that it can be dropped."""
    yield
    if django_db_keepdb:
        return
    name = connection.settings_dict["NAME"]
    connection.close()
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f"ALTER DATABASE {connection.ops.quote_name(name)} ALLOW_CONNECTIONS false")
        cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
