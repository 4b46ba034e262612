"""The pages of jobs: who sees which, what they say in each state, and the buttons."""

from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse

from temp_portal.accounts.enums import Role
from temp_portal.accounts.models import User
from temp_portal.jobs import runner, workflows
from temp_portal.jobs.enums import JobState
from temp_portal.jobs.models import Job
from temp_portal.jobs.pulse import Pulse
from temp_portal.jobs.run import JobRun
from tests.factories import UserFactory, user_with

pytestmark = pytest.mark.django_db

PAGES = ["job", "progress", "file", "cancel", "retry"]


def as_user(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text(response) -> str:
    return " ".join(response.content.decode().split())


def failed(job: Job) -> Job:
    workflows.fail(workflows.claim(job.pk), "The disk was full.", trace="Traceback: secret")
    return job


@pytest.mark.parametrize("name", PAGES)
def test_an_outsider_finds_no_job(name, counting):
    client, url = as_user(UserFactory.create()), reverse(f"jobs:{name}", args=[counting().pk])
    response = client.post(url) if name in ("cancel", "retry") else client.get(url)
    assert response.status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_a_visitor_is_asked_to_sign_in_and_comes_back(name, counting):
    url = reverse(f"jobs:{name}", args=[counting().pk])
    response = Client().get(url)
    assert response.status_code == 302
    assert response.url.endswith(f"next={quote(url)}")


@pytest.mark.parametrize("name", ["cancel", "retry"])
def test_the_buttons_only_post(name, counting, owner):
    assert as_user(owner).get(reverse(f"jobs:{name}", args=[counting().pk])).status_code == 405


def test_the_list_holds_ones_own_jobs_and_all_for_the_secretariat(counting):
    job = counting()
    other = workflows.start("test.refuse", by=UserFactory.create(), title="of somebody else")
    own = text(as_user(job.created_by).get(reverse("jobs:jobs")))
    assert "Counting: to three" in own
    assert "of somebody else" not in own
    assert "Asked for by" not in own
    everything = text(as_user(user_with(Role.STAFF)).get(reverse("jobs:jobs")))
    assert "Counting: to three" in everything
    assert "of somebody else" in everything
    assert str(other.created_by) in everything


def test_the_list_is_narrowed_by_state_and_kind(counting, owner):
    failed(workflows.start("test.refuse", by=owner, title="the other"))
    counting()
    client = as_user(owner)
    by_state = text(client.get(reverse("jobs:jobs"), {"state": JobState.FAILED}))
    assert "the other" in by_state
    assert "to three" not in by_state
    assert "to three" in text(client.get(reverse("jobs:jobs"), {"kind": "test.count"}))


def test_an_empty_list_says_what_will_be_there(owner):
    assert "will be listed here" in text(as_user(owner).get(reverse("jobs:jobs")))


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_often_for_three_jobs_as_for_one(count, counting, owner, django_assert_num_queries):
    for _each in range(count):
        counting()
    client = as_user(user_with(Role.STAFF))
    client.get(reverse("jobs:jobs"))
    with django_assert_num_queries(5):  # user, grants, saved views, jobs, unread notices
        client.get(reverse("jobs:jobs"))


def test_a_running_job_shows_units_and_can_be_cancelled(counting, owner):
    job = counting(steps=17)
    JobRun(held := workflows.claim(job.pk), Pulse(held, threaded=False)).progress(11, 17, "tables")
    page = text(as_user(owner).get(job.get_absolute_url()))
    assert "11 of 17 tables" in page
    assert 'max="17" value="11"' in page
    assert "Goes on if you leave this page." in page
    assert 'hx-trigger="every 1s"' in page
    assert reverse("jobs:cancel", args=[job.pk]) in page
    assert reverse("jobs:retry", args=[job.pk]) not in page


def test_the_fragment_goes_on_polling_while_the_job_runs(counting, owner):
    response = as_user(owner).get(reverse("jobs:progress", args=[counting().pk]), headers={"HX-Request": "true"})
    assert "HX-Retarget" not in response.headers
    assert 'hx-trigger="every 1s"' in text(response)
    assert "<html" not in text(response)


def test_the_fragment_stops_polling_at_the_end_and_exchanges_the_whole(counting, owner):
    job = failed(counting())
    response = as_user(owner).get(reverse("jobs:progress", args=[job.pk]), headers={"HX-Request": "true"})
    assert response.headers["HX-Retarget"] == response.headers["HX-Reselect"] == f"#job-{job.pk}"
    assert response.headers["HX-Trigger"] == "job-ended"
    assert "every 1s" not in text(response)
    assert "The disk was full." in text(response)


def test_a_fragment_whose_session_has_ended_sends_the_whole_page_to_sign_in(counting):
    response = Client().get(reverse("jobs:progress", args=[counting().pk]), headers={"HX-Request": "true"})
    assert response.headers["HX-Refresh"] == "true"


def test_a_failed_job_says_why_and_offers_another_try(counting, owner):
    job = failed(counting())
    client = as_user(owner)
    page = text(client.get(job.get_absolute_url()))
    assert "The disk was full." in page
    assert "secret" not in page
    response = client.post(reverse("jobs:retry", args=[job.pk]), follow=True)
    assert "queued again" in text(response)
    assert Job.objects.get().state == JobState.QUEUED


def test_technical_details_are_for_the_secretariat(counting):
    job = failed(counting())
    assert "secret" in text(as_user(user_with(Role.STAFF)).get(job.get_absolute_url()))


def test_cancelling_by_the_button(counting, owner):
    job = counting()
    response = as_user(owner).post(reverse("jobs:cancel", args=[job.pk]), follow=True)
    assert "The job was cancelled." in text(response)


def test_cancelling_a_running_job_says_that_it_will_stop(counting, owner):
    job = counting()
    workflows.claim(job.pk)
    page = text(as_user(owner).post(reverse("jobs:cancel", args=[job.pk]), follow=True))
    assert "It stops at its next step." in page
    assert "Stopping…" in page


def test_who_comes_too_late_is_told_so(counting, owner):
    job = counting()
    runner.run(job.pk, threaded=False)
    response = as_user(owner).post(reverse("jobs:cancel", args=[job.pk]))
    assert response.status_code == 409
    assert "This is no longer possible" in text(response)


# The result


@pytest.fixture
def written(db) -> Job:
    job = workflows.start("test.file", by=user_with(Role.STAFF))
    runner.run(job.pk, threaded=False)
    job.refresh_from_db()
    return job


def test_the_result_is_downloaded_under_its_name(written):
    response = as_user(written.created_by).get(reverse("jobs:file", args=[written.pk]))
    assert b"".join(response.streaming_content) == b"a;b\n1;2\n"
    assert response.headers["Content-Disposition"] == 'attachment; filename="Figures 2026.CSV"'
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response.headers["Cache-Control"]


def test_who_lost_the_right_no_longer_gets_the_result(written):
    owner = written.created_by
    owner.grants.all().delete()
    assert as_user(owner).get(reverse("jobs:file", args=[written.pk])).status_code == 403
    assert reverse("jobs:file", args=[written.pk]) not in text(as_user(owner).get(written.get_absolute_url()))


def test_a_file_that_was_removed_is_said_to_be(written):
    written.result_file.delete()
    page = text(as_user(written.created_by).get(written.get_absolute_url()))
    assert "“Figures 2026.CSV” was kept for a while" in page
    assert as_user(written.created_by).get(reverse("jobs:file", args=[written.pk])).status_code == 404


def test_a_file_that_the_storage_has_lost_is_not_found(written):
    written.result_file.storage.delete(written.result_file.name)
    assert as_user(written.created_by).get(reverse("jobs:file", args=[written.pk])).status_code == 404


# The list as a file


def test_the_list_is_downloaded_with_its_columns(counting, owner):
    failed(counting())
    response = as_user(owner).get(reverse("jobs:jobs-csv"), {"cols": "title,state,reason"})
    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0] == "Job,Which,State,Reason"
    assert lines[1].startswith("Counting,to three,")
    assert lines[1].endswith(",The disk was full.")
    assert len(lines) == 2
