"""The roster as those see it who keep the committee: who may, what it shows, how it is narrowed and sorted."""

from datetime import date

import pytest
from django.urls import reverse

from committees.workflows import appointments, seats
from members.enums import OwnershipType
from temp_portal.accounts.enums import Role
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


def roster(client, committee, **query):
    page = client.get(reverse("committees:roster", args=[committee.slug]), query)
    assert page.status_code == 200
    return page


def members(client, committee, **query):
    return [row.seat_id for row in roster(client, committee, **query).context["list"].page.rows]


@pytest.mark.parametrize("fmt", ["", "-csv", "-xlsx"])
def test_who_may_see_the_roster(client, fmt):
    committee = CommitteeFactory.create()
    address = reverse(f"committees:roster{fmt}", args=[committee.slug])
    assert client.get(address).status_code == 302
    for role, scope, code in [
        (Role.SECRETARY, committee, 200),
        (Role.CHAIR, committee, 200),
        (Role.STAFF, None, 200),
        (Role.LEADER, None, 200),
        (Role.SECRETARY, CommitteeFactory.create(), 404),
        (Role.CHAIR, CommitteeFactory.create(), 404),
        (Role.REPRESENTATIVE, OrganisationFactory.create(), 404),
        (Role.REVIEWER, None, 404),
    ]:
        client.force_login(user_with(role, scope))
        assert client.get(address).status_code == code, role


def test_only_who_keeps_the_roster_is_offered_to_admit_and_only_today(client):
    committee, secretary = committee_with_secretary()
    address = reverse("committees:admit", args=[committee.slug])
    client.force_login(user_with(Role.CHAIR, committee))
    assert address not in roster(client, committee).text
    client.force_login(secretary)
    assert address in roster(client, committee).text
    past = roster(client, committee, as_of="2024-01-01")
    assert address not in past.text
    assert "Show today" in past.text


def test_a_row_shows_the_member_as_it_is(client):
    committee, secretary = committee_with_secretary()
    organisation = OrganisationFactory.create(
        legal_name="ТОО «Актау Метал»", legal_name_language="ru", name_en="Aktau Metal"
    )
    own(organisation, OwnershipType.OVERSEAS)
    person = PersonFactory.create(name="Алия Сейтова", name_latin="Aliya Seitova")
    seat = admit(committee, organisation, by=secretary, representative=person, chain_role="trade")
    chair = committee.positions.create(code="chair", title_en="Chair", rank=1)
    appointments.appoint(seat, chair, by=secretary, effective_on=date(2024, 2, 1))
    client.force_login(secretary)
    page = roster(client, committee)
    for text in (
        f'<a href="{seat.get_absolute_url()}">Aktau Metal</a>',
        '<span class="native" lang="ru">ТОО «Актау Метал»</span>',
        "Registered abroad",
        "Complement",
        "Trade",
        "<strong>Chair</strong>",
        "Алия Сейтова",
        "Aliya Seitova",
        '<time datetime="2024-01-01">1 Jan 2024</time>',
    ):
        assert text in page.text, text


def test_filters(client):
    committee, secretary = committee_with_secretary()
    soe, private, observer, gone, suspended = (
        admit(committee, OrganisationFactory.create(country=country), by=secretary, **options)
        for country, options in [
            ("CN", {"functional_role": "lead", "chain_role": "trade"}),
            ("KZ", {"functional_role": "spearhead"}),
            ("UZ", {"functional_role": "none", "voting": False}),
            ("RU", {"functional_role": "none"}),
            ("BY", {"functional_role": "support"}),
        ]
    )
    own(soe.organisation, OwnershipType.CENTRAL_SOE)
    own(private.organisation, OwnershipType.PRIVATE)
    chair = committee.positions.create(code="chair", title_en="Chair", rank=1)
    appointments.appoint(soe, chair, by=secretary, effective_on=date(2024, 2, 1))
    seats.end(gone, by=secretary, effective_on=date(2024, 3, 1), how="lapsed")
    seats.suspend(suspended, by=secretary, effective_on=date(2024, 3, 1), reason="Dues")
    client.force_login(secretary)

    def found(**query):
        return set(members(client, committee, **query))

    sitting = {soe.pk, private.pk, observer.pk, suspended.pk}
    assert found() == sitting
    assert found(standing="left") == {gone.pk}
    assert found(standing="suspended") == {suspended.pk}
    assert found(standing="sitting") == sitting - {suspended.pk}
    assert found(standing="all") == sitting | {gone.pk}
    assert found(ownership="central") == {soe.pk}
    assert found(ownership=["central", "private"]) == {soe.pk, private.pk}
    assert found(ownership="unverified") == {observer.pk, suspended.pk}
    assert found(country="KZ") == {private.pk}
    assert found(role="lead") == {soe.pk}
    assert found(chain="trade") == {soe.pk}
    assert found(voting="false") == {observer.pk}
    assert found(position="chair") == {soe.pk}
    assert found(position="unit_member") == {private.pk, suspended.pk}
    assert found(position=["chair", "observer"]) == {soe.pk, observer.pk}
    assert found(position="emperor", country="XX", standing="?") == sitting
    assert found(as_of="2024-02-15", standing="suspended") == set()


@pytest.mark.parametrize("typed", ["Tebian", "特变", "tebian", "тэбянь", "tè biàn"])
def test_a_member_is_found_in_four_forms(client, typed):
    committee, secretary = committee_with_secretary()
    seat = admit(committee, OrganisationFactory.create(legal_name="特变电工股份有限公司", name_en=""), by=secretary)
    admit(committee, by=secretary)
    client.force_login(secretary)
    assert members(client, committee, q=typed) == [seat.pk]


def test_sorting_by_position_name_and_day(client):
    committee, secretary = committee_with_secretary()
    vice = committee.positions.create(code="vice_chair", title_en="Vice-chair", rank=3)
    chair = committee.positions.create(code="chair", title_en="Chair", rank=1)
    plain = admit(committee, OrganisationFactory.create(legal_name="A"), by=secretary, on=date(2024, 3, 1))
    observer = admit(committee, OrganisationFactory.create(legal_name="B"), by=secretary, voting=False)
    second = admit(committee, OrganisationFactory.create(legal_name="C"), by=secretary)
    first = admit(committee, OrganisationFactory.create(legal_name="D"), by=secretary)
    appointments.appoint(second, vice, by=secretary, effective_on=date(2024, 2, 1))
    appointments.appoint(first, chair, by=secretary, effective_on=date(2024, 2, 1))
    client.force_login(secretary)

    assert members(client, committee) == [first.pk, second.pk, plain.pk, observer.pk]
    assert members(client, committee, sort="-position") == [observer.pk, plain.pk, second.pk, first.pk]
    assert members(client, committee, sort="organisation") == [plain.pk, observer.pk, second.pk, first.pk]
    assert members(client, committee, sort="-since")[0] == plain.pk
    assert members(client, committee, sort="nonsense") == [first.pk, second.pk, plain.pk, observer.pk]


def test_pages_hang_together(client):
    committee, secretary = committee_with_secretary()
    all_seats = [admit(committee, by=secretary).pk for _each in range(45)]
    client.force_login(secretary)
    first = roster(client, committee, size="20").context["list"]
    second = client.get(reverse("committees:roster", args=[committee.slug]) + first.next_url).context["list"]
    third = client.get(reverse("committees:roster", args=[committee.slug]) + second.next_url).context["list"]
    shown = [row.seat_id for part in (first, second, third) for row in part.page.rows]
    assert sorted(shown) == sorted(all_seats)
    assert third.range_text == "41–45 of 45"


def test_a_file_holds_the_rows_and_columns_on_screen(client):
    committee, secretary = committee_with_secretary()
    organisation = OrganisationFactory.create(legal_name="=甲", country="KZ")
    own(organisation, OwnershipType.PRIVATE)
    seat = admit(committee, organisation, by=secretary)
    admit(committee, OrganisationFactory.create(country="UZ"), by=secretary)
    seats.end(seat, by=secretary, effective_on=date(2024, 6, 1), how="resigned")
    client.force_login(secretary)
    answer = client.get(
        reverse("committees:roster-csv", args=[committee.slug]),
        {"standing": "all", "country": "KZ", "cols": "ownership,position,since,until,standing"},
    )
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert lines == [
        "Organisation,Ownership,Position,Member since,Member until,State",
        "'=甲,Private,Unit member,2024-01-01,2024-05-31,left",
    ]


@pytest.mark.parametrize("number", [1, 3])
def test_the_roster_takes_as_many_queries_for_one_member_as_for_three(client, django_assert_num_queries, number):
    committee, secretary = committee_with_secretary()
    office = committee.positions.create(code="vice_chair", title_en="Vice-chair", rank=1)
    for _each in range(number):
        seat = admit(committee, by=secretary, representative=PersonFactory.create())
        appointments.appoint(seat, office, by=secretary, effective_on=date(2024, 2, 1))
    client.force_login(secretary)
    with django_assert_num_queries(14):
        roster(client, committee)
