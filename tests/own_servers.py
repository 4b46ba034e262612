"""A portal folder of a test's own: its servers are started by the test and leave nothing behind."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest

from scripts.clean import remove_servers
from temp_portal.core.embedded import servers
from temp_portal.core.embedded.layout import POSTGRES_PORT, Layout

# Addresses that the suite itself may run on; a folder of its own stands for embedded servers.
ADDRESSES = ("DATABASE_URL", "DATABASE_REPLICA_URL", "REDIS_URL", "EMAIL_URL", "STORAGE_URL", "TEST_SLOT", "PORT")


@pytest.fixture
def var_folder() -> Iterator[Path]:
    """A `var` folder in a checkout whose path has a space; pytest's own temporary folders are closed to other users."""
    checkout = Path(tempfile.mkdtemp(prefix="a portal "))
    checkout.chmod(0o755)
    yield checkout / "var"
    discard(checkout / "var")
    shutil.rmtree(checkout)


@pytest.fixture
def closed_var_folder() -> Iterator[Path]:
    """A `var` folder below a folder that only its owner may enter, as a home is."""
    home = Path(tempfile.mkdtemp(prefix="home "))
    yield home / "portal" / "var"
    discard(home / "portal" / "var")
    shutil.rmtree(home)


def discard(var: Path) -> None:
    for instance in (var / "servers").glob("*"):
        servers.stop(Layout(var, instance.name), force=True)
        remove_servers(instance)


def environment(var: Path) -> dict[str, str]:
    """Environment for a program that works on the embedded servers of ``var``."""
    kept = {name: value for name, value in os.environ.items() if name not in ADDRESSES}
    return kept | {"VAR_DIR": str(var), "DJANGO_SETTINGS_MODULE": "temp_portal.settings.dev"}


def ask(layout: Layout, query: str) -> list[tuple[object, ...]]:
    """Ask the database of an instance."""
    connection = psycopg2.connect(
        host=str(layout.sockets),
        port=POSTGRES_PORT,
        user="portal",
        dbname="portal",
        passfile=str(layout.password_file),
    )
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(query)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()
