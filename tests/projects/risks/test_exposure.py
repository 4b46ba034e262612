"""Money by country and currency, and how much it leans on few countries."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projects.models import Project, ProjectCountry
from projects.risks.exposure import exposure_of, herfindahl
from temp_portal.accounts.enums import Role
from tests.factories import MoneyEventFactory, ProjectFactory, user_with

AMOUNTS = st.lists(st.decimals(min_value=1, max_value=10**12, places=2), min_size=1, max_size=12)


@settings(max_examples=60, deadline=None)
@given(AMOUNTS)
def test_the_index_lies_between_equal_parts_and_one(amounts):
    index = herfindahl(amounts)
    assert Fraction(1, len(amounts)) <= index <= 1
    assert herfindahl([2 * amount for amount in amounts]) == index
    assert herfindahl([Decimal(0), *amounts]) == index


def test_equal_parts_and_nothing():
    assert herfindahl([Decimal("0.1")] * 4) == Fraction(1, 4)
    assert herfindahl([]) is None
    assert herfindahl([Decimal(0)]) is None


def invested(country, amount, currency="USD", kind="committed", **fields):
    project = ProjectFactory.create(**fields)
    ProjectCountry.objects.create(project=project, country=country)
    rate = {"rate_to_usd": Decimal("0.002"), "rate_source": "Test"} if currency == "KZT" else {}
    MoneyEventFactory.create(project=project, amount=Decimal(amount), currency=currency, kind=kind, **rate)
    return project


@pytest.mark.django_db
def test_sums_by_country_and_currency():
    invested("KZ", 500_000_000, "KZT")
    invested("KZ", 2_000_000)
    invested("UZ", 1_000_000)
    invested("UZ", 400_000, kind="disbursed")
    invested("UZ", 9_000_000, stage="X2")
    found = exposure_of(Project.objects.all())
    assert [(place.key, place.committed.usd, place.part) for place in found.places] == [
        ("KZ", Decimal(3_000_000), Fraction(3, 4)),
        ("UZ", Decimal(1_000_000), Fraction(1, 4)),
    ]
    assert found.places[0].committed.own == {"KZT": Decimal(500_000_000), "USD": Decimal(2_000_000)}
    assert found.places[1].disbursed.own == {"USD": Decimal(400_000)}
    assert [(row.currency, row.committed, row.disbursed) for row in found.currencies] == [
        ("KZT", Decimal(500_000_000), Decimal(0)),
        ("USD", Decimal(3_000_000), Decimal(400_000)),
    ]
    assert found.concentration == Fraction(10, 16)
    assert found.index == "0.6250"


@pytest.mark.django_db
def test_the_page_says_what_it_leaves_out(client):
    client.force_login(user_with(Role.STAFF))
    page = client.get("/projects/exposure/").content.decode()
    assert "anything committed or disbursed" in page
    invested("KZ", 7, "KGS")
    page = client.get("/projects/exposure/").content.decode()
    assert "(no rate)" in page
    assert "no amount has a rate" in page
