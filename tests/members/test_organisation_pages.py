"""Anybody looks an organisation up: by name in any script, by group, by country."""

from datetime import date

import pytest

from members.enums import OwnershipType
from tests.factories import CommitteeFactory, OrganisationFactory, admit, own

pytestmark = pytest.mark.django_db


@pytest.fixture
def firm():
    firm = OrganisationFactory.create(
        legal_name="特岭变压器股份有限公司", name_en="Teling Transformers", name_ru="Тэлин, трансформаторы"
    )
    own(firm, OwnershipType.PRIVATE)
    return firm


@pytest.mark.parametrize("typed", ["特岭", "teling", "тэлин", "TELING", "Transformers"])
def test_a_name_is_found_in_every_form(client, firm, typed):
    OrganisationFactory.create(legal_name="别的企业有限公司", name_en="Something Else")
    page = client.get("/organisations/", {"q": typed}).content.decode()
    assert "特岭变压器" in page
    assert "别的企业" not in page


def test_filters_by_ownership_and_country(client, firm):
    abroad = OrganisationFactory.create(legal_name="ТОО «Пример»", country="KZ", name_en="Primer LLP")
    own(abroad, OwnershipType.OVERSEAS)
    assert "Primer" not in client.get("/organisations/", {"ownership": "private"}).content.decode()
    assert "Teling" not in client.get("/organisations/", {"country": "KZ"}).content.decode()


def test_an_unverified_ownership_counts_as_unverified(client):
    own(OrganisationFactory.create(name_en="Not checked yet"), OwnershipType.CENTRAL_SOE, verified=False)
    assert "Not checked yet" in client.get("/organisations/", {"ownership": "unverified"}).content.decode()
    assert "Not checked yet" not in client.get("/organisations/", {"ownership": "central"}).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_one_row_and_three(client, django_assert_num_queries, rows):
    OrganisationFactory.create_batch(rows)
    with django_assert_num_queries(1):
        assert client.get("/organisations/").status_code == 200


def test_the_page_of_an_organisation_shows_numbers_ownership_and_seats(client, firm):
    firm.identifiers.create(scheme="CN-USCC", value="911000007109250320", is_primary=True, format_ok=True)
    admit(CommitteeFactory.create(name_en="Transformers Committee"), firm, on=date(2025, 3, 1))
    page = client.get(f"/organisations/{firm.pk}/").content.decode()
    assert "911000007109250320" in page
    assert "Transformers Committee" in page
    assert "Private" in page


def test_the_downloads_hold_what_is_on_screen(client, firm):
    OrganisationFactory.create(legal_name="别的企业有限公司")
    response = client.get("/organisations.csv", {"q": "teling", "cols": "name,country"})
    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert "特岭变压器股份有限公司" in lines[1]
