"""The rules of composition on the roster, on the public page, on an application, and the page that asks "what if"."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from committees.composition.verdicts import Verdict
from committees.enums import CommitteeState
from committees.models import Position
from committees.workflows import appointments
from members.enums import OwnershipType
from temp_portal.accounts.enums import Role
from tests.factories import (
    ApplicationFactory,
    CommitteeFactory,
    OrganisationFactory,
    admit,
    committee_with_secretary,
    give_rules,
    own,
    user_with,
)

pytestmark = pytest.mark.django_db

COPPER = [{"scheme": "GB/T 4754", "version": "2017", "code": "32"}]


@pytest.fixture
def committee():
    made = CommitteeFactory.create(industry_codes=COPPER)
    give_rules(made)
    return made


@pytest.fixture
def secretary(client, committee):
    user = user_with(Role.SECRETARY, committee)
    client.force_login(user)
    return user


def organisation(kind, *, code="32", country="CN", **fields):
    made = OrganisationFactory.create(
        country=country, industry_codes=[{"scheme": "GB/T 4754", "version": "2017", "code": code}], **fields
    )
    own(made, kind, controller=f"Owner of {made.pk}", evidence_on=timezone.localdate())
    return made


def page_of(client, committee, **query):
    return client.get(reverse("committees:composition", args=[committee.slug]), query)


def test_the_page_shows_every_rule_with_its_gauge(client, committee, secretary):
    for kind in (OwnershipType.PRIVATE, OwnershipType.PRIVATE, OwnershipType.CENTRAL_SOE):
        admit(committee, organisation(kind), by=secretary)
    page = page_of(client, committee)
    assert "2 of 3 = 66.7%" in page.text
    assert '<rect class="g-value" width="66.67%" height="100%"/>' in page.text
    assert '<rect class="g-mark" x="40.00%"' in page.text
    assert "1 of 3 = 33.3%" in page.text  # one controller
    assert "style=" not in page.text


def test_above_the_roster_stand_the_rules_that_are_not_met(client, committee, secretary):
    for kind in (OwnershipType.PRIVATE, OwnershipType.PRIVATE, OwnershipType.CENTRAL_SOE):
        admit(committee, organisation(kind), by=secretary)
    page = client.get(reverse("committees:roster", args=[committee.slug]))
    met = [result for result in page.context["results"] if result.is_met]
    assert {result.rule.code for result in met} >= {"R4", "R10"}
    assert f"Met: {len(met)} of {len(page.context['results'])}" in page.text
    assert "2 of 3 = 66.7%" not in page.text  # R4 is met
    assert "1 of 3 = 33.3%" in page.text  # R7 is not


def test_the_public_page_keeps_controllers_and_evidence_to_the_committee(client, committee, secretary):
    admit(committee, organisation(OwnershipType.PRIVATE), by=secretary)
    client.logout()
    codes = [each.rule.code for each in client.get(committee.get_absolute_url()).context["results"]]
    assert codes == ["R1", "R2", "R3", "R4", "R5", "R6", "R9"]


def test_a_past_day_is_judged_by_the_members_of_that_day(client, committee, secretary):
    admit(committee, organisation(OwnershipType.PRIVATE), on=date(2024, 1, 1), by=secretary)
    admit(committee, organisation(OwnershipType.LOCAL_SOE), on=date(2024, 6, 1), by=secretary)
    address = reverse("committees:roster", args=[committee.slug])
    assert "0 of 1 = 0.0%" in client.get(address, {"as_of": "2024-03-01"}).text
    assert "1 of 2 = 50.0%" in client.get(address, {"as_of": "2024-07-01"}).text


def test_the_review_shows_the_rules_before_and_after(client, committee, secretary):
    admit(committee, organisation(OwnershipType.PRIVATE), by=secretary)
    application = ApplicationFactory.create(committee=committee, organisation=organisation(OwnershipType.LOCAL_SOE))
    application.state, application.number = "submitted", "A-2026-00001"
    application.submitted_at, application.submitted_by = timezone.now(), application.created_by
    application.save()
    page = client.get(application.get_absolute_url())
    change = next(each for each in page.context["changes"] if each.after.rule.code == "R3")
    assert (change.before.figure, change.after.figure) == ("0 of 1 = 0.0%", "1 of 2 = 50.0%")
    assert (change.before.verdict, change.after.verdict) == (Verdict.WARN, Verdict.MET)
    assert "The rules with this member" in page.text


def test_what_several_admissions_would_change(client, committee, secretary):
    sits = organisation(OwnershipType.PRIVATE)
    admit(committee, sits, by=secretary)
    thought_of = [sits, organisation(OwnershipType.LOCAL_SOE), organisation(OwnershipType.CENTRAL_SOE)]
    page = page_of(client, committee, organisation=[each.pk for each in thought_of])
    changes = {each.after.rule.code: each for each in page.context["changes"]}
    assert changes["R1"].after.figure == "3 of 4 = 75.0%"
    assert (changes["R4"].before.verdict, changes["R4"].after.verdict) == (Verdict.MET, Verdict.WARN)
    assert "1 of them sits here already and changes nothing." in page.text
    assert all(str(each) in page.text for each in thought_of)
    assert committee.seats.count() == 1


@pytest.mark.parametrize("typed", ["999999", "none", "1\x00", ""])
def test_an_organisation_that_is_none_is_explained(client, committee, secretary, typed):
    page = page_of(client, committee, organisation=typed)
    assert page.status_code == 200
    assert page.context["changes"] == []
    assert "<title>Error:" in page.text


def test_suggestions_come_from_the_committees_trade_with_their_reason(client, committee, secretary):
    member, local = organisation(OwnershipType.PRIVATE), organisation(OwnershipType.LOCAL_SOE, code="3216")
    admit(committee, member, by=secretary)
    elsewhere = organisation(OwnershipType.LOCAL_SOE, code="01")
    dissolved = organisation(OwnershipType.LOCAL_SOE, status="dissolved")
    kazakh = organisation(OwnershipType.OVERSEAS, country="KZ")
    page = page_of(client, committee)
    found = {each.result.rule.code: list(each.organisations) for each in page.context["suggestions"]}
    assert found["R3"] == [local]
    assert found["R6"] == [kazakh]
    assert found["R1"] == sorted([local, kazakh], key=lambda each: each.legal_name)
    assert elsewhere not in found["R1"]
    assert dissolved not in found["R1"]
    assert "Verified, of the committee’s trade, not a member yet: Local SOE." in page.text
    assert f"?organisation={local.pk}" in page.text


def test_a_committee_without_industry_codes_gets_an_explanation(client, secretary):
    bare, keeper = committee_with_secretary()
    give_rules(bare)
    client.force_login(keeper)
    admit(bare, organisation(OwnershipType.PRIVATE), by=keeper)
    assert "The registry knows nobody of this kind" in page_of(client, bare).text


def test_a_suspended_committee_is_not_judged(client):
    resting, keeper = committee_with_secretary(state=CommitteeState.SUSPENDED)
    give_rules(resting)
    client.force_login(keeper)
    assert "No rule of composition applies" in page_of(client, resting).text


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_takes_as_many_queries_for_one_member_as_for_three(
    client, committee, secretary, django_assert_num_queries, number
):
    office = Position.objects.create(committee=committee, code="vice_chair", title_en="Vice-chair")
    for _each in range(number):
        seat = admit(committee, organisation(OwnershipType.PRIVATE), by=secretary)
        appointments.appoint(seat, office, by=secretary, effective_on=date(2024, 2, 1))
    with django_assert_num_queries(20):
        page_of(client, committee)
