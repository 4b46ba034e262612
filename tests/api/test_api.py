"""A program does over the API what a person does in the pages, under the same rules."""

from datetime import date

import pytest
from django.utils import timezone

from committees.models import Application, Seat
from committees.workflows import appointments, seats
from members.enums import OwnershipType
from projects.enums import Visibility
from projects.models import ProjectCountry
from temp_portal.accounts.enums import Role
from tests.factories import (
    ApplicationFactory,
    CommitteeFactory,
    MoneyEventFactory,
    OrganisationFactory,
    ProjectFactory,
    admit,
    committee_with_secretary,
    own,
    user_with,
)

pytestmark = pytest.mark.django_db


def test_visitors_read_what_is_public(api):
    committee = CommitteeFactory.create(slug="rail", name_ru="Рельсы")
    seat = admit(committee, on=date(2025, 1, 1))
    project = ProjectFactory.create()
    ProjectCountry.objects.create(project=project, country="ET")
    ProjectFactory.create(visibility=Visibility.CONFIDENTIAL)
    client = api()
    assert client.get("/api/v1/committees/rail/").json()["name"]["ru"] == "Рельсы"
    assert [row["id"] for row in client.get("/api/v1/seats/").json()["results"]] == [seat.pk]
    assert [row["code"] for row in client.get("/api/v1/projects/", {"country": "ET"}).json()["results"]] == [
        project.code
    ]
    assert client.get("/api/v1/projects/").json()["results"][0]["code"] == project.code
    assert client.get("/api/v1/applications/").status_code == 401


def test_the_roster_of_a_past_day(api):
    committee = CommitteeFactory.create()
    seat = admit(committee, on=date(2025, 3, 1))
    client = api()
    assert client.get("/api/v1/seats/", {"as_of": "2025-02-28"}).json()["results"] == []
    (row,) = client.get("/api/v1/seats/", {"as_of": "2025-03-01"}).json()["results"]
    assert (row["id"], row["member_since"]) == (seat.pk, "2025-03-01")


def test_a_listed_seat_says_what_the_seat_itself_says(api):
    committee, secretary = committee_with_secretary()
    firm = OrganisationFactory.create(name_en="", name_zh_hans="“渝岭”铝业", name_ru="Плавка \\ «Юйлин»", country="CN")
    own(firm, OwnershipType.LOCAL_SOE)
    seat = admit(committee, firm, on=date(2024, 1, 10), by=secretary)
    for rank, code in enumerate(("vice_chair", "chair")):
        position = committee.positions.create(code=code, title_en=code, holders_max=2, rank=9 - rank)
        appointments.appoint(seat, position, by=secretary, effective_on=date(2024, 2, 1))
    seats.end(admit(committee, by=secretary), by=secretary, effective_on=date(2025, 5, 1), how="resigned")
    client = api()
    listed = client.get("/api/v1/seats/", {"as_of": "2024-03-01"}).json()["results"]
    single = [client.get(f"/api/v1/seats/{row['id']}/", {"as_of": "2024-03-01"}).json() for row in listed]
    assert listed == single
    assert [row["positions"] for row in listed if row["id"] == seat.pk] == [["chair", "vice_chair"]]


def test_a_long_list_is_read_page_by_page(api):
    committee = CommitteeFactory.create()
    expected = {admit(committee).pk for _each in range(5)}
    client, address, found = api(), "/api/v1/seats/?limit=2", []
    while address:
        page = client.get(address).json()
        found += [row["id"] for row in page["results"]]
        address = page["next"]
    assert len(found) == 5
    assert set(found) == expected


@pytest.mark.parametrize("typed", ["yesterday", "2025-02-30"])
def test_a_day_that_is_none_is_explained(api, typed):
    response = api().get("/api/v1/seats/", {"as_of": typed})
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert "as_of" in response.json()["errors"]


def test_organisations_are_found_in_any_script(api):
    firm = OrganisationFactory.create(legal_name="特岭变压器股份有限公司")
    own(firm, OwnershipType.CENTRAL_SOE)
    firm.identifiers.create(scheme="KZ-BIN", value="950440001673", is_primary=True)
    (row,) = api().get("/api/v1/organisations/", {"q": "teling"}).json()["results"]
    assert row["ownership_group"] == "central"
    assert row["identifiers"][0]["interop_id"] == "KZ-BIN-950440001673"


def test_an_admission_sent_twice_creates_one_seat(api):
    committee = CommitteeFactory.create()
    client = api(user_with(Role.SECRETARY, committee))
    body = {"committee": committee.slug, "organisation": OrganisationFactory.create().pk, "effective_on": "2026-01-05"}
    first = client.post("/api/v1/seats/", body, format="json", HTTP_IDEMPOTENCY_KEY="k1")
    again = client.post("/api/v1/seats/", body, format="json", HTTP_IDEMPOTENCY_KEY="k1")
    other = client.post(
        "/api/v1/seats/", body | {"effective_on": "2026-01-06"}, format="json", HTTP_IDEMPOTENCY_KEY="k1"
    )
    assert (first.status_code, again.status_code, other.status_code) == (201, 201, 422)
    assert first.json()["id"] == again.json()["id"] == Seat.objects.get().pk


def test_a_refused_admission_leaves_no_key_behind(api):
    committee = CommitteeFactory.create()
    client = api(user_with(Role.SECRETARY, committee))
    body = {"committee": committee.slug, "organisation": OrganisationFactory.create().pk, "effective_on": "2126-01-05"}
    assert client.post("/api/v1/seats/", body, format="json", HTTP_IDEMPOTENCY_KEY="k").status_code == 400
    body["effective_on"] = "2026-01-05"
    assert client.post("/api/v1/seats/", body, format="json", HTTP_IDEMPOTENCY_KEY="k").status_code == 201


def test_only_the_committees_secretary_admits(api):
    committee = CommitteeFactory.create()
    client = api(user_with(Role.SECRETARY, CommitteeFactory.create()))
    body = {"committee": committee.slug, "organisation": OrganisationFactory.create().pk, "effective_on": "2026-01-05"}
    assert client.post("/api/v1/seats/", body, format="json").status_code == 403
    assert api().post("/api/v1/seats/", body, format="json").status_code == 401


def test_ending_a_seat_needs_the_tag_that_was_read(api):
    committee = CommitteeFactory.create()
    secretary = user_with(Role.SECRETARY, committee)
    seat = admit(committee, on=date(2025, 1, 1), by=secretary)
    client = api(secretary)
    url, body = f"/api/v1/seats/{seat.pk}/end/", {"effective_on": "2026-01-01", "how": "resigned"}
    tag = client.get(f"/api/v1/seats/{seat.pk}/")["ETag"]
    assert client.post(url, body, format="json").status_code == 428
    assert client.post(url, body, format="json", HTTP_IF_MATCH='"other"').status_code == 412
    assert client.post(url, body, format="json", HTTP_IF_MATCH=tag).json()["member_until"] == "2026-01-01"


@pytest.fixture
def submitted():
    """An application as it lies before the secretary."""
    application = ApplicationFactory.create()
    application.state = "submitted"
    application.number = "A-2026-99999"
    application.submitted_at = timezone.now()
    application.submitted_by = application.created_by
    application.save()
    return application


def test_the_second_decider_learns_who_decided(api, submitted):
    one, two = (user_with(Role.SECRETARY, submitted.committee, name=name) for name in ("Yan Lan", "Du Heng"))
    url = f"/api/v1/applications/{submitted.pk}/"
    tag = api(two).get(url)["ETag"]
    done = api(one).post(f"{url}approve/", {"effective_on": "2026-02-01"}, format="json", HTTP_IF_MATCH=tag)
    assert (done.status_code, done.json()["state"]) == (200, "approved")
    late = api(two).post(f"{url}reject/", {"reason": "No"}, format="json", HTTP_IF_MATCH="*")
    assert late.status_code == 409
    assert "Yan Lan" in late.json()["detail"]
    assert Application.objects.get().state == "approved"


def test_outsiders_do_not_find_an_application(api, submitted):
    url = f"/api/v1/applications/{submitted.pk}/"
    stranger = user_with(Role.REPRESENTATIVE, OrganisationFactory.create())
    assert api(stranger).get(url).status_code == 404
    applicant = user_with(Role.REPRESENTATIVE, submitted.organisation)
    assert api(applicant).get(url).status_code == 200
    decision = api(applicant).post(f"{url}approve/", {"effective_on": "2026-02-01"}, format="json", HTTP_IF_MATCH="*")
    assert decision.status_code == 403


def test_an_enterprise_begins_and_fills_in_an_application(api):
    committee, firm = CommitteeFactory.create(), OrganisationFactory.create()
    client = api(user_with(Role.REPRESENTATIVE, firm))
    made = client.post("/api/v1/applications/", {"committee": committee.slug, "organisation": firm.pk}, format="json")
    url = f"/api/v1/applications/{made.json()['id']}/"
    changed = client.patch(url, {"chain_role": "trade"}, format="json", HTTP_IF_MATCH=made["ETag"])
    assert (made.status_code, changed.json()["chain_role"]) == (201, "trade")
    stale = client.patch(url, {"chain_role": "logistics"}, format="json", HTTP_IF_MATCH=made["ETag"])
    assert stale.status_code == 412
    incomplete = client.post(f"{url}submit/", format="json", HTTP_IF_MATCH="*")
    assert incomplete.status_code == 400


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("path", "queries"), [("seats", 1), ("projects", 6), ("organisations", 2)])
def test_lists_cost_the_same_for_one_row_and_three(api, django_assert_num_queries, path, queries, rows):
    committee = CommitteeFactory.create()
    for number in range(rows):
        firm = OrganisationFactory.create()
        firm.identifiers.create(scheme="TJ-TIN", value=f"02002578{number}")
        admit(committee, firm)
        ProjectCountry.objects.create(project=MoneyEventFactory.create().project, country="KZ")
    client = api()
    with django_assert_num_queries(queries):
        assert len(client.get(f"/api/v1/{path}/").json()["results"]) == rows


def test_schema_and_documentation(client):
    schema = client.get("/api/schema/")
    assert schema.status_code == 200
    page = client.get("/api/docs/").content.decode()
    assert "/api/v1/seats/" in page


def test_a_token_is_made_shown_once_and_ended(client):
    user = user_with(Role.STAFF)
    client.force_login(user)
    page = client.post("/account/tokens/", {"days": "30"}).content.decode()
    token = user.auth_token_set.get()
    assert token.token_key in page
    client.post(f"/account/tokens/{token.digest}/end/")
    assert not user.auth_token_set.exists()
