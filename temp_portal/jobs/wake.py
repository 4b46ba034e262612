"""Waking a worker after commit, without depending on the broker.

What is to be done stands in the database and the sweepers find it; the message only makes it happen at once. So a
broker that is down or frozen costs one bounded attempt, after which this process leaves it alone for a while.
"""

import time
from typing import TYPE_CHECKING, Any, Final

import structlog
from celery import current_app
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

if TYPE_CHECKING:
    from celery.app.task import Task

log = structlog.get_logger(__name__)

PAUSE_SECONDS: Final = 10.0


class Wake:
    """One message to be sent after commit. Two equal ones in a transaction are sent once."""

    def __init__(self, task: str, *args: Any) -> None:
        self.task = task
        self.args = args

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Wake) and (self.task, self.args) == (other.task, other.args)

    def __hash__(self) -> int:
        return hash((self.task, self.args))

    def __call__(self) -> None:
        publish(self.task, *self.args)


class Breaker:
    """Remembers until when the broker is left alone, so that one request after another does not wait for it."""

    def __init__(self) -> None:
        self.until = 0.0

    @property
    def is_open(self) -> bool:
        return time.monotonic() < self.until

    def trip(self) -> None:
        self.until = time.monotonic() + PAUSE_SECONDS

    def reset(self) -> None:
        self.until = 0.0


breaker: Final = Breaker()


def after_commit(task: "Task[Any, Any]", *args: Any) -> None:
    """Send the task once the transaction is committed; at once outside of one. Never raises for the broker's sake."""
    wake = Wake(str(task.name), *args)
    pending = [entry[1] for entry in connections[DEFAULT_DB_ALIAS].run_on_commit]
    if wake not in pending:
        transaction.on_commit(wake)


def publish(task: str, *args: Any) -> bool:
    """Send the task by name; tell whether the broker took it."""
    if breaker.is_open:
        return False
    try:
        current_app.tasks[task].apply_async(args=args)
    except (OperationalError, RedisError, OSError) as error:
        breaker.trip()
        log.warning("broker_unreachable", task=task, error=str(error), consequence="the sweeper takes it up")
        return False
    return True
