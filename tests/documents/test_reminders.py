"""Keepers are reminded 30 and 7 days before a document's last day, once each."""

from datetime import timedelta

import pytest
from django.utils import timezone

from temp_portal.documents.reminders import remind
from temp_portal.notifications.models import Delivery, Notification
from tests.factories import document_of

pytestmark = pytest.mark.django_db


def test_reminders(firm, representative, stranger):
    today = timezone.localdate()
    document = document_of(firm, by=representative, expires_on=today + timedelta(days=40))
    document_of(firm, by=representative, seed=1)
    for days, reminders in [(0, 0), (10, 1), (11, 1), (30, 1), (33, 2), (40, 2), (41, 2)]:
        remind(today + timedelta(days=days))
        assert Notification.objects.count() == reminders, days
    assert set(Delivery.objects.values_list("recipient", flat=True)) == {representative.pk}
    assert str(document.expires_on) in Notification.objects.latest("id").context["expires_on"]


def test_a_missed_sweep_is_made_up_for_and_a_replaced_document_is_silent(firm, scope, representative):
    today = timezone.localdate()
    older = document_of(firm, by=representative, expires_on=today + timedelta(days=5))
    remind(today)
    assert Notification.objects.count() == 1
    document_of(firm, by=representative, seed=1, replaces=older)
    remind(today + timedelta(days=1))
    assert Notification.objects.count() == 1
