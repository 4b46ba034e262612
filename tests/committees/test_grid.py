"""The roster as a sheet: who may edit its cells, what is written, and who is told that somebody was faster."""

import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from committees.enums import CommitteeState
from committees.models import Appointment, Seat, SeatPeriod
from committees.workflows import appointments, seats
from members.models import Representative
from temp_portal.accounts.enums import Role
from temp_portal.audit.models import Recording, Transition
from temp_portal.core.db import date_range
from tests.factories import (
    CommitteeFactory,
    OrganisationFactory,
    PersonFactory,
    admit,
    committee_with_secretary,
    user_with,
)

pytestmark = pytest.mark.django_db

JANUARY, MARCH = date(2024, 1, 10), date(2024, 3, 1)


@pytest.fixture
def kept(client):
    """(committee, secretary, seat), the secretary signed in."""
    committee, secretary = committee_with_secretary()
    client.force_login(secretary)
    organisation = OrganisationFactory.create(name_en="Aktau Metal")
    return committee, secretary, admit(committee, organisation, on=JANUARY, by=secretary, functional_role="lead")


def page(client, committee, **query):
    return client.get(reverse("committees:roster", args=[committee.slug]), query)


def cell_url(seat):
    return reverse("committees:cell", args=[seat.committee.slug, seat.pk])


def version(client, seat):
    """What the page says about the seat's row."""
    return re.search(rf'data-key="{seat.pk}" data-version="([^"]+)"', page(client, seat.committee).text)[1]


def write(client, seat, field, value, **options):
    data = {"field": field, "value": value, "effective_on": MARCH.isoformat(), "version": options.pop("seen", None)}
    data["version"] = data["version"] or version(client, seat)
    return client.post(cell_url(seat), data | options)


def on(seat, day):
    return SeatPeriod.objects.current().on(day).get(seat=seat)


def representative(organisation, **fields):
    person = PersonFactory.create(**fields)
    Representative.objects.create(organisation=organisation, person=person, valid=date_range(JANUARY))
    return person


def test_cells_are_edited_today_by_who_keeps_the_roster(client, kept):
    committee, _secretary, _seat = kept
    assert "data-sheet" in page(client, committee).text
    assert "data-sheet" not in page(client, committee, as_of="2024-02-01").text
    client.force_login(user_with(Role.CHAIR, committee))
    assert "data-sheet" not in page(client, committee).text
    client.force_login(user_with(Role.SECRETARY, committee))
    committee.state = CommitteeState.SUSPENDED
    committee.save()
    assert "data-sheet" not in page(client, committee).text


def test_a_member_that_has_left_is_only_read(client, kept):
    committee, secretary, seat = kept
    seats.end(seat, by=secretary, effective_on=MARCH, how="resigned")
    assert cell_url(seat) not in page(client, committee, standing="all").text


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_may_send_cells(client, method):
    seat, elsewhere = admit(CommitteeFactory.create()), admit(CommitteeFactory.create())
    data = {"field": "voting"}
    assert getattr(client, method)(cell_url(seat), data).status_code == 302
    allowed = 200 if method == "get" else 422
    for user, code in [
        (user_with(Role.SECRETARY, seat.committee), allowed),
        (user_with(Role.STAFF), allowed),
        (user_with(Role.CHAIR, seat.committee), 403),
        (user_with(Role.LEADER), 403),
        (user_with(Role.SECRETARY, elsewhere.committee), 404),
        (user_with(Role.REPRESENTATIVE, seat.organisation), 404),
    ]:
        client.force_login(user)
        assert getattr(client, method)(cell_url(seat), data).status_code == code, user
    client.force_login(user_with(Role.SECRETARY, seat.committee))
    address = cell_url(seat).replace(f"/{seat.pk}/", f"/{elsewhere.pk}/")
    assert getattr(client, method)(address, data).status_code == 404


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("functional_role", "support", "support"),
        ("chain_role", "trade", "trade"),
        ("voting", "no", False),
    ],
)
def test_a_cell_is_written_from_a_day_on(client, kept, field, value, expected):
    _committee, secretary, seat = kept
    before = getattr(on(seat, date(2024, 2, 29)), field)
    answer = write(client, seat, field, value, document="Minutes 7")
    assert answer.status_code == 200
    assert "Saved, from 1 Mar 2024." in answer.text
    assert getattr(on(seat, MARCH), field) == expected
    assert getattr(on(seat, date(2024, 2, 29)), field) == before
    last = Transition.objects.of(seat).last()
    assert (last.by, last.effective_on, last.details["document"]) == (secretary, MARCH, "Minutes 7")


def test_the_answer_is_the_row_with_the_columns_of_the_page(client, kept):
    committee, _secretary, seat = kept
    shown = page(client, committee, cols="role,voting").text
    answer = client.post(
        f"{cell_url(seat)}?cols=role,voting",
        {"field": "voting", "value": "no", "effective_on": MARCH.isoformat(), "version": version(client, seat)},
    )
    row = re.search(r"<tbody>(<tr.*?</tr>)</tbody>", answer.text, re.S)[1]
    assert row == re.search(r"<tbody>(<tr.*?</tr>)</tbody>", page(client, committee, cols="role,voting").text, re.S)[1]
    assert row not in shown
    # The box to pick the row, and the two cells beside its head.
    assert row.count("<td") == 3


def test_nothing_is_recorded_where_nothing_differs(client, kept):
    seat = kept[2]
    answer = write(client, seat, "functional_role", "lead")
    assert answer.status_code == 200
    assert "Saved" not in answer.text
    assert Transition.objects.of(seat).count() == Recording.objects.count() == 1


def test_the_representative_is_one_of_those_named_by_the_organisation(client, kept):
    _committee, _secretary, seat = kept
    person = representative(seat.organisation, name="Алия")
    stranger = PersonFactory.create()
    offered = client.get(cell_url(seat), {"field": "representative"}).text
    assert f'<option value="{person.pk}">Алия</option>' in offered
    assert f'value="{stranger.pk}"' not in offered
    assert write(client, seat, "representative", stranger.pk).status_code == 422
    assert write(client, seat, "representative", person.pk).status_code == 200
    assert Seat.objects.get().representative == person
    assert write(client, seat, "representative", "").status_code == 200
    assert Seat.objects.get().representative is None


@pytest.fixture
def offices(kept):
    committee, _secretary, _seat = kept
    return [
        committee.positions.create(code=code, title_en=title, rank=rank, holders_max=places)
        for rank, (code, title, places) in enumerate([("chair", "Chair", 1), ("vice_chair", "Vice-chair", 2)], start=1)
    ]


def held(seat, day):
    facts = Appointment.objects.current().on(day).filter(seat=seat)
    return [fact.position.code for fact in facts]


def test_an_office_is_taken_exchanged_and_given_up(client, kept, offices):
    seat = kept[2]
    chair, vice = offices
    assert "Vice-chair (0 of 2 filled)" in client.get(cell_url(seat), {"field": "position"}).text
    answer = write(client, seat, "position", vice.pk)
    assert "<strong>Vice-chair</strong>" in answer.text
    assert write(client, seat, "position", chair.pk, effective_on="2024-05-01").status_code == 200
    assert [held(seat, day) for day in (date(2024, 4, 30), date(2024, 5, 1))] == [["vice_chair"], ["chair"]]
    assert write(client, seat, "position", "", effective_on="2024-06-01").status_code == 200
    assert held(seat, date(2024, 6, 1)) == []


def test_an_office_that_is_taken_is_refused_and_the_old_one_kept(client, kept, offices):
    committee, secretary, seat = kept
    chair, vice = offices
    other = admit(committee, OrganisationFactory.create(name_en="Other"), by=secretary, on=JANUARY)
    appointments.appoint(other, chair, by=secretary, effective_on=JANUARY)
    write(client, seat, "position", vice.pk)
    answer = write(client, seat, "position", chair.pk, effective_on="2024-05-01")
    assert answer.status_code == 422
    assert "Chair: Other holds it on these days." in answer.text
    assert held(seat, date(2024, 5, 1)) == ["vice_chair"]


def test_several_offices_are_changed_on_the_page_of_the_seat(client, kept, offices):
    committee, secretary, seat = kept
    for office in offices:
        appointments.appoint(seat, office, by=secretary, effective_on=MARCH)
    assert 'data-edit="position"' not in page(client, committee).text
    answer = write(client, seat, "position", "")
    assert answer.status_code == 422
    assert "The member holds several offices" in answer.text


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"effective_on": "01.03.2024"}, "Changes hold from|From when: Write the day as year, month and day"),
        ({"effective_on": "2999-01-01"}, "The day lies in the future"),
        ({"effective_on": "2023-01-01"}, "Choose a day from 2024-01-10 on"),
        ({"value": "king"}, "Select a valid choice"),
        ({"field": "emperor"}, "Select a valid choice"),
        ({"field": ""}, "This field is required"),
        ({"version": "\x00"}, "Null characters are not allowed"),
    ],
)
def test_what_cannot_be_written_is_explained(client, kept, data, message):
    seat = kept[2]
    sent = {"field": "functional_role", "value": "support", "effective_on": "2024-03-01"}
    answer = client.post(cell_url(seat), sent | {"version": version(client, seat)} | data)
    assert answer.status_code == 422
    assert re.search(message, answer.text)
    assert Seat.objects.get().functional_role == "lead"


def test_choices_of_no_cell_are_not_found(client, kept):
    assert client.get(cell_url(kept[2]), {"field": "organisation"}).status_code == 404


def test_who_is_late_reads_who_was_faster_and_what_was_recorded(client, kept):
    committee, _secretary, seat = kept
    seen = version(client, seat)
    rival = user_with(Role.SECRETARY, committee, name="Rival Secretary")
    seats.change(seat, by=rival, effective_on=MARCH, functional_role="support")
    answer = write(client, seat, "functional_role", "spearhead", seen=seen)
    assert answer.status_code == 409
    told = r"Rival Secretary, [^(]+: Changed from 1 Mar 2024 \(Functional role: Lead → Support\)\."
    assert re.search(told, answer.text)
    assert 'data-edit="functional_role" data-value="support"' in answer.text
    assert Seat.objects.get().functional_role == "support"
    assert write(client, seat, "functional_role", "spearhead").status_code == 200


@pytest.mark.parametrize("move", ["appoint", "end_appointment", "end", "take_back"])
def test_every_change_of_a_row_makes_another_version(client, kept, offices, move):
    _committee, secretary, seat = kept
    held = appointments.appoint(seat, offices[0], by=secretary, effective_on=MARCH)
    seen = version(client, seat)
    if move == "appoint":
        appointments.appoint(seat, offices[1], by=secretary, effective_on=MARCH)
    elif move == "end":
        seats.end(seat, by=secretary, effective_on=timezone.localdate(), how="resigned")
    else:
        # On its first day the appointment is taken back: no fact is added, one is superseded.
        appointments.end(held, by=secretary, effective_on=MARCH if move == "take_back" else timezone.localdate())
    assert write(client, seat, "chain_role", "trade", seen=seen).status_code == 409


def test_an_edit_is_taken_back(client, kept):
    seat = kept[2]
    answer = write(client, seat, "functional_role", "support")
    undo = re.search(r'action="([^"]+)"', answer.text)[1]
    taken_back = client.post(undo)
    assert taken_back.status_code == 200
    assert "Taken back." in taken_back.text
    assert 'data-edit="functional_role" data-value="lead"' in taken_back.text
    assert on(seat, MARCH).functional_role == Seat.objects.get().functional_role == "lead"
    again = client.post(undo)
    assert again.status_code == 409
    assert "has taken this back already" in again.text


def test_what_was_changed_since_is_not_taken_back(client, kept):
    seat = kept[2]
    undo = re.search(r'action="([^"]+)"', write(client, seat, "functional_role", "support").text)[1]
    write(client, seat, "chain_role", "trade")
    answer = client.post(undo)
    assert answer.status_code == 409
    assert "something was recorded since" in answer.text
    assert Seat.objects.get().functional_role == "support"


def test_only_recordings_of_the_committee_are_taken_back(client, kept):
    seat = kept[2]
    admit(CommitteeFactory.create())
    foreign = Recording.objects.last()
    address = reverse("committees:roster-undo", args=[seat.committee.slug, foreign.pk])
    assert client.post(address).status_code == 404
    assert client.get(address).status_code == 405


def test_the_row_tells_the_last_change_and_who_speaks_in_an_office(client, kept, offices):
    committee, _secretary, seat = kept
    rival = user_with(Role.STAFF, name="Registry Clerk")
    speaker = PersonFactory.create(name="Dana")
    appointments.appoint(seat, offices[0], by=rival, effective_on=MARCH, person=speaker)
    text = page(client, committee).text
    assert '<strong>Chair</strong><span class="sub">Dana</span>' in text
    assert '<span class="sub">Registry Clerk</span>' in text


@pytest.mark.parametrize("number", [1, 3])
def test_the_sheet_takes_as_many_queries_for_one_member_as_for_three(client, django_assert_num_queries, number, kept):
    committee, secretary, _seat = kept
    for _each in range(number - 1):
        admit(committee, by=secretary, representative=PersonFactory.create())
    everything = "country,ownership,role,chain,position,representative,since,until,standing,voting,changed"
    with django_assert_num_queries(14):
        page(client, committee, cols=everything)


def test_a_cell_takes_few_queries(client, kept, django_assert_num_queries):
    seat = kept[2]
    seen = version(client, seat)
    with django_assert_num_queries(23):
        write(client, seat, "functional_role", "support", seen=seen)
