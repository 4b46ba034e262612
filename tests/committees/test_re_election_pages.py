"""The guided pages of a re-election: every step is checked first, and can be left and taken up again."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from committees.enums import CommitteeState, ReElectionState
from committees.models import Position, ReElection, Term
from committees.terms import freeze
from committees.workflows import appointments
from members.models import Representative
from temp_portal.accounts.enums import Role
from temp_portal.core.db import date_range
from tests.factories import PersonFactory, admit, committee_with_secretary, give_rules, user_with

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
BEGAN = date(2022, 3, 1)


@pytest.fixture
def committee(client):
    made, secretary = committee_with_secretary()
    give_rules(made)
    Term.objects.create(committee=made, number=1, valid=date_range(BEGAN, TODAY + timedelta(days=100)))
    for rank, (code, least, most) in enumerate([("chair", 1, 1), ("vice_chair", 2, 8), ("unit_member", 0, None)]):
        Position.objects.create(
            committee=made, code=code, title_en=code, holders_min=least, holders_max=most, rank=rank
        )
    for _each in range(3):
        admit(made, on=BEGAN, by=secretary)
    appointments.appoint(made.seats.first(), made.positions.get(code="chair"), by=secretary, effective_on=BEGAN)
    client.force_login(secretary)
    return made


def address(committee, step=""):
    return reverse(f"committees:re-election{step and f'-{step}'}", args=[committee.slug])


ANNOUNCEMENT = {"announced_on": TODAY.isoformat(), "assembly_on": TODAY.isoformat(), "announcement": "Decision 3"}


def announced(client, committee):
    client.post(address(committee, "announce"), ANNOUNCEMENT | {"confirm": "1"})
    return ReElection.objects.get(committee=committee)


def nominated(client, committee):
    made = announced(client, committee)
    chair, vice = committee.positions.get(code="chair"), committee.positions.get(code="vice_chair")
    first, second, third = committee.seats.order_by("pk")
    slate = {f"position_{chair.pk}": [first.pk, second.pk], f"position_{vice.pk}": [third.pk]}
    assert client.post(address(committee, "slate"), slate).headers["Location"] == address(committee, "check")
    client.post(address(committee, "check"))
    made.refresh_from_db()
    assert made.state == ReElectionState.NOMINATED
    return made


def result(made, *elected, **people):
    said = {"elected_on": TODAY.isoformat(), "minutes": "Minutes 9", "term_ends_on": "2031-12-31"}
    for candidacy in elected:
        said.setdefault(f"elected_{candidacy.position_id}", []).append(candidacy.pk)
    return said | people


def test_what_was_typed_is_checked_before_it_is_recorded(client, committee):
    page = client.post(address(committee, "announce"), ANNOUNCEMENT)
    assert "Check before you record it" in page.text
    assert 'name="announcement" value="Decision 3"' in page.text
    assert not ReElection.objects.exists()
    back = client.post(address(committee, "announce"), ANNOUNCEMENT | {"change": "1"})
    assert "Check the announcement" in back.text
    assert 'value="Decision 3"' in back.text
    done = client.post(address(committee, "announce"), ANNOUNCEMENT | {"confirm": "1"})
    assert done.headers["Location"] == address(committee, "slate")
    assert ReElection.objects.get().announcement == "Decision 3"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"announced_on": "tomorrow"}, "announced_on"),
        ({"announced_on": "2999-01-01", "assembly_on": "2999-01-02"}, "announced_on"),
        ({"assembly_on": "2000-01-01"}, "assembly_on"),
        ({"announcement": ""}, "announcement"),
    ],
)
def test_an_impossible_announcement_is_explained(client, committee, change, field):
    page = client.post(address(committee, "announce"), ANNOUNCEMENT | {"confirm": "1"} | change)
    assert field in page.context["form"].errors
    assert not ReElection.objects.exists()


def test_the_slate_begins_with_those_who_hold_the_offices(client, committee):
    announced(client, committee)
    form = client.get(address(committee, "slate")).context["form"]
    chair = committee.positions.get(code="chair")
    assert form.initial[f"position_{chair.pk}"] == [str(committee.seats.order_by("pk").first().pk)]
    assert [str(field.label) for field in form] == ["chair", "vice_chair"]


def test_the_check_says_what_is_missing_and_shows_the_rules(client, committee):
    nominated(client, committee)
    page = client.get(address(committee, "check"))
    lines = {line["position"].code: line for line in page.context["lines"]}
    assert (lines["chair"]["is_short"], lines["vice_chair"]["is_short"]) == (False, True)
    assert "1 place" in page.text
    assert "2 to 8 places" in page.text
    assert "R9" in [change.after.rule.code for change in page.context["changes"]]


def test_an_empty_slate_is_not_closed(client, committee):
    made = announced(client, committee)
    page = client.post(address(committee, "check"))
    assert "Nobody stands for any office yet." in page.text
    made.refresh_from_db()
    assert made.state == ReElectionState.ANNOUNCED


def test_a_candidate_that_is_none_is_explained(client, committee):
    announced(client, committee)
    chair = committee.positions.get(code="chair")
    page = client.post(address(committee, "slate"), {f"position_{chair.pk}": ["999999"]})
    assert f"position_{chair.pk}" in page.context["form"].errors


def test_the_result_is_checked_and_opens_the_term(client, committee):
    made = nominated(client, committee)
    chair, vice = (
        made.candidacies.filter(position__code="chair").last(),
        made.candidacies.get(position__code="vice_chair"),
    )
    person = PersonFactory.create(name="Song Yutong")
    Representative.objects.create(person=person, organisation=chair.seat.organisation, valid=date_range(BEGAN))
    said = result(made, chair, vice, **{f"person_{chair.pk}": str(person.pk)})
    page = client.post(address(committee, "result"), said)
    assert f"{chair.seat.organisation}, Song Yutong" in page.text
    assert "vice_chair: fewer are elected than the least of 2." in page.text
    assert committee.terms.count() == 1
    done = client.post(address(committee, "result"), said | {"confirm": "1"})
    assert done.headers["Location"] == address(committee)
    committee.refresh_from_db()
    assert committee.state == CommitteeState.ACTIVE
    overview = client.get(address(committee)).text
    assert "Term 2" in overview
    frozen = reverse("committees:frozen-term", args=[committee.slug, 1])
    assert frozen in overview
    page = client.get(frozen)
    assert all(str(seat.organisation) in page.text for seat in committee.seats.all())
    assert client.get(reverse("committees:frozen-term-csv", args=[committee.slug, 1])).status_code == 200


def test_more_chosen_than_places_is_explained_and_nothing_is_lost(client, committee):
    made = nominated(client, committee)
    page = client.post(address(committee, "result"), result(made, *made.candidacies.filter(position__code="chair")))
    assert "More are chosen than there are places." in page.text
    assert 'value="Minutes 9"' in page.text


@pytest.mark.parametrize("change", [{"term_ends_on": "2000-01-01"}, {"elected_on": "2999-01-01"}, {"minutes": ""}])
def test_an_impossible_result_is_explained(client, committee, change):
    made = nominated(client, committee)
    said = result(made, made.candidacies.first()) | {"confirm": "1"} | change
    page = client.post(address(committee, "result"), said)
    assert page.status_code == 200
    assert page.context["form"].errors
    assert committee.terms.count() == 1


def test_who_records_second_is_told(client, committee):
    made = nominated(client, committee)
    said = result(made, made.candidacies.first()) | {"confirm": "1"}
    client.post(address(committee, "result"), said)
    assert client.post(address(committee, "result"), said).status_code == 404


def test_the_slate_is_opened_again_and_the_election_called_off(client, committee):
    made = nominated(client, committee)
    assert client.post(address(committee, "reopen")).headers["Location"] == address(committee, "slate")
    assert "reason" in client.post(address(committee, "call-off"), {"reason": ""}).context["form"].errors
    client.post(address(committee, "call-off"), {"reason": "No quorum"})
    made.refresh_from_db()
    assert made.state == ReElectionState.CALLED_OFF
    assert "Announce the re-election…" in client.get(address(committee)).text
    assert client.get(address(committee, "slate")).status_code == 404


def test_the_settings_lead_to_the_way_and_not_to_a_bare_form(client, committee):
    settings = reverse("committees:settings", args=[committee.slug])
    assert address(committee) in client.get(settings).text
    client.force_login(user_with(Role.STAFF))
    assert client.get(f"{settings}steps/re_elect/").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_frozen_memberships_take_as_many_queries_for_one_as_for_three(client, django_assert_num_queries, number):
    small, secretary = committee_with_secretary()
    term = Term.objects.create(committee=small, number=1, valid=date_range(BEGAN, TODAY))
    for _each in range(number):
        admit(small, on=BEGAN, by=secretary, representative=PersonFactory.create())
    assert freeze(term, TODAY, by=secretary) == number
    client.force_login(secretary)
    with django_assert_num_queries(10):
        client.get(reverse("committees:frozen-term", args=[small.slug, 1]))
