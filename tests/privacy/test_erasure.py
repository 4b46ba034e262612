"""Erasing a person: seen before, confirmed by another, done by a job; what remains bears a number."""

import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.urls import reverse
from psycopg2 import sql

from committees.models import Appointment, SeatPeriod
from members.models import Consent, Person
from members.privacy import workflows
from members.privacy.collecting import about_person
from members.privacy.enums import ErasureState
from members.privacy.erasing import preview
from members.privacy.models import Erasure
from members.workflows import claim_organisation, keep_person, merge
from temp_portal.accounts.models import User
from temp_portal.audit.models import Transition
from temp_portal.audit.workflow import StateConflict
from tests.factories import OrganisationFactory, PersonFactory
from tests.factories.race import at_once
from tests.factories.web import enter
from tests.privacy.conftest import run

NAMES = re.compile("张伟|Zhang Wei|wei.zhang@example.com|5555 0101", re.IGNORECASE)
#: What is never rewritten: sessions hold a key, and this very list of what was found.
ELSEWHERE = {"django_session"}


def rows_with_a_name():
    """Every table of the database in which a row mentions the person."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(sql.SQL("SELECT row_to_json(t)::text FROM {} AS t").format(sql.Identifier(table)))
            if table not in ELSEWHERE and any(NAMES.search(row) for (row,) in cursor.fetchall()):
                found.add(table)
    return found


@pytest.fixture
def known(house):
    """The person has left traces: earlier versions, a merged record, notices, a claim."""
    keep_person(house.person, by=house.secretary, phone="+86 10 5555 0101", name_ru="Чжан Вэй")
    merge(PersonFactory.create(name="Zhang Wei", email="wei.zhang@example.com"), house.person, by=house.staff)
    claim_organisation(OrganisationFactory.create(), by=house.user, post="Director", statement="I am Zhang Wei")
    return house


def erased(house):
    proposed = workflows.propose(house.person, by=house.staff, reason="On request")
    confirmed = workflows.confirm(proposed, by=house.colleague)
    job = run(confirmed.job)
    assert job.state == "succeeded", job.trace
    return Erasure.objects.get(pk=proposed.pk)


def test_no_table_keeps_the_name(known):
    before = rows_with_a_name()
    assert {"members_person", "members_personevent", "accounts_user", "notifications_notification"} <= before
    erased(known)
    assert rows_with_a_name() == set()


def test_facts_the_chain_and_what_was_agreed_remain(known):
    facts = SeatPeriod.objects.count(), Appointment.objects.count(), Consent.objects.count()
    chain = Transition.objects.filter(by=known.user).count()
    done = erased(known)
    assert (SeatPeriod.objects.count(), Appointment.objects.count(), Consent.objects.count()) == facts
    assert Transition.objects.filter(by=known.user).count() == chain
    assert Appointment.objects.get().person_id == known.person.pk
    person = Person.objects.get(pk=known.person.pk)
    assert str(person) == f"Person no. {person.pk} (name erased)"
    told = {line["label"]: line for line in done.outcome}
    assert told["People"]["fate"] == "emptied"
    assert told["Appointments"]["fate"] == "kept"
    assert "kept for good" in told["Appointments"]["stays"]


def test_the_account_is_closed(client, known):
    enter(client, known.user)
    erased(known)
    assert client.get(reverse("accounts:me")).status_code == 302
    assert not User.objects.get(pk=known.user.pk).live_grants


def test_the_preview_changes_nothing_and_tells_the_same(client, known):
    before = {line.label: line.count for line in preview(about_person(known.person))}
    page = enter(client, known.staff).get(reverse("privacy:erase-person", args=[known.person.pk]))
    assert "Texts of notices" in page.content.decode()
    assert Person.objects.get(pk=known.person.pk).name == "张伟"
    done = {line["label"]: line["count"] for line in erased(known).outcome}
    assert {label: count for label, count in before.items() if label in done} == {
        label: count for label, count in done.items() if label in before
    }


def test_a_second_person_confirms(client, house):
    proposed = workflows.propose(house.person, by=house.staff, reason="On request")
    with pytest.raises(PermissionDenied):
        workflows.confirm(proposed, by=house.staff)
    with pytest.raises(PermissionDenied):
        workflows.confirm(proposed, by=house.secretary)
    with pytest.raises(ValidationError, match="waits already"):
        workflows.propose(house.person, by=house.colleague, reason="Again")
    address = reverse("privacy:erasure", args=[proposed.pk])
    assert enter(client, house.staff).post(address).status_code == 403
    assert enter(client, house.secretary).get(address).status_code == 404
    workflows.decline(proposed, by=house.colleague, reason="The archive needs the name")
    with pytest.raises(StateConflict):
        workflows.confirm(proposed, by=house.colleague)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_confirm_at_once_one_does(house):
    proposed = workflows.propose(house.person, by=house.staff, reason="On request")
    third = house.colleague
    outcomes = at_once(lambda: workflows.confirm(proposed, by=third), lambda: workflows.confirm(proposed, by=third))
    assert sorted(type(each).__name__ for each in outcomes) == ["Erasure", "StateConflict"]
    assert Erasure.objects.get().state == ErasureState.CONFIRMED


def test_all_contacts_of_an_organisation_but_those_of_another_too(house):
    shared, other = PersonFactory.create(name="Li Na"), OrganisationFactory.create()
    for organisation in (house.organisation, other):
        shared.representations.create(organisation=organisation, valid=house.person.representations.get().valid)
    proposed = workflows.propose(house.organisation, by=house.staff, reason="The firm was dissolved")
    run(workflows.confirm(proposed, by=house.colleague).job)
    assert Person.objects.get(pk=house.person.pk).erased_at
    assert not Person.objects.get(pk=shared.pk).erased_at
