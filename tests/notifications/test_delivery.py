"""Mails through a real mail server: in batches, in the recipient's language, again and again until it gives up."""

from datetime import timedelta
from email.utils import parseaddr

import pytest
from django.utils import timezone

from temp_portal.notifications import delivery, kinds, workflows
from temp_portal.notifications.enums import DeliveryState
from temp_portal.notifications.messages import message_id
from temp_portal.notifications.models import Delivery, Notification
from temp_portal.notifications.tasks import deliver
from tests.notifications.conftest import told

pytestmark = pytest.mark.django_db


def make_due() -> None:
    Delivery.objects.filter(state=DeliveryState.PENDING).update(due_at=timezone.now())


def fresh(mail: Delivery) -> Delivery:
    mail.refresh_from_db()
    return mail


def test_every_mail_goes_out_once_over_one_connection(smtp_sink):
    mails = told(people=120)
    assert deliver() == 120
    assert deliver() == 0
    assert sorted(str(mail["To"]) for mail in smtp_sink.mails) == sorted(mail.recipient.email for mail in mails)
    assert smtp_sink.sessions == 1
    assert not Delivery.objects.filter(state=DeliveryState.PENDING).exists()
    assert fresh(mails[0]).sent_at is not None


def test_what_was_sent_is_written_down_in_the_middle_of_a_batch(smtp_sink):
    """A sender that is killed repeats few mails: the others are on record already."""
    told(people=70)
    batch = delivery.Batch(workflows.claim(delivery.BATCH))
    batch.run()
    assert Delivery.objects.filter(state=DeliveryState.SENT).mails().count() == 50
    batch.record()
    assert Delivery.objects.filter(state=DeliveryState.SENT).mails().count() == 70


def test_a_mail_says_what_happened_and_where(smtp_sink, story, settings):
    settings.SITE_URL = "https://portal.example.org"
    story.submit()
    deliver()
    (mail,) = smtp_sink.to(story.secretary.email)
    notice = Notification.objects.get(kind="application_submitted")
    plain = mail.get_body(("plain",)).get_content()
    html = mail.get_body(("html",)).get_content()
    assert str(story.committee) in str(mail["Subject"])
    for part in (plain, html):
        assert f"https://portal.example.org/inbox/{notice.pk}/" in part
        assert "https://portal.example.org/inbox/preferences/" in part
        assert story.application.organisation.name_en in part
        assert Delivery.objects.mails().first().notification.context["number"] in part
    assert mail["Auto-Submitted"] == "auto-generated"
    assert parseaddr(mail["From"])[1] == "portal@localhost"


@pytest.mark.parametrize(
    ("language", "lang", "name"), [("zh-hans", "zh-Hans", "工作委员会"), ("ru", "ru", "Рабочий комитет")]
)
def test_a_mail_is_in_the_recipients_language(language, lang, name, smtp_sink, story):
    story.secretary.language = language
    story.secretary.save()
    story.submit()
    deliver()
    (mail,) = smtp_sink.to(story.secretary.email)
    assert name in str(mail["Subject"])
    html = mail.get_body(("html",)).get_content()
    assert f'<html lang="{lang}">' in html
    assert name in html
    (other,) = smtp_sink.to(story.representative.email)
    assert "Working Committee" in str(other["Subject"])


def test_names_are_escaped_in_html_and_not_in_text(smtp_sink, story):
    organisation = story.application.organisation
    organisation.name_en = "Salt & <b>Pepper</b>"
    organisation.save()
    story.submit()
    deliver()
    (mail,) = smtp_sink.to(story.secretary.email)
    assert "Salt & <b>Pepper</b>" in mail.get_body(("plain",)).get_content()
    assert "Salt &amp; &lt;b&gt;Pepper&lt;/b&gt;" in mail.get_body(("html",)).get_content()


def test_an_address_that_does_not_exist_is_given_up_at_once(smtp_sink):
    wrong, right = told(people=2)
    smtp_sink.refusals[wrong.recipient.email] = "550 No such user here"
    assert deliver() == 1
    assert fresh(wrong).state == DeliveryState.FAILED
    assert "No such user here" in wrong.error
    assert fresh(right).state == DeliveryState.SENT


def test_a_refusal_for_now_is_tried_again_ever_more_seldom_and_given_up(smtp_sink):
    (mail,) = told()
    smtp_sink.refusals[mail.recipient.email] = "451 Try again later"
    pauses = []
    for attempt in range(1, workflows.MAX_ATTEMPTS):
        make_due()
        assert deliver() == 0
        assert fresh(mail).state == DeliveryState.PENDING
        assert mail.attempts == attempt
        pauses.append(mail.due_at - timezone.now())
    assert pauses == sorted(pauses)
    assert pauses[0] > timedelta(minutes=1)
    make_due()
    deliver()
    assert fresh(mail).state == DeliveryState.FAILED
    assert "Try again later" in mail.error


def test_the_message_id_is_the_same_at_every_attempt(smtp_sink):
    first, second = told(people=2)
    smtp_sink.refusals[first.recipient.email] = "451 Try again later"
    deliver()
    smtp_sink.refusals.clear()
    make_due()
    before = message_id(first)
    deliver()
    ids = {str(mail["To"]): str(mail["Message-ID"]) for mail in smtp_sink.mails}
    assert ids[first.recipient.email] == before
    assert ids[first.recipient.email] != ids[second.recipient.email]
    assert before.endswith("@localhost>")


def test_a_mail_server_that_is_down_costs_no_attempt(smtp_sink):
    mails = told(people=3)
    smtp_sink.stop()
    assert deliver() == 0
    for mail in mails:
        assert fresh(mail).attempts == 0
        assert timedelta(0) < mail.due_at - timezone.now() <= workflows.SERVER_PAUSE
        assert "refused" in mail.error
    smtp_sink.start()
    make_due()
    assert deliver() == 3
    assert fresh(mails[0]).error == ""


def test_a_mail_does_not_wait_for_ever_for_a_server_that_is_down(smtp_sink):
    old, young = told()[0], told()[0]
    long_ago = timezone.now() - workflows.LONGEST_WAIT - timedelta(minutes=1)
    Notification.objects.filter(pk=old.notification_id).update(created_at=long_ago)
    smtp_sink.stop()
    deliver()
    assert fresh(old).state == DeliveryState.FAILED
    assert fresh(young).state == DeliveryState.PENDING


def test_a_server_that_hangs_up_costs_one_mail_an_attempt(smtp_sink):
    mails = told(people=3)
    smtp_sink.refusals[mails[1].recipient.email] = "421 Closing the connection"
    assert deliver() == 2
    assert fresh(mails[1]).state == DeliveryState.PENDING
    assert mails[1].attempts == 1
    assert [fresh(mails[each]).state for each in (0, 2)] == [DeliveryState.SENT] * 2


def test_a_mail_that_cannot_be_written_does_not_hold_up_the_others(smtp_sink):
    broken, good = told(people=2)
    recipient = broken.recipient
    recipient.email = "two lines\n@example.org"
    recipient.save()
    assert deliver() == 1
    assert fresh(broken).state == DeliveryState.PENDING
    assert broken.error != ""
    assert fresh(good).state == DeliveryState.SENT


def test_an_account_that_was_closed_meanwhile_gets_no_mail(smtp_sink):
    (mail,) = told()
    mail.recipient.is_active = False
    mail.recipient.save()
    assert deliver() == 0
    assert fresh(mail).state == DeliveryState.FAILED
    assert smtp_sink.mails == []


def test_a_batch_that_outlives_its_lease_puts_the_rest_back(smtp_sink, monkeypatch):
    told(people=3)
    monkeypatch.setattr(delivery, "SENDING_SECONDS", -1)
    batch = delivery.Batch(workflows.claim(delivery.BATCH))
    batch.run()
    assert smtp_sink.mails == []
    assert list(Delivery.objects.due().values_list("attempts", flat=True)) == [0, 0, 0]


def test_what_was_given_up_can_be_tried_again(smtp_sink):
    (mail,) = told()
    smtp_sink.refusals[mail.recipient.email] = "550 No such user here"
    deliver()
    smtp_sink.refusals.clear()
    assert workflows.try_again(Delivery.objects.all()) == 1
    assert deliver() == 1
    assert fresh(mail).state == DeliveryState.SENT


def test_a_sender_whose_lease_ran_out_changes_nothing_that_another_has_finished(smtp_sink):
    told()
    stale = workflows.claim(10)
    make_due()
    assert deliver() == 1
    workflows.postpone(stale[0], "too late")
    workflows.give_up(stale[0], "too late")
    assert fresh(stale[0]).state == DeliveryState.SENT
    assert stale[0].error == ""


def test_rendering_happens_once_per_language(smtp_sink, monkeypatch):
    told(people=20)
    rendered = []
    known = kinds.known
    monkeypatch.setattr(kinds, "known", lambda name: rendered.append(name) or known(name))
    deliver()
    assert rendered == ["test_plain"]
