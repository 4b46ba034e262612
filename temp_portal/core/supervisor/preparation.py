"""What the database needs before the portal is served; `manage.py prepare` does it in a process of its own."""

import sys
from collections.abc import Callable
from io import StringIO

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from temp_portal.core import demo
from temp_portal.core.supervisor.record import Prepared, SignIn


def pending_migrations() -> list[str]:
    """Return the names (``app.name``) of the migrations that the database has not seen."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def prepare(*, with_demo: bool, say: Callable[[str], None]) -> Prepared:
    """Bring the tables up to date; fill an empty portal with demonstration data, or ask for its first administrator."""
    migrated = bool(pending_migrations())
    if migrated:
        say("Preparing the database …")
        call_command("migrate", interactive=False, verbosity=0)
    if not get_user_model()._default_manager.exists():
        fill(with_demo=with_demo, say=say)
    return Prepared(migrated, accounts())


def fill(*, with_demo: bool, say: Callable[[str], None]) -> None:
    """Give an empty portal what one can sign in with."""
    if with_demo:
        say("Loading the demonstration data …")
        call_command("demo", stdout=StringIO())
    elif sys.stdin.isatty():
        say("The portal is empty. The first administrator:")
        call_command("createsuperuser")
    else:
        say("The portal is empty. Make the first administrator: .venv/bin/python manage.py createsuperuser")


def accounts() -> list[SignIn]:
    """Return the demonstration accounts that are in the database; none in a portal that started empty."""
    offered = demo.accounts()
    users = get_user_model()._default_manager.filter(email__in=[account.email for account in offered])
    known = set(users.values_list("email", flat=True))
    return [SignIn(account.email, account.password, account.purpose) for account in offered if account.email in known]
