"""The inbox with its bell, the choice of mails, and the local mailbox."""

import re
from urllib.parse import quote

import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection, send_mail
from django.test import Client
from django.urls import reverse

from temp_portal.accounts.enums import Role
from temp_portal.accounts.models import User
from temp_portal.jobs import runner
from temp_portal.jobs import workflows as jobs
from temp_portal.notifications import kinds, mailbox, workflows
from temp_portal.notifications.dispatch import notify
from temp_portal.notifications.models import Delivery, LocalMail, Notification
from tests.factories import UserFactory, user_with, with_second_factor
from tests.jobs import kinds as job_kinds

pytestmark = pytest.mark.django_db

INBOX = "/inbox/"
PREFERENCES = "/inbox/preferences/"


def as_user(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def reader(db) -> User:
    return UserFactory.create()


def tell(user: User, kind: str = "test_plain") -> Notification:
    return notify(kind, user, recipients=[user])


# The inbox


@pytest.mark.parametrize("url", [INBOX, PREFERENCES, "/inbox/1/", "/inbox.csv"])
def test_a_visitor_is_asked_to_sign_in(url):
    response = Client().get(url)
    assert response.status_code == 302
    assert response.url.endswith(f"next={quote(url)}")


def test_the_inbox_shows_ones_own_notices_unread_first(reader):
    old, new = tell(reader), tell(reader, "test_always")
    tell(UserFactory.create())
    workflows.mark_read(Delivery.objects.filter(notification=new))
    latest = tell(reader)
    page = text(as_user(reader).get(INBOX))
    assert re.findall(r'href="/inbox/(\d+)/"', page) == [str(row.pk) for row in (latest, old, new)]


def test_the_inbox_is_narrowed_by_kind_and_to_what_is_unread(reader):
    plain, always = tell(reader), tell(reader, "test_always")
    client = as_user(reader)
    by_kind = text(client.get(INBOX, {"kind": "test_always"}))
    assert f'href="/inbox/{always.pk}/"' in by_kind
    assert f'href="/inbox/{plain.pk}/"' not in by_kind
    workflows.mark_read(Delivery.objects.filter(notification=always))
    unread = text(client.get(INBOX, {"unread": "true"}))
    assert f'href="/inbox/{plain.pk}/"' in unread
    assert f'href="/inbox/{always.pk}/"' not in unread


def test_an_empty_inbox_says_what_will_be_there(reader):
    assert "will be listed here" in text(as_user(reader).get(INBOX))


@pytest.mark.parametrize("count", [1, 3])
def test_the_inbox_asks_as_often_for_three_notices_as_for_one(count, reader, django_assert_num_queries):
    for _each in range(count):
        tell(reader)
    client = as_user(reader)
    client.get(INBOX)
    with django_assert_num_queries(5):  # user, grants, saved views, notices, unread notices
        client.get(INBOX)


def test_opening_a_notice_marks_it_read_and_leads_to_its_subject(reader):
    job = jobs.start("test.refuse", {"quarter": "2026-Q3"}, by=reader)
    runner.run(job.pk, threaded=False)
    row = Notification.objects.get(kind="job_failed")
    response = as_user(reader).get(f"/inbox/{row.pk}/")
    assert response.url == job.get_absolute_url()
    delivery = Delivery.objects.visible_to(reader).get()
    assert delivery.read_at is not None
    as_user(reader).get(f"/inbox/{row.pk}/")
    assert Delivery.objects.visible_to(reader).get().read_at == delivery.read_at


def test_a_notice_whose_subject_has_no_page_is_shown_itself(reader):
    page = text(as_user(reader).get(f"/inbox/{tell(reader).pk}/"))
    assert "See quarter 2026-Q3.</p>" in page
    assert "<dt>Quarter</dt><dd>2026-Q3</dd>" in page


def test_a_notice_whose_subject_is_gone_is_shown_itself(reader):
    job = jobs.start("test.refuse", by=reader)
    row = notify("job_failed", job, recipients=[reader])
    job.delete()
    response = as_user(reader).get(f"/inbox/{row.pk}/")
    assert response.status_code == 200
    assert "Failed: Refusing" in text(response)


def test_nobody_opens_anothers_notice(reader):
    row = tell(reader)
    assert as_user(UserFactory.create()).get(f"/inbox/{row.pk}/").status_code == 404
    assert as_user(user_with(Role.ADMINISTRATOR)).get(f"/inbox/{row.pk}/").status_code == 404
    assert Delivery.objects.visible_to(reader).unread().count() == 1


def test_everything_is_marked_read_at_once(reader):
    other = UserFactory.create()
    for user in (reader, reader, other):
        tell(user)
    client = as_user(reader)
    page = text(client.post("/inbox/read/", follow=True))
    assert "2 notices were marked as read." in page
    assert Delivery.objects.visible_to(reader).unread().count() == 0
    assert Delivery.objects.visible_to(other).unread().count() == 1
    assert client.get("/inbox/read/").status_code == 405


def test_the_inbox_is_downloaded(reader):
    tell(reader)
    tell(UserFactory.create())
    response = as_user(reader).get("/inbox.csv")
    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0] == "Kind,Read,Received"
    assert [line.split(",")[0] for line in lines[1:]] == ["A plain notice"]


# The bell


def test_the_bell_counts_what_is_unread(reader):
    client = as_user(reader)
    assert "unread" not in text(client.get(PREFERENCES))
    tell(reader)
    tell(reader)
    assert "Inbox, 2 unread" in text(client.get(PREFERENCES))


def test_the_bell_stops_counting_at_a_hundred(reader):
    for _each in range(101):
        tell(reader)
    assert "99+" in text(as_user(reader).get(PREFERENCES))


def test_the_bell_counts_in_russian(reader):
    client = as_user(reader)
    client.cookies["django_language"] = "ru"
    tell(reader)
    assert client.get(INBOX).status_code == 200


# The choice of mails


def test_all_kinds_are_sent_by_mail_until_switched_off(reader):
    client = as_user(reader)
    page = text(client.get(PREFERENCES))
    assert "A plain notice" in page
    assert page.count(" checked>") == sum(kind.switchable for kind in kinds.every())
    wanted = [kind.name for kind in kinds.every() if kind.switchable and kind.name != "test_plain"]
    response = client.post(PREFERENCES, {"mails": wanted}, follow=True)
    assert "Your choice has been saved." in text(response)
    assert tell(reader).deliveries.mails().count() == 0
    client.post(PREFERENCES, {"mails": [*wanted, "test_plain"]})
    assert tell(reader).deliveries.mails().count() == 1


def test_what_is_always_sent_is_named_and_cannot_be_chosen(reader):
    client = as_user(reader)
    assert "<li>Always by mail</li>" in text(client.get(PREFERENCES))
    response = client.post(PREFERENCES, {"mails": ["test_always"]})
    assert response.status_code == 200
    assert "Error:" in text(response)
    assert not reader.mail_opt_outs.exists()


# Jobs


def test_a_failed_job_tells_its_owner(reader):
    job = jobs.start("test.refuse", {"quarter": "2026-Q3"}, by=reader, title="Third quarter")
    runner.run(job.pk, threaded=False)
    row = Notification.objects.get()
    assert (row.kind, row.context["reason"]) == ("job_failed", "No figures for 2026-Q3.")
    assert row.deliveries.mails().get().recipient == reader


def test_a_finished_job_tells_its_owner_where_its_kind_says_so(reader, tmp_path):
    for kind, params in [
        ("test.count", {"steps": 1, "journal": str(tmp_path / "journal")}),
        ("test.sleep", {"seconds": 0}),
    ]:
        runner.run(jobs.start(kind, params, by=reader).pk, threaded=False)
    assert [row.kind for row in Notification.objects.all()] == ["job_finished"]


def test_a_cancelled_job_tells_nobody(reader):
    jobs.cancel(jobs.start("test.refuse", by=reader), by=reader)
    assert not Notification.objects.exists()


# The local mailbox


@pytest.fixture
def local(settings):
    settings.MAILBOX_PAGE = True
    settings.EMAIL_BACKEND = "temp_portal.notifications.mailbox.MailboxBackend"


def test_mails_of_the_account_pages_are_read_in_the_mailbox(local):
    send_mail(
        "Confirm your address", "Follow http://127.0.0.1:8000/account/confirm-email/abc/ now.", None, ["a@example.org"]
    )
    client = Client()
    assert "Confirm your address" in text(client.get("/mailbox/"))
    page = text(client.get(f"/mailbox/{LocalMail.objects.get().pk}/"))
    assert '<a href="http://127.0.0.1:8000/account/confirm-email/abc/"' in page
    assert "a@example.org" in page
    assert "Local mailbox" in text(client.get(PREFERENCES, follow=True))


def test_the_html_part_is_a_download(local):
    mail = EmailMultiAlternatives("Subject", "text", to=["a@example.org"])
    mail.attach_alternative("<p>Hello <script>alert(1)</script></p>", "text/html")
    mail.send()
    plain = EmailMessage("Plain", "text", to=["a@example.org"])
    plain.send()
    first, second = LocalMail.objects.order_by("pk")
    response = Client().get(f"/mailbox/{first.pk}/html/")
    assert response.headers["Content-Disposition"] == f'attachment; filename="mail-{first.pk}.html"'
    assert b"<p>Hello" in response.content
    assert "<script>alert" not in text(Client().get(f"/mailbox/{first.pk}/"))
    assert Client().get(f"/mailbox/{second.pk}/html/").status_code == 404


def test_the_mailbox_keeps_the_latest_mails(local, monkeypatch):
    monkeypatch.setattr(mailbox, "KEPT", 3)
    get_connection().send_messages([EmailMessage(str(n), "text", to=["a@example.org"]) for n in range(5)])
    assert [mail.subject for mail in LocalMail.objects.all()] == ["4", "3", "2"]
    assert get_connection().send_messages([]) == 0


@pytest.mark.parametrize("path", ["mailbox/", "mailbox.csv", "mailbox/{pk}/", "mailbox/{pk}/html/"])
def test_elsewhere_there_is_no_mailbox(path, settings):
    assert settings.MAILBOX_PAGE is False
    mail = LocalMail.objects.create(sender="a@example.org", to="b@example.org", subject="s", text="t", html="h")
    for client in (Client(), as_user(user_with(Role.ADMINISTRATOR))):
        assert client.get("/" + path.format(pk=mail.pk)).status_code == 404
    assert "Local mailbox" not in text(as_user(UserFactory.create()).get(PREFERENCES))


# The administration site


def test_what_was_given_up_is_listed_with_its_reason_and_tried_again(reader, client):
    client.force_login(with_second_factor(user_with(Role.ADMINISTRATOR)))
    tell(reader)
    mail = Delivery.objects.mails().get()
    workflows.give_up(mail, "550 No such user here")
    url = reverse("admin:notifications_delivery_changelist")
    assert "550 No such user here" in text(client.get(url))
    client.post(url, {"action": "try_again", "_selected_action": [mail.pk]}, follow=True)
    assert Delivery.objects.due().count() == 1


__all__ = ["job_kinds"]
