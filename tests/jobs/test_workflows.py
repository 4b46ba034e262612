"""A job's life on one connection: what a worker, a person and the sweeper do to it."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db import OperationalError, connection
from django.utils import timezone

from temp_portal.accounts.enums import Role
from temp_portal.audit.models import Transition
from temp_portal.audit.workflow import StateConflict
from temp_portal.jobs import registry, runner, tasks, workflows
from temp_portal.jobs.enums import JobState
from temp_portal.jobs.models import Job
from temp_portal.jobs.pulse import Pulse
from temp_portal.jobs.run import Cancelled, JobRun, LeaseLost
from tests.factories import UserFactory, user_with
from tests.jobs import kinds

pytestmark = pytest.mark.django_db


def run(job: Job) -> Job:
    runner.run(job.pk, threaded=False)
    job.refresh_from_db()
    return job


def moves(job: Job) -> list[str]:
    return [moved.move for moved in Transition.objects.of(job)]


def expire(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


def test_a_job_runs_to_its_end(counting, journal, owner):
    job = run(counting(steps=3))
    assert job.state == JobState.SUCCEEDED
    assert job.result == {"lines": 3, "by": owner.email}
    assert journal.read_text().split() == ["0", "1", "2"]
    assert (job.progress_done, job.progress_total, job.progress_text) == (2, 3, "2 of 3 rows")
    assert job.finished_at is not None
    assert job.token is None
    assert moves(job) == ["start", "run", "succeed"]


def test_a_second_message_for_a_finished_job_does_nothing(counting, journal):
    job = run(counting(steps=2))
    run(job)
    assert journal.read_text().split() == ["0", "1"]
    assert moves(job) == ["start", "run", "succeed"]


def test_a_message_for_a_job_in_other_hands_does_nothing(counting, journal):
    job = counting()
    held = workflows.claim(job.pk)
    assert held is not None
    run(job)
    assert journal.read_text() == ""
    assert job.state == JobState.RUNNING
    assert job.token == held.token


def test_a_message_for_a_job_that_was_rolled_back_does_nothing():
    assert workflows.claim(10**9) is None


def test_the_reason_of_a_failure_is_kept(owner):
    job = run(workflows.start("test.refuse", {"quarter": "2026-Q3"}, by=owner))
    assert job.state == JobState.FAILED
    assert job.error == "No figures for 2026-Q3."
    assert job.trace == ""
    assert Transition.objects.of(job).last().reason == "No figures for 2026-Q3."


def test_an_error_in_the_portal_is_explained_and_traced(owner):
    job = run(workflows.start("test.crash", by=owner))
    assert job.state == JobState.FAILED
    assert str(job.pk) in job.error
    assert "ZeroDivisionError" in job.trace
    assert "ZeroDivisionError" not in job.error


def test_an_explanation_is_in_the_owners_language(owner):
    owner.language = "ru"
    owner.save()
    seen = []

    @registry.job("test.language", label="Language")
    def work(run: JobRun) -> None:
        from django.utils.translation import get_language

        seen.append(get_language())

    run(workflows.start("test.language", by=owner))
    assert seen == ["ru"]


def test_a_job_whose_kind_is_gone_fails_visibly(owner):
    job = workflows.start("test.refuse", by=owner)
    Job.objects.filter(pk=job.pk).update(kind="test.gone")
    assert run(job).state == JobState.FAILED
    assert str(job) == "test.gone"


def test_a_lost_database_costs_an_attempt_not_the_job(owner):
    calls = []

    @registry.job("test.flaky", label="Flaky", attempts=2)
    def flaky(run: JobRun) -> None:
        calls.append(run.job_id)
        raise OperationalError("server closed the connection unexpectedly")

    job = run(workflows.start("test.flaky", by=owner))
    assert job.state == JobState.QUEUED
    assert run(job).state == JobState.FAILED
    assert calls == [job.pk, job.pk]
    assert "database" in job.error


def test_one_key_starts_one_job(owner):
    first = workflows.start("test.refuse", by=owner, key="2026-Q3")
    assert workflows.start("test.refuse", by=owner, key="2026-Q3") == first
    assert workflows.start("test.refuse", by=owner, key="2026-Q4") != first
    run(first)
    assert workflows.start("test.refuse", by=owner, key="2026-Q3") != first


def test_the_right_is_asked_at_the_start_and_again_before_the_work():
    outsider, staff = UserFactory.create(), user_with(Role.STAFF)
    with pytest.raises(PermissionDenied):
        workflows.start("test.file", by=outsider)
    job = workflows.start("test.file", by=staff)
    staff.grants.all().delete()
    assert run(job).state == JobState.FAILED
    assert job.result_file.name == ""


def test_an_unknown_kind_is_refused(owner):
    with pytest.raises(ImproperlyConfigured, match=r"test\.unknown"):
        workflows.start("test.unknown", by=owner)
    with pytest.raises(ImproperlyConfigured, match="twice"):
        registry.job("test.count", label="Again")(kinds.count)


# Stopping and trying again


def test_a_waiting_job_is_cancelled_at_once(counting, owner, journal):
    job = workflows.cancel(counting(), by=owner)
    assert job.state == JobState.CANCELLED
    run(job)
    assert journal.read_text() == ""
    assert Transition.objects.of(job).last().by == owner


def test_a_running_job_stops_at_its_next_step(counting, owner, journal):
    job = counting(steps=3)
    held = workflows.claim(job.pk)
    handle = JobRun(held, Pulse(held, threaded=False))
    handle.progress(1, 3)
    assert not handle.cancelled
    assert workflows.cancel(job, by=owner).is_being_cancelled
    with pytest.raises(Cancelled):
        handle.progress(2, 3)


def test_a_cancelled_run_ends_as_cancelled_by_its_owner(owner):
    @registry.job("test.stopped", label="Stopped")
    def work(run: JobRun) -> None:
        workflows.cancel(Job.objects.get(pk=run.job_id), by=owner)
        run.progress(1, 2)
        raise AssertionError("it went on")

    job = run(workflows.start("test.stopped", by=owner))
    assert job.state == JobState.CANCELLED
    assert Transition.objects.of(job).last().by == owner


def test_a_finished_job_cannot_be_cancelled_nor_tried_again(counting, owner):
    job = run(counting())
    for action in (workflows.cancel, workflows.retry):
        with pytest.raises(StateConflict):
            action(job, by=owner)


def test_only_the_owner_and_the_secretariat_act(counting, owner):
    job, stranger = counting(), UserFactory.create()
    with pytest.raises(PermissionDenied):
        workflows.cancel(job, by=stranger)
    workflows.claim(job.pk)
    with pytest.raises(PermissionDenied):
        workflows.cancel(job, by=stranger)
    assert workflows.cancel(job, by=user_with(Role.STAFF)).cancel_requested_at is not None


def test_a_retry_goes_on_from_the_checkpoint(counting, owner, journal):
    job = counting(steps=4)
    held = workflows.claim(job.pk)
    JobRun(held, Pulse(held, threaded=False)).checkpoint(steps=2)
    workflows.fail(held, "The disk was full.")
    workflows.retry(job, by=owner)
    assert run(job).state == JobState.SUCCEEDED
    assert journal.read_text().split() == ["2", "3"]
    assert job.error == ""
    assert moves(job) == ["start", "run", "fail", "retry", "run", "succeed"]


# Dead workers


def test_the_sweeper_leaves_a_live_job_alone(counting):
    job = counting()
    workflows.claim(job.pk)
    assert workflows.recover_abandoned() == 0
    job.refresh_from_db()
    assert job.state == JobState.RUNNING


def test_the_sweeper_takes_a_job_out_of_dead_hands(counting, journal):
    job = counting(steps=2)
    workflows.claim(job.pk)
    expire(job)
    assert workflows.recover_abandoned() == 1
    assert run(job).state == JobState.SUCCEEDED
    assert job.attempts == 2


def test_a_job_that_kills_its_workers_fails_visibly(counting):
    job = counting()
    for _attempt in range(job.max_attempts):
        assert workflows.claim(job.pk) is not None
        expire(job)
        workflows.recover_abandoned()
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert "3" in job.error


def test_a_cancelled_job_in_dead_hands_is_cancelled(counting, owner):
    job = counting()
    workflows.claim(job.pk)
    workflows.cancel(job, by=owner)
    expire(job)
    workflows.recover_abandoned()
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED


def test_who_lost_the_lease_can_write_nothing_more(counting, owner):
    job = counting()
    stale = workflows.claim(job.pk)
    handle = JobRun(stale, Pulse(stale, threaded=False))
    expire(job)
    workflows.recover_abandoned()
    workflows.claim(job.pk)
    with pytest.raises(LeaseLost):
        handle.checkpoint(steps=9)
    with pytest.raises(LeaseLost):
        handle.attach(b"late", "late.txt")
    with pytest.raises(LeaseLost):
        handle.progress(9, 9)
    assert not workflows.succeed(stale, {"late": True})
    assert not workflows.give_back(stale, "late")
    job.refresh_from_db()
    assert (job.state, job.checkpoint, job.result, job.result_file.name) == (JobState.RUNNING, {}, {}, "")


def test_an_attempt_that_lost_its_lease_ends_silently(owner):
    @registry.job("test.overtaken", label="Overtaken")
    def work(run: JobRun) -> None:
        expire(Job.objects.get(pk=run.job_id))
        workflows.recover_abandoned()
        run.progress(1, 2)

    job = run(workflows.start("test.overtaken", by=owner))
    assert job.state == JobState.QUEUED


def test_a_lost_message_is_sent_again_once_in_a_while(counting, django_capture_on_commit_callbacks):
    job = counting()
    connection.run_on_commit.clear()  # as if the transaction of the start were over
    assert workflows.wake_unheard() == 0
    Job.objects.filter(pk=job.pk).update(due_at=timezone.now())
    with django_capture_on_commit_callbacks() as messages:
        assert workflows.wake_unheard() == 1
    assert [(wake.task, wake.args, wake.queue) for wake in messages] == [
        ("temp_portal.jobs.tasks.run", (job.pk,), "jobs")
    ]
    assert workflows.wake_unheard() == 0


def test_files_are_kept_under_generated_names(settings):
    job = run(workflows.start("test.file", by=user_with(Role.STAFF)))
    assert job.result_name == "Figures 2026.CSV"
    stored = Path(job.result_file.path)
    assert stored.read_bytes() == b"a;b\n1;2\n"
    assert stored.name.endswith(".csv")
    assert "Figures" not in stored.name
    assert stored.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in stored.parent.iterdir() if path.name.startswith(".")] == []


def test_the_row_history_says_which_job_made_a_change_and_for_whom(owner):
    """The base of all tasks opens the context, the runner adds the job and its owner."""
    other = UserFactory.create()

    @registry.job("test.rename", label="Renaming")
    def work(run: JobRun) -> None:
        other.name = "Renamed"
        other.save()

    job = workflows.start("test.rename", by=owner)
    tasks.run.apply(args=[job.pk]).get()
    (event,) = other.events.filter(pgh_label="update").order_by("-pgh_id")[:1]
    assert event.pgh_context.metadata == {"task": "temp_portal.jobs.tasks.run", "job": job.pk, "user": owner.pk}
