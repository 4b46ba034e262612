"""What the database needs before the portal is served."""

import sys
from collections.abc import Callable
from io import StringIO

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def pending_migrations() -> list[str]:
    """Return the names (``app.name``) of the migrations that the database has not seen."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def prepare(*, with_demo: bool, say: Callable[[str], None]) -> None:
    """Bring the tables up to date; fill an empty portal with demonstration data, or ask for its first administrator."""
    if pending_migrations():
        say("Preparing the database …")
        call_command("migrate", interactive=False, verbosity=0)
    if get_user_model()._default_manager.exists():
        return
    if with_demo:
        say("Loading the demonstration data …")
        call_command("demo", stdout=StringIO())
    else:
        first_administrator(say)


def first_administrator(say: Callable[[str], None]) -> None:
    """Ask for the first administrator's account on a terminal; elsewhere say how to make it."""
    if sys.stdin.isatty():
        say("The portal is empty. The first administrator:")
        call_command("createsuperuser")
    else:
        say("The portal is empty. Make the first administrator: .venv/bin/python manage.py createsuperuser")
