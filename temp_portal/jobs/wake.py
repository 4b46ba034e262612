"""Waking a worker after commit, without depending on the broker.

What is to be done stands in the database and the sweepers find it; the message only makes it happen at once. So a
broker that is down or frozen costs one bounded attempt, after which this process leaves it alone for a while.
"""

from dataclasses import dataclass
from typing import Any

import structlog
from celery import current_app
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from temp_portal.core import breaker

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Wake:
    """One message to be sent after commit. Of equal ones in a transaction, one is sent."""

    task: str
    args: tuple[Any, ...]
    queue: str | None

    def __call__(self) -> None:
        publish(self.task, *self.args, queue=self.queue)


def after_commit(task: str, *args: Any, queue: str | None = None) -> None:
    """Send the task of that name once the transaction is committed; at once outside of one.

    Never raises for the broker's sake. Without a `queue` the task's route decides.
    """
    wake = Wake(task, args, queue)
    if wake not in [entry[1] for entry in connections[DEFAULT_DB_ALIAS].run_on_commit]:
        transaction.on_commit(wake)


def publish(task: str, *args: Any, queue: str | None = None) -> bool:
    """Send the task by name; tell whether the broker took it."""
    if breaker.redis.is_open:
        return False
    try:
        current_app.send_task(task, args=args, queue=queue)
    except (OperationalError, RedisError, OSError) as error:
        breaker.redis.trip()
        log.warning("broker_unreachable", task=task, error=str(error), consequence="the sweeper takes it up")
        return False
    return True
