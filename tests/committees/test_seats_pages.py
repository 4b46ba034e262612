"""The page of a seat, what is done to it there, and admission without an online application."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from committees.enums import CommitteeState
from committees.models import Appointment, Seat, SeatPeriod
from committees.workflows import appointments, seats
from members.enums import OwnershipType
from members.models import Identifier, Representative
from temp_portal.accounts.enums import Role
from temp_portal.audit.models import Transition
from temp_portal.core.db import date_range
from tests.factories import (
    CommitteeFactory,
    OrganisationFactory,
    PersonFactory,
    admit,
    committee_with_secretary,
    own,
    user_with,
)

pytestmark = pytest.mark.django_db

JANUARY = date(2024, 1, 10)
ACTIONS = ["change", "suspend", "resume", "end", "reinstate", "admission", "appoint"]


def url(seat, action=""):
    name = f"committees:seat-{action}" if action else "committees:seat"
    return reverse(name, args=[seat.committee.slug, seat.pk])


@pytest.fixture
def kept(client):
    """(committee, secretary, seat), the secretary signed in."""
    committee, secretary = committee_with_secretary()
    client.force_login(secretary)
    return committee, secretary, admit(committee, on=JANUARY, by=secretary)


@pytest.mark.parametrize("action", ["", *ACTIONS])
def test_who_may_do_what_to_a_seat(client, action):
    seat = admit(CommitteeFactory.create())
    elsewhere = admit(CommitteeFactory.create())
    assert client.get(url(seat, action)).status_code == 302
    writes = 403 if action else 200
    for user, code in [
        (user_with(Role.SECRETARY, seat.committee), 200),
        (user_with(Role.STAFF), 200),
        (user_with(Role.CHAIR, seat.committee), writes),
        (user_with(Role.LEADER), writes),
        (user_with(Role.SECRETARY, elsewhere.committee), 404),
        (user_with(Role.REPRESENTATIVE, seat.organisation), 404),
    ]:
        client.force_login(user)
        assert client.get(url(seat, action)).status_code == code, user
        if code != 200 and action:
            assert client.post(url(seat, action)).status_code == code, user
    client.force_login(user_with(Role.SECRETARY, seat.committee))
    address = url(seat, action).replace(f"/{seat.pk}/", f"/{elsewhere.pk}/")
    assert client.get(address).status_code == 404


def test_the_page_tells_the_history_with_what_was_corrected(client, kept):
    _committee, secretary, seat = kept
    person = PersonFactory.create(name="Lin", email="lin@example.org")
    seats.change(seat, by=secretary, effective_on=date(2024, 3, 1), chain_role="trade", representative=person)
    seats.correct_admission(seat, by=secretary, admitted_on=date(2024, 1, 2), reason="Minutes of 2 January")
    page = client.get(url(seat))
    assert [(row["first"], row["last"]) for row in page.context["periods"]] == [
        (date(2024, 3, 1), None),
        (date(2024, 1, 2), date(2024, 2, 29)),
    ]
    wrong = page.context["corrections"]
    assert [(row["first"], row["last"]) for row in wrong] == [(JANUARY, date(2024, 2, 29))]
    for text in (
        "Minutes of 2 January",
        "Day of admission corrected to 2 Jan 2024",
        "Chain role: – → Trade",
        "Representative: – → Lin",
        "lin@example.org",
        "Recorded before: 10 Jan 2024",
    ):
        assert text in page.text, text


def test_a_change_from_a_day_on(client, kept):
    _committee, _secretary, seat = kept
    answer = client.post(
        url(seat, "change"),
        {
            "effective_on": "2024-03-01",
            "functional_role": "support",
            "chain_role": "",
            "voting": "on",
            "document": "D-1",
        },
    )
    assert answer.headers["Location"] == url(seat)
    assert SeatPeriod.objects.current().on(date(2024, 3, 1)).get(seat=seat).functional_role == "support"
    assert SeatPeriod.objects.current().on(date(2024, 2, 29)).get(seat=seat).functional_role == "none"
    assert Transition.objects.of(seat).last().details["document"] == "D-1"


def test_a_change_of_nothing_is_no_change(client, kept):
    seat = kept[2]
    answer = client.post(
        url(seat, "change"), {"effective_on": "2024-03-01", "functional_role": "none", "chain_role": "", "voting": "on"}
    )
    assert answer.status_code == 200
    assert "Nothing differs from what is recorded" in answer.text


@pytest.mark.parametrize(
    ("action", "data", "message"),
    [
        ("change", {"effective_on": "01.03.2024", "functional_role": "lead"}, "Write the day as year, month and day"),
        ("change", {"effective_on": "2999-01-01", "functional_role": "lead"}, "The day lies in the future"),
        ("change", {"effective_on": "2024-01-01", "functional_role": "lead"}, "Choose a day from 2024-01-10 on"),
        ("change", {"effective_on": "2024-03-01", "functional_role": "king"}, "Select a valid choice"),
        ("suspend", {"effective_on": "2024-03-01", "reason": ""}, "This field is required"),
        ("end", {"effective_on": "2024-03-01"}, "This field is required"),
        ("end", {"effective_on": "2024-01-10", "how": "resigned"}, "Choose a later day than that"),
        ("end", {"effective_on": "2024-03-01", "how": "expelled"}, "An expulsion needs its reason"),
        ("admission", {"admitted_on": "2024-01-10", "reason": "x"}, "This is the day on record already"),
        ("reinstate", {"reason": "x"}, "has not ended"),
        ("appoint", {"effective_on": "2024-03-01", "position": "0"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_recorded_is_explained_and_nothing_typed_is_lost(client, kept, action, data, message):
    seat = kept[2]
    answer = client.post(url(seat, action), data | {"document": "Typed by me"})
    assert answer.status_code == 200
    assert message in answer.text
    assert "<title>Error:" in answer.text
    if "document" in answer.context["form"].fields:
        assert 'value="Typed by me"' in answer.text
    assert SeatPeriod.objects.filter(seat=seat).count() == 1


def test_suspend_and_resume(client, kept):
    seat = kept[2]
    client.post(url(seat, "suspend"), {"effective_on": "2024-03-01", "reason": "Dues unpaid"})
    assert "End the suspension…" in client.get(url(seat)).text
    client.post(url(seat, "resume"), {"effective_on": "2024-04-01"})
    facts = SeatPeriod.objects.current().filter(seat=seat).order_by("valid")
    assert [fact.suspended for fact in facts] == [False, True, False]


def test_end_names_the_offices_that_end_too_and_can_be_taken_back(client, kept):
    committee, secretary, seat = kept
    chair = committee.positions.create(code="chair", title_en="Chair", rank=1)
    appointments.appoint(seat, chair, by=secretary, effective_on=JANUARY)
    assert "These offices end on the same day: Chair." in client.get(url(seat, "end")).text
    client.post(url(seat, "end"), {"how": "resigned", "effective_on": "2024-05-01", "document": "Letter"})
    page = client.get(url(seat))
    assert "Take the end back…" in page.text
    assert "30 Apr 2024" in page.text
    client.post(url(seat, "reinstate"), {"reason": "Wrong member"})
    seat.refresh_from_db()
    assert not seat.has_ended
    assert not Appointment.objects.current().filter(valid__endswith__isnull=True).exists()


def test_correct_the_day_of_admission(client, kept):
    seat = kept[2]
    client.post(url(seat, "admission"), {"admitted_on": "2023-12-01", "reason": "Minutes"})
    seat.refresh_from_db()
    assert seat.valid.lower == date(2023, 12, 1)


def test_an_appointment_is_made_through_a_person_and_ended(client, kept):
    committee, _secretary, seat = kept
    person, stranger = PersonFactory.create_batch(2)
    Representative.objects.create(person=person, organisation=seat.organisation, valid=date_range(JANUARY))
    chair = committee.positions.create(code="chair", title_en="Chair", rank=1, holders_max=1)
    data = {"position": chair.pk, "effective_on": "2024-03-01", "person": stranger.pk}
    assert "Select a valid choice" in client.post(url(seat, "appoint"), data).text
    client.post(url(seat, "appoint"), data | {"person": person.pk})
    made = Appointment.objects.current().get()
    assert (made.person, made.valid.lower) == (person, date(2024, 3, 1))
    assert "Chair (1 of 1 filled)" in client.get(url(seat, "appoint")).text

    end = reverse("committees:appointment-end", args=[committee.slug, made.pk])
    assert client.get(end).status_code == 200
    client.post(end, {"effective_on": "2024-04-01"})
    assert Appointment.objects.current().get().valid.upper == date(2024, 4, 1)
    client.force_login(user_with(Role.CHAIR, committee))
    closed = Appointment.objects.current().get()
    assert client.get(reverse("committees:appointment-end", args=[committee.slug, closed.pk])).status_code == 403


def test_the_seats_of_a_suspended_committee_are_read_only(client):
    committee, secretary = committee_with_secretary()
    seat = admit(committee, on=JANUARY, by=secretary)
    type(committee).objects.filter(pk=committee.pk).update(state=CommitteeState.SUSPENDED)
    client.force_login(secretary)
    page = client.get(url(seat))
    assert "its roster can be read, not changed" in page.text
    assert url(seat, "change") not in page.text
    answer = client.post(url(seat, "end"), {"how": "resigned", "effective_on": "2024-05-01"})
    assert "its roster cannot be changed from then on" in answer.text


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_takes_as_many_queries_for_one_period_as_for_three(client, django_assert_num_queries, number, kept):
    _committee, secretary, seat = kept
    for month in range(2, 1 + number):
        seats.change(seat, by=secretary, effective_on=date(2024, month, 1), voting=month % 2 == 0, reason="x")
    client.get(url(seat))
    with django_assert_num_queries(16):
        client.get(url(seat))


def admission(committee, **query):
    return reverse("committees:admit", args=[committee.slug]), query


@pytest.mark.parametrize("typed", ["tebian", "特变", "91650000299201121Q", "9165 0000 2992 01121q"])
def test_the_organisation_is_found_by_name_or_number(client, kept, typed):
    committee = kept[0]
    organisation = OrganisationFactory.create(legal_name="特变电工股份有限公司")
    Identifier.objects.create(organisation=organisation, scheme="uscc", value="91650000299201121Q")
    page = client.get(*admission(committee, q=typed))
    assert [row.pk for row in page.context["candidates"]] == [organisation.pk]
    assert f"?organisation={organisation.pk}" in page.text


def test_a_member_is_not_offered_again_and_nothing_found_is_explained(client, kept):
    committee, _secretary, seat = kept
    page = client.get(*admission(committee, q=seat.organisation.legal_name))
    assert "Member already" in page.text
    assert f"?organisation={seat.organisation_id}" not in page.text
    assert "No organisation of the register matches" in client.get(*admission(committee, q="qqqq")).text
    assert client.get(*admission(committee, q="\x00")).status_code == 200


@pytest.mark.parametrize("chosen", ["0", "x", "9" * 40, "-1"])
def test_an_organisation_that_is_none_is_not_found(client, kept, chosen):
    assert client.get(*admission(kept[0], organisation=chosen)).status_code == 404


def test_the_effect_on_the_composition_stands_beside_the_form(client, kept):
    committee, _secretary, seat = kept
    own(seat.organisation, OwnershipType.CENTRAL_SOE)
    organisation = OrganisationFactory.create()
    own(organisation, OwnershipType.PRIVATE)
    page = client.get(*admission(committee, organisation=organisation.pk))
    effects = {each.group: (each.before, each.after, each.share_after) for each in page.context["effects"]}
    assert effects["private"] == (0, 1, 0.5)
    assert effects["central"] == (1, 1, 0.5)
    assert "0 → 1 (0.0% → 50.0%)" in " ".join(page.text.split())
    assert page.context["form"].initial["functional_role"] == "spearhead"


def test_a_member_is_admitted_with_the_decisions_day_and_document(client, kept):
    committee, secretary, _seat = kept
    organisation = OrganisationFactory.create()
    own(organisation, OwnershipType.PRIVATE)
    address = f"{reverse('committees:admit', args=[committee.slug])}?organisation={organisation.pk}"
    data = {"effective_on": "2024-02-01", "functional_role": "spearhead", "chain_role": "trade", "voting": "on"}
    refused = client.post(address, data)
    assert list(refused.context["form"].errors) == ["document"]
    answer = client.post(address, data | {"document": "Minutes 3"})
    seat = Seat.objects.get(organisation=organisation)
    assert answer.headers["Location"] == url(seat)
    assert (seat.valid.lower, seat.functional_role, seat.created_by) == (date(2024, 2, 1), "spearhead", secretary)
    again = client.post(address, data | {"document": "Minutes 3"})
    assert "has a seat in this committee on these days already" in again.text


def test_no_admission_ahead_of_time(client, kept):
    organisation = OrganisationFactory.create()
    address = f"{reverse('committees:admit', args=[kept[0].slug])}?organisation={organisation.pk}"
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    answer = client.post(address, {"effective_on": tomorrow, "functional_role": "none", "document": "D"})
    assert "The day lies in the future" in answer.text
    assert not Seat.objects.filter(organisation=organisation).exists()
