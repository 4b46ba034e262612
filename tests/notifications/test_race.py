"""Two senders at once send each mail once; without the row lock they would not."""

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from temp_portal.notifications import delivery, workflows
from temp_portal.notifications.models import Delivery
from temp_portal.notifications.querysets import DeliveryQuerySet
from tests.notifications.conftest import told

pytestmark = pytest.mark.django_db(transaction=True)


def both(work: Callable[[], Any]) -> list[Any]:
    """Do the work in two threads, each with a connection of its own."""

    def run(_number: int) -> Any:
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(run, range(2)))


@pytest.fixture
def meeting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both senders have chosen their rows before either takes them: `claim` asks for the time in between."""
    barrier = threading.Barrier(2, timeout=10)

    def now() -> Any:
        barrier.wait()
        return timezone.now()

    monkeypatch.setattr(workflows, "timezone", SimpleNamespace(now=now))


def claimed_twice() -> set[int]:
    first, second = both(lambda: {row.pk for row in workflows.claim(5)})
    return first & second


def test_two_senders_never_hold_the_same_mail(meeting):
    told(people=10)
    assert claimed_twice() == set()


def test_control_without_the_lock_they_do(meeting, monkeypatch):
    told(people=10)
    monkeypatch.setattr(DeliveryQuerySet, "select_for_update", lambda rows, **_options: rows)
    assert len(claimed_twice()) == 5


def test_two_senders_send_each_mail_once(smtp_sink, monkeypatch):
    monkeypatch.setattr(delivery, "BATCH", 20)
    told(people=200)
    assert sum(both(delivery.deliver_due)) == 200
    assert set(Counter(str(mail["Message-ID"]) for mail in smtp_sink.mails).values()) == {1}
    assert len(smtp_sink.mails) == 200
    assert not Delivery.objects.due().exists()
