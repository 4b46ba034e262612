"""A database for each scale, loaded once and used again while what loads it stays the same."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg2
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from psycopg2 import sql

from temp_portal.core import bulk, scale


def fingerprint(seats: int) -> str:
    """What the content of a database depends on: the number of seats, the loader and the migrations."""
    contents = sorted(hashlib.sha256(source.read_bytes()).hexdigest() for source in _sources())
    return hashlib.sha256(f"{seats} {contents}".encode()).hexdigest()


def _sources() -> Iterator[Path]:
    yield from (Path(bulk.__file__), Path(scale.__file__))
    for module in scale.scale_modules():
        path = Path(str(module.__file__))
        yield from path.parent.glob("*.py") if path.stem == "__init__" else [path]
    for config in apps.get_app_configs():
        yield from (Path(config.path) / "migrations").glob("0*.py")


def prepare(seats: int, *, fresh: bool) -> str:
    """The name of a database with so many seats, made now unless it is there and up to date."""
    name, mark = f"bench_{seats}", fingerprint(seats)
    if not fresh and _mark(name) == mark:
        return name
    _administer("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
    _administer("CREATE DATABASE {}", name)
    with using(name):
        call_command("migrate", verbosity=0)
        fill(seats)
    _administer("COMMENT ON DATABASE {} IS {}", name, sql.Literal(mark))
    return name


def here(seats: int) -> str:
    """The name of the current database, filled with so many seats."""
    fill(seats)
    return str(connection.settings_dict["NAME"])


def fill(seats: int) -> None:
    """Load the seats into the current database."""
    call_command("demo", seats=seats)


@contextmanager
def using(name: str) -> Iterator[None]:
    """Let the default connection lead to the database of that name."""
    before = connection.settings_dict["NAME"]
    _switch(name)
    try:
        yield
    finally:
        _switch(before)


def _switch(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name


def _mark(name: str) -> str | None:
    query = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s"
    with _server() as cursor:
        cursor.execute(query, [name])
        row = cursor.fetchone()
    return row[0] if row else None


def _administer(statement: str, name: str, *more: sql.Composable) -> None:
    with _server() as cursor:
        cursor.execute(sql.SQL(statement).format(sql.Identifier(name), *more))


@contextmanager
def _server() -> Iterator[Any]:
    database = settings.DATABASES["default"]
    link = psycopg2.connect(
        dbname="postgres",
        user=database["USER"],
        password=database.get("PASSWORD") or None,
        host=database["HOST"],
        port=database["PORT"],
        **database["OPTIONS"],
    )
    link.autocommit = True
    try:
        with link.cursor() as cursor:
            yield cursor
    finally:
        link.close()
