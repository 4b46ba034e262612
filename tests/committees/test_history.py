"""Histories: of one seat, of one organisation over all committees, of one person; and who may read what of them."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from committees.enums import CommitteeState, MovementKind
from committees.models import Appointment
from committees.people import visible_people
from committees.workflows import appointments, seats
from members.enums import OwnershipType
from members.models import Consent, Representative
from temp_portal.accounts.enums import Role
from temp_portal.core.db import date_range
from tests.factories import (
    CommitteeFactory,
    OrganisationFactory,
    PersonFactory,
    UserFactory,
    admit,
    committee_with_secretary,
    own,
    user_with,
)

pytestmark = pytest.mark.django_db

JANUARY = date(2024, 1, 10)


def history_of(organisation, fmt=""):
    return reverse(f"committees:organisation-history{fmt}", args=[organisation.pk])


def page_of(person):
    return reverse("committees:person", args=[person.pk])


@pytest.fixture
def lin():
    """(person, organisation, secretary): who represents a member in two committees and is chair of the first."""
    person = PersonFactory.create(name="林一", name_latin="Lin Yi", email="lin@example.org")
    organisation = OrganisationFactory.create()
    own(organisation, OwnershipType.PRIVATE)
    secretary = None
    for number in (1, 2):
        committee, keeper = committee_with_secretary(name_en=f"Committee {number}")
        secretary = secretary or keeper
        seat = admit(committee, organisation, on=JANUARY, by=keeper, representative=person, reason="Minutes")
        office = committee.positions.create(code="chair", title_en="Chair", rank=1, holders_max=1)
        if number == 1:
            appointments.appoint(seat, office, by=keeper, effective_on=date(2024, 2, 1))
            seats.change(seat, by=keeper, effective_on=date(2024, 3, 1), chain_role="trade")
            seats.change(seat, by=keeper, effective_on=date(2024, 5, 1), representative=None)
    return person, organisation, secretary


def rows_of(client, organisation):
    page = client.get(history_of(organisation))
    return [(each.day, str(each.seat.committee), each.kind, each.change) for each in page.context["list"].page.rows]


def test_everybody_reads_what_is_public_of_an_organisation(client, lin):
    _person, organisation, _secretary = lin
    assert rows_of(client, organisation) == [
        (date(2024, 3, 1), "Committee 1", MovementKind.CHAIN, "– → Trade"),
        (date(2024, 2, 1), "Committee 1", MovementKind.OFFICE_TAKEN, "Chair"),
        (JANUARY, "Committee 1", MovementKind.JOINED, ""),
        (JANUARY, "Committee 2", MovementKind.JOINED, ""),
    ]
    for page in (client.get(history_of(organisation)), client.get(history_of(organisation, "-csv"))):
        text = page.getvalue().decode() if page.streaming else page.text
        assert "Committee 2" in text
        for private in ("林一", "Minutes", "Recorded"):
            assert private not in text, private


def test_who_keeps_a_committee_reads_its_record_as_well_and_no_other(client, lin):
    _person, organisation, secretary = lin
    client.force_login(secretary)
    rows = rows_of(client, organisation)
    assert (date(2024, 5, 1), "Committee 1", MovementKind.REPRESENTATIVE, "林一 → –") in rows
    assert (date(2024, 2, 1), "Committee 1", MovementKind.OFFICE_TAKEN, "Chair, 林一") in rows
    reasons = {
        str(each.seat.committee): each.reason
        for each in client.get(history_of(organisation)).context["list"].page.rows
        if each.kind == MovementKind.JOINED
    }
    assert reasons == {"Committee 1": "Minutes", "Committee 2": ""}
    client.force_login(user_with(Role.STAFF))
    assert len(rows_of(client, organisation)) == 5


def test_an_organisation_without_a_seat_has_an_empty_history(client):
    organisation = OrganisationFactory.create()
    assert "has had no seat in a committee" in client.get(history_of(organisation)).text
    assert client.get(f"/organisations/{organisation.pk + 1}/history/").status_code == 404


def test_a_proposed_committee_is_no_part_of_a_public_history(client):
    seat = admit(CommitteeFactory.create())
    seat.committee.__class__.objects.filter(pk=seat.committee_id).update(state=CommitteeState.PROPOSED)
    assert rows_of(client, seat.organisation) == []
    client.force_login(user_with(Role.SECRETARY, seat.committee))
    assert len(rows_of(client, seat.organisation)) == 1


def test_a_person_is_public_only_with_a_live_consent(client, lin):
    person, _organisation, secretary = lin
    assert client.get(page_of(person)).status_code == 404
    consent = Consent.objects.create(person=person, purpose="publication", text_version="1", language="en")
    page = client.get(page_of(person))
    assert page.status_code == 200
    assert "lin@example.org" not in page.text
    assert [(held.office.position.title, held.first, held.last) for held in page.context["offices"]] == [
        ("Chair", date(2024, 2, 1), None)
    ]
    represented = {(str(held.seat.committee), held.first, held.last) for held in page.context["represented"]}
    assert represented == {("Committee 1", JANUARY, date(2024, 4, 30)), ("Committee 2", JANUARY, None)}
    consent.withdrawn_at = consent.given_at
    consent.save()
    assert client.get(page_of(person)).status_code == 404
    for user, code in [
        (secretary, 200),
        (user_with(Role.STAFF), 200),
        (user_with(Role.LEADER), 200),
        (user_with(Role.CHAIR, Appointment.objects.get().position.committee), 200),
        (user_with(Role.SECRETARY, CommitteeFactory.create()), 404),
        (user_with(Role.REPRESENTATIVE, OrganisationFactory.create()), 404),
        (UserFactory.create(), 404),
    ]:
        client.force_login(user)
        page = client.get(page_of(person))
        assert page.status_code == code, user
        if code == 200:
            assert "lin@example.org" in page.text


def test_a_representative_sees_the_people_of_the_own_organisation_and_a_person_itself(client):
    organisation, user = OrganisationFactory.create(), UserFactory.create()
    person = PersonFactory.create(user=user)
    client.force_login(user)
    assert client.get(page_of(person)).status_code == 200
    Representative.objects.create(person=person, organisation=organisation, valid=date_range(JANUARY))
    client.force_login(user_with(Role.REPRESENTATIVE, organisation))
    assert client.get(page_of(person)).status_code == 200
    assert visible_people(AnonymousUser()).count() == 0


def test_what_was_recorded_of_a_person_in_error_is_shown_to_officers(client, lin):
    person, _organisation, secretary = lin
    held = Appointment.objects.current().get()
    appointments.end(held, by=secretary, effective_on=date(2024, 2, 1), reason="Somebody else was elected")
    Consent.objects.create(person=person, purpose="publication", text_version="1", language="en")
    page = client.get(page_of(person))
    assert page.context["offices"] == []
    assert "Somebody else was elected" not in page.text
    client.force_login(secretary)
    assert "Somebody else was elected" in client.get(page_of(person)).text
    seat_page = client.get(held.seat.get_absolute_url())
    assert [row["fact"].pk for row in seat_page.context["office_corrections"]] == [held.pk]
    assert "Somebody else was elected" in seat_page.text


def test_an_office_that_simply_ended_is_no_correction(client, lin):
    person, _organisation, secretary = lin
    appointments.end(Appointment.objects.current().get(), by=secretary, effective_on=date(2024, 4, 1))
    client.force_login(secretary)
    page = client.get(page_of(person))
    assert page.context["corrections"] == []
    assert [(held.first, held.last) for held in page.context["offices"]] == [(date(2024, 2, 1), date(2024, 3, 31))]


@pytest.mark.parametrize("number", [1, 3])
def test_pages_take_as_many_queries_for_one_committee_as_for_three(client, django_assert_num_queries, number):
    person, organisation = PersonFactory.create(), OrganisationFactory.create()
    for _each in range(number):
        committee, secretary = committee_with_secretary()
        seat = admit(committee, organisation, by=secretary, representative=person)
        office = committee.positions.create(code="chair", title_en="Chair", rank=1)
        appointments.appoint(seat, office, by=secretary, effective_on=date(2024, 2, 1))
    client.force_login(user_with(Role.STAFF))
    with django_assert_num_queries(10):
        client.get(page_of(person))
    with django_assert_num_queries(11):
        client.get(history_of(organisation))
