"""The whole way: submitted, committed, woken, sent by a real worker to a real mail server."""

import time

import pytest

from committees.enums import ApplicationState
from temp_portal.jobs.wake import publish
from temp_portal.notifications.enums import DeliveryState
from temp_portal.notifications.models import Delivery
from tests.live import broker_at, wait_until
from tests.notifications.conftest import told

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_worker_sends_what_a_commit_woke_it_for(celery_worker_process, smtp_sink, story):
    celery_worker_process(EMAIL_URL=smtp_sink.url)
    story.submit()
    wait_until(lambda: len(smtp_sink.mails) == 2)
    assert {str(mail["To"]) for mail in smtp_sink.mails} == {story.secretary.email, story.representative.email}
    wait_until(lambda: not Delivery.objects.filter(state=DeliveryState.PENDING).exists())


@pytest.mark.parametrize("server", ["dead_server", "frozen_server"])
def test_a_broker_that_is_away_when_an_application_is_submitted_loses_nothing(
    server, request, celery_worker_process, smtp_sink, story
):
    with broker_at(f"redis://{request.getfixturevalue(server)}/0"):
        begun = time.monotonic()
        story.submit()
        assert time.monotonic() - begun < 3
    story.application.refresh_from_db()
    assert story.application.state == ApplicationState.SUBMITTED
    assert Delivery.objects.due().count() == 2
    celery_worker_process(EMAIL_URL=smtp_sink.url)
    assert publish("temp_portal.notifications.tasks.deliver"), "the schedule's next round"
    wait_until(lambda: len(smtp_sink.mails) == 2)


def test_many_wakings_send_each_mail_once(celery_worker_process, smtp_sink):
    told(people=150)
    celery_worker_process(EMAIL_URL=smtp_sink.url)
    for _each in range(10):
        publish("temp_portal.notifications.tasks.deliver")
    wait_until(lambda: not Delivery.objects.filter(state=DeliveryState.PENDING).exists())
    assert len({str(mail["Message-ID"]) for mail in smtp_sink.mails}) == len(smtp_sink.mails) == 150
