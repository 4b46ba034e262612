"""The public front page, the catalogue, and the list of everybody who takes part."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import translation

from committees.cards import by_sector
from committees.enums import CommitteeState, Sector
from committees.models import Committee
from committees.workflows import seats
from members.enums import OwnershipType
from projects.models import Project, ProjectCountry
from temp_portal.accounts.enums import Role
from tests.factories import (
    CommitteeFactory,
    MoneyEventFactory,
    OrganisationFactory,
    ProjectFactory,
    admit,
    own,
    user_with,
)

pytestmark = pytest.mark.django_db


def member(committee, kind=OwnershipType.PRIVATE, **fields):
    organisation = OrganisationFactory.create(**fields)
    own(organisation, kind)
    admit(committee, organisation)
    return organisation


def project(*countries, value=None, **fields):
    made = ProjectFactory.create(**fields)
    for country in countries:
        ProjectCountry.objects.create(project=made, country=country)
    if value:
        MoneyEventFactory.create(project=made, kind="contract_value", amount=Decimal(value))
    return made


def figures(response):
    return {str(figure.label): (figure.value, str(figure.note)) for figure in response.context["figures"]}


def section(response, template):
    return next(block.context for block in response.context["sections"] if block.template == template)


def test_an_empty_portal_says_so_and_offers_the_next_step_to_the_secretariat(client):
    page = client.get("/")
    assert page.status_code == 200
    assert "No committee is public yet" in page.text
    assert "No project is under way yet" in page.text
    assert reverse("committees:committee-new") not in page.text
    client.force_login(user_with(Role.STAFF))
    assert reverse("committees:committee-new") in client.get("/").text


def test_the_front_page_counts_committees_enterprises_and_projects(client):
    active, due = CommitteeFactory.create(), CommitteeFactory.create(state=CommitteeState.RE_ELECTION_DUE)
    CommitteeFactory.create(state=CommitteeState.PREPARATORY)
    CommitteeFactory.create(state=CommitteeState.PROPOSED)
    CommitteeFactory.create(state=CommitteeState.DISSOLVED)
    both = member(active, OwnershipType.CENTRAL_SOE)
    admit(due, both)
    member(due, OwnershipType.OVERSEAS)
    member(active, OwnershipType.COLLECTIVE)
    project("KZ", "UZ", value=2_000_000)
    project("KZ", value=1_000_000)
    project("KZ", stage="S2")
    project("KZ", visibility="confidential")
    project("KZ", in_totals=False)

    page = client.get("/")
    assert figures(page)["Committees active"] == ("2", "and 1 preparing")
    assert figures(page)["Enterprises taking part"] == ("2", "")
    assert figures(page)["Projects under way"] == ("2", "in 2 countries")
    table = section(page, "projects/front/countries.html")["table"]
    assert [(row.code, row.projects, row.value) for row in table.rows] == [
        ("KZ", 2, Decimal(2)),
        ("UZ", 1, Decimal(1)),
    ]
    assert (table.projects, table.value) == (2, Decimal(3))


def test_the_next_decision_is_seen_at_once(client):
    committee = CommitteeFactory.create()
    member(committee)
    assert figures(client.get("/"))["Enterprises taking part"][0] == "1"
    member(committee)
    assert figures(client.get("/"))["Enterprises taking part"][0] == "2"


def test_contracts_without_a_rate_and_other_currencies_are_not_guessed(client):
    made = project("KZ", value=3_000_000)
    MoneyEventFactory.create(project=made, kind="contract_value", amount=Decimal(500), currency="CNY")
    MoneyEventFactory.create(
        project=made,
        kind="contract_value",
        amount=Decimal(7_000_000),
        currency="CNY",
        rate_to_usd=Decimal("0.14"),
        rate_source="bank",
    )
    table = section(client.get("/"), "projects/front/countries.html")["table"]
    assert table.rows[0].value == Decimal("3.98")


def test_shares_divide_a_project_where_they_are_known(client):
    made = project(value=10_000_000)
    ProjectCountry.objects.create(project=made, country="KZ", share=Decimal(70))
    ProjectCountry.objects.create(project=made, country="UZ", share=Decimal(30))
    table = section(client.get("/"), "projects/front/countries.html")["table"]
    assert {row.code: row.value for row in table.rows} == {"KZ": Decimal(7), "UZ": Decimal(3)}


@pytest.mark.parametrize("number", [1, 3])
def test_the_front_page_takes_nine_queries(client, django_assert_num_queries, number):
    for _each in range(number):
        committee = CommitteeFactory.create()
        member(committee)
        project("KZ", value=1_000_000)
    with django_assert_num_queries(9):
        client.get("/")
    with django_assert_num_queries(8):
        client.get("/")


def test_cards_stand_under_their_sector_in_the_house_order_and_the_rest_behind_a_link(client):
    for number in range(10):
        CommitteeFactory.create(sector=Sector.ENERGY, slug=f"e{number}")
    CommitteeFactory.create(sector=Sector.MATERIALS)
    sectors = section(client.get("/"), "committees/front/sectors.html")["sectors"]
    assert [(each.sector, len(each.cards), each.more) for each in sectors] == [
        (Sector.MATERIALS, 1, 0),
        (Sector.ENERGY, 9, 1),
    ]
    assert client.get(sectors[1].url).context["list"].count.value == 10


@pytest.mark.parametrize(
    ("typed", "found"), [("copper", 1), ("铜业", 1), ("tongye", 1), ("медн", 1), ("тунъе", 1), ("steel", 0)]
)
def test_a_committee_is_found_in_any_script(client, typed, found):
    CommitteeFactory.create(name_en="Copper Committee", name_zh_hans="铜业委员会", name_ru="Комитет медной отрасли")
    page = client.get(reverse("committees:catalogue"), {"q": typed})
    assert page.context["list"].count.value == found


def test_the_catalogue_is_narrowed_by_sector_and_state(client):
    CommitteeFactory.create(sector=Sector.ENERGY)
    CommitteeFactory.create(sector=Sector.DIGITAL, state=CommitteeState.SUSPENDED)
    CommitteeFactory.create(sector=Sector.DIGITAL, state=CommitteeState.DISSOLVED)
    CommitteeFactory.create(state=CommitteeState.PROPOSED)

    def number(**query):
        return client.get(reverse("committees:catalogue"), query).context["list"].count.value

    assert number() == 2
    assert number(sector="digital") == 1
    assert number(sector=["digital", "energy"]) == 2
    assert number(state="dissolved") == 1
    assert number(state="proposed") == 0
    assert number(sector="nonsense") == 2
    client.force_login(user_with(Role.STAFF))
    assert number(state="proposed") == 1


@pytest.mark.parametrize("number", [1, 3])
def test_the_catalogue_takes_two_queries(client, django_assert_num_queries, number):
    for _each in range(number):
        member(CommitteeFactory.create())
    with django_assert_num_queries(2):
        client.get(reverse("committees:catalogue"))


def test_a_card_counts_verified_voters_and_marks_a_missing_name(client):
    committee = CommitteeFactory.create(name_ru="")
    member(committee)
    admit(committee)
    (sector,) = by_sector([committee], date(2025, 1, 1))
    assert sector.cards[0].composition.counted == 1
    with translation.override("ru"):
        page = client.get(reverse("committees:catalogue"), headers={"accept-language": "ru"})
    assert "untranslated" in page.text


def test_everybody_who_takes_part_stands_once_with_the_number_of_seats(client):
    one, two = CommitteeFactory.create(), CommitteeFactory.create()
    organisation = member(one, OwnershipType.CENTRAL_SOE, legal_name="甲公司", country="KZ")
    admit(two, organisation, on=date(2023, 5, 1))
    observer = OrganisationFactory.create()
    own(observer, OwnershipType.CENTRAL_SOE)
    admit(one, observer, voting=False)
    gone = admit(one, on=date(2023, 1, 1))
    seats.end(gone, by=user_with(Role.SECRETARY, one), effective_on=date(2024, 1, 1), how="resigned")

    def rows(**query):
        return client.get(reverse("committees:members"), query).context["list"].page.rows

    assert {row.pk: (row.seat_count, row.member_since) for row in rows()} == {
        organisation.pk: (2, date(2023, 5, 1)),
        observer.pk: (1, date(2024, 1, 1)),
    }
    assert [row.pk for row in rows(ownership="central")] == [organisation.pk]
    assert [row.pk for row in rows(ownership="observer")] == [observer.pk]
    assert [row.pk for row in rows(country="KZ")] == [organisation.pk]
    assert [row.pk for row in rows(q="甲公司")] == [organisation.pk]


def test_the_figures_lead_to_as_many_rows(client):
    committee = CommitteeFactory.create()
    member(committee, OwnershipType.PRIVATE)
    member(committee, OwnershipType.HMT)
    member(committee, OwnershipType.COLLECTIVE)
    CommitteeFactory.create(state=CommitteeState.PREPARATORY)
    project("KZ")
    project("KZ", in_totals=False)
    page = client.get("/")
    for figure in page.context["figures"]:
        if figure.url:
            assert str(client.get(figure.url).context["list"].count.value) == figure.value, figure.label


def test_whoever_left_and_proposals_are_nobodys_business(client):
    proposal = CommitteeFactory.create(state=CommitteeState.PROPOSED)
    assert client.get(proposal.get_absolute_url()).status_code == 404
    client.force_login(user_with(Role.SECRETARY, proposal))
    assert client.get(proposal.get_absolute_url()).status_code == 200
    assert Committee.objects.count() == 1
    assert not Project.objects.exists()
