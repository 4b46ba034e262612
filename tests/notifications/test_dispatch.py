"""What a notice writes, for whom, and that it lives and dies with its transaction."""

import re
from datetime import date

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, connection, transaction
from django.utils import translation

from committees.workflows import applications, reviewing
from temp_portal.accounts.enums import Role
from temp_portal.accounts.models import User
from temp_portal.notifications import kinds, workflows
from temp_portal.notifications.dispatch import notify
from temp_portal.notifications.enums import Channel, DeliveryState
from temp_portal.notifications.messages import link, message
from temp_portal.notifications.models import Delivery, Notification
from tests.factories import UserFactory, user_with
from tests.notifications.conftest import told

pytestmark = pytest.mark.django_db


def deliveries(row: Notification) -> set[tuple[int, str, str]]:
    return set(row.deliveries.values_list("recipient_id", "channel", "state"))


def test_a_notice_is_in_the_inbox_at_once_and_waits_to_be_mailed():
    user = UserFactory.create()
    row = notify("test_plain", user, recipients=[user], context={"note": "with a note"})
    assert deliveries(row) == {
        (user.pk, Channel.INBOX, DeliveryState.SENT),
        (user.pk, Channel.MAIL, DeliveryState.PENDING),
    }
    assert row.context == {"quarter": "2026-Q3", "note": "with a note"}
    assert (row.subject_type, row.subject_id) == ("accounts.user", user.pk)


@pytest.mark.parametrize("people", [1, 300])
def test_recipients_are_written_by_one_statement(people, django_assert_num_queries):
    users = User.objects.bulk_create([User(email=f"many{n}@example.org") for n in range(people)])
    everybody = User.objects.filter(email__startswith="many").order_by("name")
    with django_assert_num_queries(4):  # savepoint, notice, deliveries, release
        row = notify("test_plain", users[0], recipients=everybody)
    assert row.deliveries.count() == 2 * people


def test_nobody_is_told_twice_and_closed_accounts_not_at_all():
    user, closed = UserFactory.create(), UserFactory.create(is_active=False)
    row = notify("test_plain", user, recipients=[user, user, closed])
    assert {recipient for recipient, _channel, _state in deliveries(row)} == {user.pk}
    assert row.deliveries.count() == 2


def test_a_notice_may_have_no_recipient():
    assert notify("test_plain", UserFactory.create(), recipients=User.objects.none()).deliveries.count() == 0
    assert notify("test_plain", UserFactory.create(), recipients=[]).deliveries.count() == 0


def test_a_kind_switched_off_stays_out_of_the_mail_but_not_of_the_inbox():
    user = UserFactory.create()
    workflows.choose_mails(user, off={"test_plain", "test_always"})
    plain = notify("test_plain", user, recipients=User.objects.filter(pk=user.pk))
    always = notify("test_always", user, recipients=[user])
    assert {channel for _user, channel, _state in deliveries(plain)} == {Channel.INBOX}
    assert {channel for _user, channel, _state in deliveries(always)} == {Channel.INBOX, Channel.MAIL}


def test_one_key_is_told_once():
    user, other = UserFactory.create(), UserFactory.create()
    first = notify("test_plain", user, recipients=[user], key="quarter 2026-Q3")
    assert notify("test_plain", other, recipients=[other], key="quarter 2026-Q3") == first
    assert Delivery.objects.filter(recipient=other).count() == 0
    assert Notification.objects.count() == 1


def test_a_notice_dies_with_its_transaction(story):
    with transaction.atomic():
        story.submit()
        assert Notification.objects.filter(kind="application_submitted").exists()
        transaction.set_rollback(True)
    assert Notification.objects.count() == 0
    assert Delivery.objects.count() == 0


def test_a_kind_that_nobody_registered_is_refused():
    user = UserFactory.create()
    with pytest.raises(ImproperlyConfigured, match="test_unknown"):
        notify("test_unknown", user, recipients=[user])
    with pytest.raises(ImproperlyConfigured, match="twice"):
        kinds.register(kinds.get("test_plain"))


def test_the_database_refuses_a_second_delivery_by_the_same_channel():
    mail = told()[0]
    with pytest.raises(IntegrityError, match="delivery_once"), transaction.atomic():
        Delivery.objects.create(
            notification=mail.notification, recipient=mail.recipient, channel=Channel.INBOX, state="sent",
            sent_at=mail.notification.created_at,
        )  # fmt: skip


def test_submitting_tells_the_secretaries_and_the_enterprise(story):
    story.submit()
    told_to = set(Delivery.objects.mails().values_list("notification__kind", "recipient_id"))
    assert told_to == {
        ("application_submitted", story.secretary.pk),
        ("application_received", story.representative.pk),
    }


def walk(story) -> None:
    """Make every notice about applications happen once."""
    story.submit()
    reviewing.assign(story.application, by=user_with(Role.STAFF), to=story.secretary)
    applications.return_for_completion(story.application, by=story.secretary, note="The licence is missing.")
    story.submit()
    applications.approve(story.application, by=story.secretary, effective_on=date(2026, 10, 1), reason="Complete.")
    other = type(story)()
    other.submit()
    applications.reject(other.application, by=other.secretary, reason="Another sector.")
    third = type(story)()
    third.submit()
    applications.withdraw(third.application, by=third.representative)


def test_every_notice_about_applications_finds_what_its_text_needs(story):
    walk(story)
    about = Notification.objects.filter(kind__startswith="application_")
    rows = {row.kind: row for row in about.order_by("pk")}
    expected = {kind.name for kind in kinds.every() if kind.name.startswith("application_")}
    assert set(rows) == expected
    for name, row in rows.items():
        kind = kinds.get(name)
        wanted = re.findall(r"%\((\w+)\)s", f"{kind.subject} {kind.body}")
        assert [key for key in wanted if not row.context[key]] == [], name
        assert all(key in row.context for _label, key in kind.details), name


def test_the_reason_of_a_decision_is_in_its_notice(story):
    walk(story)
    said = {row.kind: dict(message(row).details) for row in Notification.objects.order_by("pk")}
    assert said["application_rejected"]["Reason"] == "Another sector."
    assert said["application_returned"]["What is missing"] == "The licence is missing."
    assert said["application_approved"]["Member from"] == "2026-10-01"
    assert "Reason" not in said["application_received"]


def test_names_follow_the_readers_language_and_stay_as_they_were(story):
    story.submit()
    committee = story.committee
    committee.name_en = "Renamed"
    committee.save()
    row = Notification.objects.get(kind="application_submitted")
    for language, name in [("en", "Working Committee"), ("zh-hans", "工作委员会"), ("ru", "Рабочий комитет")]:
        with translation.override(language):
            assert name in message(row).subject
            assert "Renamed" not in message(row).subject


def test_a_language_without_a_name_falls_back():
    with translation.override("ru"):
        assert kinds.in_language({"zh-hans": "特变", "en": "TBEA"}) == "TBEA"
        assert kinds.in_language({"kk": "Қазмұнайгаз"}) == "Қазмұнайгаз"
        assert kinds.in_language({}) == ""
        assert kinds.in_language(5) == 5


def test_an_old_notice_whose_kind_is_gone_can_still_be_read():
    row = Notification.objects.create(kind="gone", subject_type="nowhere.model", subject_id=1)
    assert message(row).subject == "gone"
    assert link(row) == ""


def test_a_name_with_a_line_break_makes_no_second_header_line():
    mail = told()[0]
    assert message(mail.notification).subject == "Quarter 2026-Q3 is ready"
    assert message(mail.notification).details == [("Quarter", "2026-Q3")]


def test_deliveries_of_a_removed_user_are_removed(story):
    user = UserFactory.create()
    notify("test_plain", story.secretary, recipients=[user])
    user.delete()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert Delivery.objects.count() == 0
