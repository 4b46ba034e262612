"""A moment of which everything recorded before it is known, and one view of the database for all tables.

Facts carry the clock time of the statement that wrote them, but become visible only when its transaction ends. So a
cut-off is taken while no transaction is writing facts: then no row with an earlier time can appear later, and no
decision is counted by half.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final

from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext as _
from psycopg2 import errors

#: Below PostgreSQL's deadlock_timeout (1 s): we always give way before a writer could be chosen as a victim.
LOCK_TIMEOUT: Final = "250ms"
PAUSE_SECONDS: Final = 0.25
PATIENCE_SECONDS: Final = 300.0


class RegisterBusy(Exception):
    """Facts were being written without pause for too long; the message is for the person who waits."""


def take_cut_off(
    tables: Sequence[str], *, patience: float = PATIENCE_SECONDS, waiting: Callable[[], None] = lambda: None
) -> datetime:
    """The time now, once every writer of `tables` has finished; writers wait for an instant only.

    `waiting` is called after every vain attempt. Raises RegisterBusy after `patience` seconds.
    """
    deadline = time.monotonic() + patience
    while True:
        try:
            return _attempt(tables)
        except OperationalError as error:
            if not isinstance(error.__cause__, errors.LockNotAvailable):
                raise
        if time.monotonic() >= deadline:
            raise RegisterBusy(
                _("Records are being written without pause, perhaps by an import. Try again in a few minutes.")
            )
        waiting()
        time.sleep(PAUSE_SECONDS)


def _attempt(tables: Sequence[str]) -> datetime:
    # A string, not a composed query: the history context in force may have to go in front of it.
    names = ", ".join(map(connection.ops.quote_name, tables))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('lock_timeout')")
        (usual,) = cursor.fetchone()
        _set_lock_timeout(cursor, LOCK_TIMEOUT)
        # SHARE conflicts with every writer and with nobody who reads.
        cursor.execute(f"LOCK TABLE {names} IN SHARE MODE")
        cursor.execute("SELECT clock_timestamp()")
        (moment,) = cursor.fetchone()
        _set_lock_timeout(cursor, usual)
    found: datetime = moment
    return found


def _set_lock_timeout(cursor: Any, value: str) -> None:
    cursor.execute("SELECT set_config('lock_timeout', %s, true)", [value])


@contextmanager
def one_view() -> Iterator[None]:
    """Everything read inside sees the database as it is at the first query.

    Inside a transaction that runs already (a test's) the isolation level is fixed; the cut-off alone must do there.
    """
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield
