"""The broker is a convenience: dead or frozen, it neither loses work nor holds up a request."""

import time
from collections.abc import Iterator

import pytest
import redis
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse

from temp_portal.core import breaker
from temp_portal.jobs import workflows
from temp_portal.jobs.enums import JobState
from temp_portal.jobs.models import Job
from tests.live import broker_at

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(params=["dead_server", "frozen_server"])
def absent(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a broker and cache that do not answer."""
    address = request.getfixturevalue(request.param)
    with broker_at(f"redis://{address}/0"):
        yield address


@pytest.fixture
def broker(settings) -> redis.Redis:
    """The real broker, empty."""
    connection = redis.Redis.from_url(settings.REDIS_URL)
    connection.flushdb()
    return connection


def test_nothing_is_lost_and_nobody_waits_for_a_broker_that_is_away(absent, counting):
    begun = time.monotonic()
    job = counting()
    assert time.monotonic() - begun < 3
    assert Job.objects.get().state == JobState.QUEUED
    begun = time.monotonic()
    counting()
    assert time.monotonic() - begun < 0.5, "the second request waited for the broker again"
    Job.objects.update(due_at=job.created_at)
    assert workflows.wake_unheard() == 2


def test_a_request_succeeds_in_time_with_broker_and_cache_away(absent, counting, settings):
    job = counting()
    held = workflows.claim(job.pk)
    workflows.fail(held, "The disk was full.")
    client = Client()
    client.force_login(job.created_by)
    breaker.redis.reset()
    settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": f"redis://{absent}/1"}}
    begun = time.monotonic()
    response = client.post(reverse("jobs:retry", args=[job.pk]))
    assert time.monotonic() - begun < 3
    assert response.status_code == 302
    assert Job.objects.get().state == JobState.QUEUED


def test_the_cache_holds_nothing_while_its_server_is_away(absent, settings):
    settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": f"redis://{absent}/1"}}
    cache.set("key", 1)
    assert cache.get("key", "default") == "default"
    assert cache.get_many(["key"]) == {}
    assert cache.add("key", 1) is False
    assert cache.touch("key") is False
    assert cache.delete("key") is False
    assert "key" not in cache
    assert cache.set_many({"key": 1}) == []
    cache.delete_many(["key"])
    cache.clear()
    with pytest.raises(ValueError, match="not found"):
        cache.incr("key")


def test_the_cache_is_asked_again_after_a_pause(absent, settings):
    real = settings.CACHES
    settings.CACHES = {"default": real["default"] | {"LOCATION": f"redis://{absent}/1"}}
    cache.set("key", 1)
    assert breaker.redis.is_open
    settings.CACHES = real
    assert cache.get("key") is None
    breaker.redis.reset()
    cache.set("key", 2)
    assert cache.get("key") == 2
    cache.delete("key")


def test_one_transaction_sends_each_message_once(broker, counting, owner):
    with transaction.atomic():
        job = counting()
        workflows.wake(job)
        workflows.wake(job)
        assert broker.llen("jobs") == 0, "sent before commit"
    assert broker.llen("jobs") == 1


def test_nothing_is_sent_for_what_was_rolled_back(broker, counting):
    with transaction.atomic():
        counting()
        transaction.set_rollback(True)
    assert broker.llen("jobs") == 0
    assert not Job.objects.exists()


def test_what_failed_for_the_cache_is_not_tried_for_the_broker(absent, counting, settings):
    settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": f"redis://{absent}/1"}}
    cache.get("key")
    begun = time.monotonic()
    counting()
    assert time.monotonic() - begun < 0.5
