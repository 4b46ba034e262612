"""What is needed meets what can be made: ranked with reasons, confirmed by a human, up to a project."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from projects.enums import ParticipantRole, Stage
from projects.matching.models import Capability, CapitalSource, Demand, Match, ResourceOffer
from projects.matching.suggestions import WEIGHTS, suggestions_for
from projects.matching.workflows import listings, matches
from projects.models import MoneyEvent
from temp_portal.accounts.enums import Role
from temp_portal.audit.workflow import StateConflict
from temp_portal.notifications.models import Notification
from tests.factories import OrganisationFactory, ProjectFactory, user_with
from tests.factories import committee_with_secretary as kept_committee
from tests.factories.matching import demanded, offered

pytestmark = pytest.mark.django_db
DAY = date(2026, 5, 4)


@pytest.fixture
def secretary():
    return kept_committee()[1]


def reasons(demand, user):
    return [[each.code for each in found.reasons] for found in suggestions_for(demand, user)]


def test_suggestions_are_ranked_by_reasons_that_add_up(secretary):
    demand = demanded(by=secretary, deadline=date(2999, 1, 1), hs_edition=2022)
    best = offered(by=secretary, product_en="Solar panels, 550 W", countries=["KZ"], lead_days=30, prices=[(1, 79)])
    older = offered(by=secretary, hs_edition=2017, product_en="PV modules", capacity=Decimal(9), minimum_order=None)
    chapter = offered(by=secretary, hs_code="8507", product_en="Batteries", countries=["UZ"], unit="set")
    named = offered(by=secretary, hs_code="70", countries=["UZ"], prices=[(1, 60), (4000, 90)])
    offered(by=secretary, hs_code="70", product_en="Mirrors")
    offered(by=secretary, published=False)
    offered(by=secretary, organisation=demand.organisation)
    found = suggestions_for(demand, secretary)
    assert [each.capability for each in found] == [best, older, named, chapter]
    assert found[0].score == 100
    assert all(each.score == sum(reason.points for reason in each.reasons) for each in found)
    assert reasons(demand, secretary) == [
        ["hs6", "name", "country", "volume", "price", "deadline"],
        ["hs4", "anywhere"],
        ["name", "volume"],
        ["hs2"],
    ]
    assert sum(WEIGHTS[code] for code in ("hs6", "name", "country", "volume", "price", "deadline")) == 100
    assert [each.demand for each in suggestions_for(best, secretary)] == [demand]


def test_names_match_within_a_language_only(secretary):
    demand = demanded(by=secretary, product_en=None, product_ru="Солнечные панели", hs_code="01")
    offered(by=secretary, product_en=None, product_ru="Панели солнечные", hs_code="02")
    offered(by=secretary, product_en=None, product_zh_hans="太阳能电池板", hs_code="03")
    assert len(suggestions_for(demand, secretary)) == 1


def test_prices_of_others_are_neither_shown_nor_counted(client, secretary):
    demand, capability = demanded(by=secretary), offered(by=secretary, prices=[(1, 79)])
    needs = user_with(Role.REPRESENTATIVE, demand.organisation)
    makes = user_with(Role.REPRESENTATIVE, capability.organisation)
    assert "price" in reasons(demand, secretary)[0]
    assert "price" not in reasons(demand, needs)[0]
    target, price = "USD\xa080.00", "USD\xa079.00"
    for user, address, text, shown in (
        (needs, demand.get_absolute_url(), target, True),
        (makes, demand.get_absolute_url(), target, False),
        (secretary, demand.get_absolute_url(), target, True),
        (makes, capability.get_absolute_url(), price, True),
        (needs, capability.get_absolute_url(), price, False),
        (makes, "/demands/", target, False),
        (needs, "/demands/", target, True),
    ):
        client.force_login(user)
        assert (text in client.get(address).content.decode()) is shown, (address, shown)
    client.force_login(makes)
    assert b"80.00" not in client.get("/demands.csv").getvalue()
    assert client.get("/api/v1/demands/").json()["results"][0]["target_price"] is None
    assert client.get("/api/v1/capabilities/?country=KZ").json()["results"] == []


def test_a_draft_is_seen_by_its_own_people_only(secretary):
    draft = demanded(by=secretary, published=False)
    own, other = (user_with(Role.REPRESENTATIVE, each) for each in (draft.organisation, OrganisationFactory.create()))
    for user, seen in ((own, True), (other, False), (user_with(Role.CHAIR, kept_committee()[0]), False)):
        assert Demand.objects.visible_to(user).exists() is seen
    with pytest.raises(PermissionDenied):
        listings.save(draft, by=other)
    with pytest.raises(PermissionDenied):
        listings.move(draft, "publish", by=other)
    assert suggestions_for(draft, own) == []


def test_a_dismissed_suggestion_stays_away(secretary):
    demand, capability = demanded(by=secretary), offered(by=secretary)
    with pytest.raises(ValidationError, match="Say why"):
        matches.dismiss_now(demand, capability, by=secretary, effective_on=DAY, reason="")
    assert not Match.objects.exists()
    matches.dismiss_now(demand, capability, by=secretary, effective_on=DAY, reason="Wrong voltage")
    assert suggestions_for(demand, secretary) == suggestions_for(capability, secretary) == []
    with pytest.raises(ValidationError, match="together already"):
        matches.introduce_now(demand, capability, by=secretary, effective_on=DAY)


def test_a_match_goes_from_the_wish_to_a_project_and_both_sides_are_told(secretary):
    committee, secretary = kept_committee()
    demand, capability = demanded(by=secretary), offered(by=secretary)
    needs = user_with(Role.REPRESENTATIVE, demand.organisation)
    makes = user_with(Role.REPRESENTATIVE, capability.organisation)
    match = matches.suggest(demand, capability, by=needs)
    assert (match.score, match.reasons[0]) == (suggestion_points(), "hs6")
    with pytest.raises(PermissionDenied):
        matches.move(match, "introduce", by=needs, effective_on=DAY)
    assert not Match.objects.visible_to(makes).exists()
    match = matches.move(match, "introduce", by=secretary, effective_on=timezone.localdate())
    assert Match.objects.visible_to(makes).exists()
    told = Notification.objects.get(kind="match_moved")
    assert set(told.deliveries.values_list("recipient", flat=True)) == {needs.pk, makes.pk}
    with pytest.raises(ValidationError, match="needs its price"):
        matches.move(match, "quote", by=secretary, effective_on=timezone.localdate())
    today = {"by": secretary, "effective_on": timezone.localdate()}
    match = matches.quote(match, price=Decimal("78.5"), currency="USD", **today)
    deal = {"value": Decimal(390_000), "currency": "USD", "document": "Contract 17", "committee": committee}
    ProjectFactory.create(code="TEMP-M1")
    with pytest.raises(ValidationError, match="code already"):
        matches.contract(match, code="temp-m1", **deal, **today)
    match = matches.contract(match, code="TEMP-M2", **deal, **today)
    project = match.project
    assert (project.stage, project.lead, project.title_en) == (Stage.S1, capability.organisation, demand.product_en)
    assert [(each.role, each.organisation) for each in project.participants.order_by("pk")] == [
        (ParticipantRole.LEAD, capability.organisation),
        (ParticipantRole.RECIPIENT, demand.organisation),
    ]
    assert not MoneyEvent.objects.exists()
    assert matches.move(match, "deliver", **today).state == "delivered"
    with pytest.raises(StateConflict):
        matches.move(match, "fail", reason="Late", **today)


def suggestion_points():
    """Same subheading, an alike name, no country left out, the quantity."""
    return WEIGHTS["hs6"] + round(WEIGHTS["name"] * 13 / 18) + WEIGHTS["anywhere"] + WEIGHTS["volume"]


def test_an_offer_needs_its_capital_before_its_project(secretary):
    source = CapitalSource(organisation=OrganisationFactory.create(), instrument="loan", amount_from=1, amount_to=2)
    source = listings.move(listings.save(source, by=secretary), "publish", by=secretary)
    offer = ResourceOffer(organisation=OrganisationFactory.create(), country="KZ", resource="Copper ore")
    offer, project = listings.save(offer, by=secretary), ProjectFactory.create()
    with pytest.raises(ValidationError, match="capital is named"):
        listings.link(offer, by=secretary, capital_source=None, project=project)
    with pytest.raises(DatabaseError), transaction.atomic():
        ResourceOffer.objects.update(project=project)
    owner = user_with(Role.REPRESENTATIVE, offer.organisation)
    with pytest.raises(PermissionDenied):
        listings.link(offer, by=owner, capital_source=source, project=project)
    assert listings.link(offer, by=secretary, capital_source=source, project=project).project == project


def test_the_forms_walk_from_a_draft_to_a_contract(client):
    committee, secretary = kept_committee()
    firm = OrganisationFactory.create()
    client.force_login(user_with(Role.REPRESENTATIVE, firm))
    typed = {
        "organisation": firm.pk,
        "product_en": "Solar panels",
        "hs_code": "8541.43",
        "hs_edition": "2022",
        "capacity": "100 000",
        "unit": "piece",
        "minimum_order": "500",
        "price_breaks": "1000: 2.50\n5000 2.40",
        "currency": "usd",
    }
    page = client.post("/capabilities/new/", typed).content.decode()
    assert "Line 2: Write a colon" in page
    assert "5000 2.40" in page
    stranger = typed | {"organisation": OrganisationFactory.create().pk, "price_breaks": ""}
    assert client.post("/capabilities/new/", stranger).status_code == 200
    made = client.post("/capabilities/new/", typed | {"price_breaks": "1000: 2.50\n5000: 2.40"})["Location"]
    capability = Capability.objects.get()
    assert (capability.hs_code, capability.currency, capability.price_breaks.count()) == ("854143", "USD", 2)
    assert "5000: 2.4" in client.get(f"{made}edit/").content.decode()
    assert client.post(f"{made}publish/").status_code == 302
    assert client.post(f"{made}publish/").status_code == 409
    demand = demanded(by=secretary)
    ask = f"/demands/{demand.pk}/with/{capability.pk}"
    assert client.get(f"{ask}/introduce/").status_code == 403
    assert ask in client.get(made).content.decode()
    match_at = client.post(f"{ask}/ask/")["Location"]
    assert client.get(match_at).status_code == 200
    client.force_login(secretary)
    assert "asked for" in client.get("/me/").content.decode()
    today = {"effective_on": timezone.localdate().isoformat()}
    contract = {"value": "1,000,000", "currency": "USD", "document": "No. 7", "committee": committee.pk, "code": "M-7"}
    for step, more in (("introduce", {}), ("quote", {"price": "2.45", "currency": "USD"}), ("contract", contract)):
        assert client.get(f"{match_at}{step}/").status_code == 200
        assert client.post(f"{match_at}{step}/", today | more).status_code == 302, step
    assert Match.objects.get().project.code == "M-7"
    assert "No. 7" in client.get("/projects/M-7/").content.decode()
    assert "Solar panels" in client.get(f"/organisations/{firm.pk}/").content.decode()
    for address in ("/matches/?state=contracted", "/matches.csv", "/demands.xlsx", "/resource-offers/new/"):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_and_suggestions_cost_the_same_for_one_and_three(client, secretary, rows):
    demand = demanded(by=secretary)
    for _each in range(rows):
        offered(by=secretary)
        matches.introduce_now(demanded(by=secretary), offered(by=secretary), by=secretary, effective_on=DAY)
    client.force_login(secretary)
    costs = {}
    for page in ("/demands/", "/capabilities/", "/matches/", demand.get_absolute_url()):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page).status_code == 200, page
        costs[page] = len(queries)
    assert list(costs.values()) == [5, 5, 5, 8]
