"""Real workers, a real broker, a real scheduler, and kill -9."""

import os
import signal
import time
from pathlib import Path

import pytest
from django.utils import timezone

from temp_portal.audit.models import Transition
from temp_portal.jobs import workflows
from temp_portal.jobs.enums import JobState
from temp_portal.jobs.models import Job
from tests.factories import UserFactory
from tests.live import wait_until

pytestmark = pytest.mark.django_db(transaction=True)

LEASE = {"JOBS_LEASE_SECONDS": "2"}
KINDS = "tests.jobs.kinds"


def state(job: Job) -> str:
    job.refresh_from_db()
    return job.state


def test_a_worker_does_a_job_and_shows_its_progress(celery_worker_process, counting):
    celery_worker_process(include=KINDS)
    job = counting(steps=8, pause=0.4)
    seen = set()

    def finished() -> bool:
        job.refresh_from_db()
        seen.add((job.message, job.progress_done, job.progress_total))
        return job.state == JobState.SUCCEEDED

    wait_until(finished)
    assert seen & {("Freezing the figures", done, 8) for done in range(1, 7)}
    assert job.result["lines"] == 8


def test_a_job_outlives_its_worker(celery_worker_process, celery_beat_process, counting, journal):
    """The whole worker is lost in the middle: another one goes on from the checkpoint, within two leases."""
    first = celery_worker_process(include=KINDS, **LEASE)
    job = counting(steps=6, pause=0.4)
    wait_until(lambda: len(journal.read_text().split()) >= 2)
    first.kill()
    assert state(job) == JobState.RUNNING
    killed_at = timezone.now()
    done_before = len(journal.read_text().split())
    celery_beat_process(**LEASE)
    celery_worker_process(include=KINDS, **LEASE)
    wait_until(lambda: state(job) == JobState.SUCCEEDED, seconds=60)
    steps = [int(line) for line in journal.read_text().split()]
    # The step in hand when the worker died may be written twice, none is left out.
    assert sorted(set(steps)) == list(range(6))
    assert len(steps) <= 7
    assert done_before < 6
    assert job.attempts == 2
    assert "requeue" in [moved.move for moved in Transition.objects.of(job)]
    assert killed_at < job.finished_at


def test_no_job_says_running_for_longer_than_two_leases_after_its_worker_died(
    celery_worker_process, celery_beat_process, counting, journal
):
    """The process that does the job is killed, its parent and the scheduler live."""
    celery_worker_process(include=KINDS, **LEASE)
    celery_beat_process(**LEASE)
    job = counting(steps=200, pause=0.2)
    wait_until(lambda: "0" in journal.read_text())
    before = job_token(job)
    os.kill(worker_of(journal), signal.SIGKILL)
    killed = time.monotonic()
    wait_until(lambda: job_token(job) != before, seconds=20)
    assert time.monotonic() - killed < 2 * 2 + 1  # a second for the scheduler to come round on a busy machine
    workflows.cancel(job, by=job.created_by)
    wait_until(lambda: state(job) == JobState.CANCELLED)


def job_token(job: Job) -> object:
    return Job.objects.values_list("token", flat=True).get(pk=job.pk)


def worker_of(journal: Path) -> int:
    """The process that works on a journal, from the number that the kind's function leaves beside it."""
    return int(journal.with_suffix(".pid").read_text())


def test_a_running_job_is_cancelled(celery_worker_process, counting, journal):
    celery_worker_process(include=KINDS)
    job = counting(steps=100, pause=0.2)
    wait_until(lambda: state(job) == JobState.RUNNING)
    workflows.cancel(job, by=job.created_by)
    wait_until(lambda: state(job) == JobState.CANCELLED)
    done = journal.read_text()
    time.sleep(1)
    assert journal.read_text() == done


def test_the_lease_is_renewed_while_the_work_sits_in_one_long_step(celery_worker_process, journal):
    celery_worker_process(include=KINDS, **LEASE)
    job = workflows.start("test.sleep", {"seconds": 5}, by=UserFactory.create())
    wait_until(lambda: state(job) == JobState.RUNNING)
    time.sleep(3)
    assert workflows.recover_abandoned() == 0
    wait_until(lambda: state(job) == JobState.SUCCEEDED)
    assert job.attempts == 1


def test_two_schedulers_do_no_harm(celery_worker_process, celery_beat_process, counting, journal, tmp_path):
    celery_worker_process(include=KINDS, **LEASE)
    celery_beat_process(**LEASE)
    celery_beat_process(**LEASE)
    job = counting(steps=10, pause=0.4)
    wait_until(lambda: state(job) == JobState.SUCCEEDED)
    assert [int(line) for line in journal.read_text().split()] == list(range(10))
    assert job.attempts == 1
