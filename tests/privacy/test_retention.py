"""Every night what was kept for long enough goes, once, and figures stay as they were."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from committees.models import Application
from members.models import Person, Representative
from members.privacy.keeping import apply_rules, outlooks
from members.privacy.models import RetentionRun
from temp_portal.audit.history import history_of
from temp_portal.audit.models import Reading, Transition
from temp_portal.core.db import date_range
from tests.factories import ApplicationFactory, OrganisationFactory, PersonFactory
from tests.factories.web import enter, text

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def left(organisation, days):
    """Somebody who left so many days ago."""
    person = PersonFactory.create(email="left@example.com", phone="+1")
    until = timezone.localdate() - days * DAY
    Representative.objects.create(person=person, organisation=organisation, valid=date_range(until - 100 * DAY, until))
    return person


def test_contacts_go_six_months_after_leaving(house):
    gone, fresh = left(OrganisationFactory.create(), 190), left(OrganisationFactory.create(), 100)
    Person.objects.filter(pk=gone.pk).update(phone="+2")
    apply_rules()
    gone, fresh = Person.objects.get(pk=gone.pk), Person.objects.get(pk=fresh.pk)
    assert (gone.email, gone.phone, gone.languages) == ("", "", [])
    assert set(history_of(Person)._default_manager.filter(pgh_obj=gone.pk).values_list("email", "phone")) == {("", "")}
    assert gone.name
    assert fresh.email == "left@example.com"
    assert Person.objects.get(pk=house.person.pk).email


def test_who_still_holds_a_seat_keeps_the_contacts(house):
    Representative.objects.filter(person=house.person).update(
        valid=date_range(timezone.localdate() - 400 * DAY, timezone.localdate() - 300 * DAY)
    )
    apply_rules()
    assert Person.objects.get(pk=house.person.pk).email


def test_answers_of_a_rejected_application_go_after_a_year(house):
    application = ApplicationFactory.create(
        committee=house.committee, organisation=OrganisationFactory.create(), motivation="We build", controller="Zhang"
    )
    Application.objects.filter(pk=application.pk).update(
        state="rejected",
        number="A-2025-00001",
        decided_at=timezone.now() - 366 * DAY,
        decided_by=house.secretary,
        decision_reason="Not this sector",
    )
    chain = Transition.objects.of(application).count()
    apply_rules()
    kept = Application.objects.get(pk=application.pk)
    assert (kept.motivation, kept.controller, kept.representative) == ("", "", None)
    assert (kept.number, kept.decision_reason) == ("A-2025-00001", "Not this sector")
    assert Transition.objects.of(application).count() == chain


def test_it_is_done_once_and_told_before_and_after(client, house):
    Reading.objects.create(reader=house.staff, place="/people/", subject_type="members.person", subject_ids=[1])
    later = timezone.now() + 366 * DAY
    before = {each.rule.name: each.now for each in outlooks(later)}
    assert before["readings"] == 1
    assert {each.rule.name: each.soon for each in outlooks(later - 10 * DAY)}["readings"] == 1
    apply_rules(later)
    apply_rules(later)
    assert RetentionRun.objects.get(rule="readings").count == 1
    page = text(enter(client, house.staff).get(reverse("privacy:retention")))
    assert "Record of who read personal data" in page
