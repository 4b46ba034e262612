"""Projects are looked up by country, stage, sector and committee; what is not public stays with its owners."""

import pytest

from projects.enums import Stage, Visibility
from projects.models import ProjectCountry, Sponsorship
from temp_portal.accounts.enums import Role
from tests.factories import (
    CommitteeFactory,
    MoneyEventFactory,
    OrganisationFactory,
    ProjectFactory,
    admit,
    user_with,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    client.force_login(user_with(Role.STAFF))
    return client


def panel(response, heading):
    """The panel of a project's page that has this id of its heading; empty where the page has none."""
    page = response.content.decode()
    return next((part for part in page.split("<section")[1:] if f'id="{heading}"' in part), "")


def listed(client, **query):
    return client.get("/projects/", query).content.decode()


def test_filters_narrow_the_list(client):
    committee = CommitteeFactory.create(slug="rail")
    rail = ProjectFactory.create(title_en="Light rail", stage=Stage.S7, sector_code="4210", sector_name="Railways")
    ProjectCountry.objects.create(project=rail, country="ET")
    Sponsorship.objects.create(project=rail, committee=committee)
    ProjectFactory.create(title_en="Wind farm", stage=Stage.S3, sector_code="3510", sector_name="Power")
    for query in ({"country": "ET"}, {"stage": "S7"}, {"sector": "4210"}, {"committee": "rail"}, {"q": "light"}):
        page = listed(client, **query)
        assert "Light rail" in page, query
        assert "Wind farm" not in page, query


def test_a_committees_project_is_hidden_from_outsiders(client):
    committee = CommitteeFactory.create()
    project = ProjectFactory.create(title_en="Secret plant", visibility=Visibility.COMMITTEE)
    Sponsorship.objects.create(project=project, committee=committee)
    assert "Secret plant" not in listed(client)
    assert client.get(f"/projects/{project.code}/").status_code == 404
    client.force_login(user_with(Role.SECRETARY, CommitteeFactory.create()))
    assert client.get(f"/projects/{project.code}/").status_code == 404
    client.force_login(user_with(Role.SECRETARY, committee))
    assert client.get(f"/projects/{project.code}/").status_code == 200


def test_a_committees_project_is_read_by_its_members_a_confidential_one_is_not(client):
    committee, member = CommitteeFactory.create(), OrganisationFactory.create()
    admit(committee, member)
    project = ProjectFactory.create(visibility=Visibility.COMMITTEE)
    Sponsorship.objects.create(project=project, committee=committee)
    client.force_login(user_with(Role.REPRESENTATIVE, member))
    assert client.get(f"/projects/{project.code}/").status_code == 200
    project.visibility = Visibility.CONFIDENTIAL
    project.save()
    assert client.get(f"/projects/{project.code}/").status_code == 404
    client.force_login(user_with(Role.CHAIR, committee))
    assert client.get(f"/projects/{project.code}/").status_code == 200


def test_amounts_stay_with_owners_of_the_project(client):
    project = MoneyEventFactory.create().project
    address = f"/api/v1/projects/{project.code}/"
    lead = OrganisationFactory.create()
    project.lead = lead
    project.save()
    for user in (None, user_with(Role.REPRESENTATIVE, OrganisationFactory.create())):
        client.logout() if user is None else client.force_login(user)
        assert not panel(client.get(project.get_absolute_url()), "money")
        assert client.get(address).json()["money_events"] == []
    client.force_login(user_with(Role.REPRESENTATIVE, lead))
    assert panel(client.get(project.get_absolute_url()), "money")
    assert len(client.get(address).json()["money_events"]) == 1


def test_money_of_different_kinds_and_currencies_is_not_added(staff):
    project = ProjectFactory.create()
    MoneyEventFactory.create(project=project, kind="committed", amount=5, currency="USD")
    MoneyEventFactory.create(project=project, kind="committed", amount=7, currency="CNY")
    MoneyEventFactory.create(project=project, kind="disbursed", amount=2, currency="USD")
    found = panel(staff.get(project.get_absolute_url()), "money")
    assert [amount in found for amount in ("5.00", "7.00", "2.00", "12.00")] == [True, True, True, False]


def test_a_superseded_amount_is_left_out(staff):
    first = MoneyEventFactory.create(amount=5)
    MoneyEventFactory.create(project=first.project, amount=6, supersedes=first)
    found = panel(staff.get(first.project.get_absolute_url()), "money")
    assert ("6.00" in found, "5.00" in found) == (True, False)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_one_row_and_three(client, django_assert_num_queries, rows):
    for project in ProjectFactory.create_batch(rows):
        ProjectCountry.objects.create(project=project, country="KZ")
    with django_assert_num_queries(4):
        assert client.get("/projects/").status_code == 200
