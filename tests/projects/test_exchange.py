"""Projects as other programs read them: by the order and the lists of IATI 2.03, and as points on the globe."""

import json
from datetime import date
from decimal import Decimal
from xml.etree.ElementTree import fromstring

import pytest

from projects.models import Participant, ProjectCountry, Site, Sponsorship
from temp_portal.accounts.enums import Role
from tests.factories import CommitteeFactory, MoneyEventFactory, OrganisationFactory, ProjectFactory, user_with

pytestmark = pytest.mark.django_db
#: Elements of an activity and of a transaction in the order of the standard's schema; those with * must be there.
ACTIVITY = [
    "*iati-identifier",
    "*reporting-org",
    "*title",
    "*description",
    "*participating-org",
    "*activity-status",
    "*activity-date",
    "recipient-country",
    "recipient-region",
    "location",
    "sector",
    "transaction",
    "related-activity",
]
TRANSACTION = ["*transaction-type", "*transaction-date", "*value", "provider-org", "receiver-org", "finance-type"]
CODES = {
    "activity-status": set("123456"),
    "participating-org": {"10", "11", "21", "22", "23", "30", "40", "60", "70", "71", "72", "73", "80", "90"},
    "finance-type": {"110", "421", "431", "432", "510", "1100"},
    "transaction-type": {str(number) for number in range(1, 14)},
}


def activities(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    root = fromstring(b"".join(answer.streaming_content))  # noqa: S314 - our own file
    assert (root.tag, root.get("version")) == ("iati-activities", "2.03")
    for activity in root:
        _in_order(activity, ACTIVITY)
        for transaction in activity.iter("transaction"):
            _in_order(transaction, TRANSACTION)
    return list(root)


def _in_order(element, rule):
    names = [name.lstrip("*") for name in rule]
    places = [names.index(child.tag) for child in element]
    assert places == sorted(places)
    assert {name[1:] for name in rule if name.startswith("*")} <= {child.tag for child in element}
    for child in element:
        code = child.get("type" if child.tag == "participating-org" else "code")
        assert child.tag not in CODES or code in CODES[child.tag] or code is None, (child.tag, code)


@pytest.fixture
def project():
    lead = OrganisationFactory.create(country="CN")
    made = ProjectFactory.create(
        code="RAIL-1",
        title_en="Light rail & depot",
        title_ru="Лёгкий метрополитен",
        summary_en="Two lines\x0b",
        stage="S7",
        sector_scheme="ISIC4",
        sector_code="4210",
        sector_name="Railways",
        lead=lead,
        start_actual=date(2024, 3, 1),
        start_actual_precision="month",
        end_planned=date(2027, 1, 1),
        end_planned_precision="year",
    )
    for country in ("ET", "KE", "UG"):
        ProjectCountry.objects.create(project=made, country=country)
    Participant.objects.create(project=made, role="funder", name="Sea Bank", source_type="Government Agency")
    Site.objects.create(project=made, name="Depot", country="ET", latitude=Decimal("9.01"), longitude=Decimal("38.75"))
    MoneyEventFactory.create(project=made, finance_type="421", receiver_organisation=lead, payer="Sea Bank")
    MoneyEventFactory.create(project=made, kind="contract_value")
    return made


def test_an_activity_says_what_is_recorded_in_the_standards_order(client, project):
    client.force_login(user_with(Role.LEADER))
    (activity,) = activities(client, "/projects/RAIL-1/iati.xml")
    assert activity.findtext("iati-identifier") == "CN-SCOTEMP-RAIL-1"
    assert [each.text for each in activity.find("title")] == ["Light rail & depot", "Лёгкий метрополитен"]
    assert activity.findtext("description/narrative") == "Two lines"
    dates = {each.get("type"): each.get("iso-date") for each in activity.iter("activity-date")}
    assert dates == {"2": "2024-03-01", "3": "2027-12-31"}
    parties = [(each.get("role"), each.get("type")) for each in activity.iter("participating-org")]
    assert parties == [("1", "10"), ("2", "71")]
    assert sum(Decimal(each.get("percentage")) for each in activity.iter("recipient-country")) == 100
    sector = activity.find("sector")
    assert (sector.get("vocabulary"), sector.get("code")) == ("99", "4210")
    assert sector.get("vocabulary-uri").startswith("https://")
    (transaction,) = activity.iter("transaction")
    value = transaction.find("value")
    assert (value.text, value.get("currency"), value.get("value-date")) == ("1000000.00", "USD", "2026-05-01")
    assert transaction.find("transaction-type").get("code") == "2"
    assert activity.findtext("location/point/pos") == "9.01000 38.75000"


def test_outsiders_get_public_projects_without_amounts(client, project):
    committee = CommitteeFactory.create(slug="rail")
    Sponsorship.objects.create(project=project, committee=committee)
    ProjectFactory.create(code="SECRET", visibility="confidential", parent=project)
    bare = ProjectFactory.create(code="BARE", parent=project)
    found = activities(client, "/projects/iati.xml")
    assert [each.findtext("iati-identifier") for each in found] == ["CN-SCOTEMP-RAIL-1", "CN-SCOTEMP-BARE"]
    assert not list(found[0].iter("transaction"))
    assert found[1].find("related-activity").get("ref") == "CN-SCOTEMP-RAIL-1"
    assert found[1].find("sector").get("code") == "99810"
    assert len(activities(client, "/committees/rail/projects/iati.xml")) == 1
    assert client.get("/projects/SECRET/iati.xml").status_code == 404
    bare.delete()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_file_costs_the_same_for_one_project_and_three(client, django_assert_num_queries, rows):
    for made in ProjectFactory.create_batch(rows):
        ProjectCountry.objects.create(project=made, country="KZ")
    with django_assert_num_queries(8):
        assert len(activities(client, "/projects/iati.xml")) == rows


def test_places_are_points_and_say_whether_they_are_sites(client, project):
    ProjectCountry.objects.create(project=ProjectFactory.create(), country="KZ")
    found = json.loads(b"".join(client.get("/projects/sites.geojson").streaming_content))
    points = [(each["geometry"]["coordinates"], each["properties"]["exact"]) for each in found["features"]]
    assert points == [([38.75, 9.01], True), ([67, 48], False)]
    assert found["features"][0]["properties"]["title"] == "Light rail & depot"
