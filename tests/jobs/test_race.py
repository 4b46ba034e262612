"""Two workers at once: one does the job; without the row lock both would."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from temp_portal.jobs import workflows
from temp_portal.jobs.enums import JobState
from temp_portal.jobs.models import Job
from temp_portal.jobs.querysets import JobQuerySet
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def meeting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever has read the row waits a moment for the other to read it too, before writing."""
    barrier = threading.Barrier(2)

    def now() -> Any:
        # It breaks where the other was kept from reading the row.
        with suppress(threading.BrokenBarrierError):
            barrier.wait(timeout=3)
        return timezone.now()

    monkeypatch.setattr(workflows, "timezone", SimpleNamespace(now=now))


def claims(job: Job) -> int:
    def claim(_number: int) -> bool:
        try:
            return workflows.claim(job.pk) is not None
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        return sum(pool.map(claim, range(2)))


@pytest.fixture
def job(db: None) -> Job:
    return Job.objects.create(kind="test.refuse", queue="jobs", created_by=UserFactory.create())


def test_one_of_two_workers_gets_the_job(job, meeting):
    assert claims(job) == 1
    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.RUNNING, 1)


def test_control_without_the_lock_both_do(job, meeting, monkeypatch):
    monkeypatch.setattr(JobQuerySet, "select_for_update", lambda rows, **_options: rows)
    assert claims(job) == 2


def test_a_double_click_starts_one_job(owner):
    def click(_number: int) -> int:
        try:
            return workflows.start("test.refuse", by=owner, key="2026-Q3").pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(click, range(4)))) == 1
    assert Job.objects.count() == 1
