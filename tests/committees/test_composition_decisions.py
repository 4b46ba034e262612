"""A committee decides on its rules: the next version holds from a day on, and an obstacle stops its foundation."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from committees.composition.verdicts import rules_of, threshold_text
from committees.enums import CommitteeState, RuleCode
from committees.models import CompositionRule
from committees.workflows import committees
from committees.workflows.composition import decide_rule
from committees.workflows.lifecycle import Evidence
from temp_portal.accounts.enums import Role
from temp_portal.audit.models import Transition
from tests.factories import OrganisationFactory, admit, committee_with_secretary, give_rules, user_with

pytestmark = pytest.mark.django_db

MARCH = date(2025, 3, 1)


@pytest.fixture
def kept(client):
    committee, secretary = committee_with_secretary()
    give_rules(committee)
    client.force_login(secretary)
    return committee, secretary


def page_of(committee, code="R3"):
    return reverse("committees:rule", args=[committee.slug, code])


def decision(client, committee, code="R3", **changes):
    form = client.get(page_of(committee, code)).context["form"]
    values = {name: form[name].value() for name in form.fields}
    typed = {"decided_on": "2025-02-20", "effective_on": "2025-03-01", "document": "Minutes 4"} | changes
    return {name: value for name, value in (values | typed).items() if value is not None}


def rule_on(committee, day, code="R3"):
    return next(each for each in rules_of([committee.pk], day)[committee.pk] if each.code == code)


def test_a_decision_holds_from_its_day_on_and_the_earlier_version_stays(client, kept):
    committee, secretary = kept
    answer = client.post(page_of(committee), decision(client, committee, threshold="1/3", operator="more_than"))
    assert answer.status_code == 302
    assert threshold_text(rule_on(committee, MARCH - timedelta(days=1))) == "at least 10%"
    new = rule_on(committee, MARCH)
    assert (threshold_text(new), new.version, new.document) == ("more than 1/3", 2, "Minutes 4")
    assert new.recorded_by == secretary
    page = client.get(page_of(committee))
    assert [each.version for each in page.context["versions"]] == [2, 1]
    move = Transition.objects.of(new).get()
    assert (move.from_state, move.to_state, move.details["rule"]) == ("1", "2", "R3")
    assert "version 2, decided on" in client.get(reverse("committees:settings", args=[committee.slug])).text


def test_a_range_and_a_number(client, kept):
    committee, _secretary = kept
    client.post(page_of(committee), decision(client, committee, operator="between", threshold="12,5 %", upper="20％"))
    assert threshold_text(rule_on(committee, MARCH)) == "1/8 to 20%"
    client.post(page_of(committee, "R8"), decision(client, committee, "R8", threshold="12", states=[]))
    assert (threshold_text(rule_on(committee, MARCH, "R8")), rule_on(committee, MARCH, "R8").states) == (
        "at least 12",
        [],
    )


@pytest.mark.parametrize(
    ("code", "change", "field"),
    [
        ("R3", {"threshold": "10"}, "threshold"),
        ("R3", {"threshold": "120%"}, "threshold"),
        ("R3", {"threshold": "1/0"}, "threshold"),
        ("R3", {"threshold": "a tenth"}, "threshold"),
        ("R8", {"threshold": "10%"}, "threshold"),
        ("R3", {"operator": "between"}, "upper"),
        ("R3", {"operator": "between", "upper": "5%"}, "upper"),
        ("R3", {"text_en": "", "text_zh_hans": "", "text_ru": ""}, "text_en"),
        ("R3", {"document": ""}, "document"),
        ("R3", {"decided_on": "2999-01-01"}, "decided_on"),
        ("R3", {"effective_on": "2999-01-01"}, "effective_on"),
        ("R3", {"effective_on": "1999-12-31"}, "effective_on"),
        ("R2", {"substitute": "99999"}, "substitute"),
    ],
)
def test_what_cannot_be_is_explained_and_nothing_typed_is_lost(client, kept, code, change, field):
    committee, _secretary = kept
    data = decision(client, committee, code, reason="As the council wished.") | change
    answer = client.post(page_of(committee, code), data)
    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    assert "As the council wished." in answer.text
    assert CompositionRule.objects.filter(committee=committee, version__gt=1).count() == 0


def test_of_two_deciders_the_second_is_told(client, kept):
    committee, _secretary = kept
    mine = decision(client, committee, threshold="15%")
    assert client.post(page_of(committee), decision(client, committee, threshold="20%")).status_code == 302
    answer = client.post(page_of(committee), mine)
    assert "Somebody else has decided on this rule" in answer.text
    assert threshold_text(rule_on(committee, MARCH)) == "at least 20%"


def test_only_who_keeps_the_committee_decides(kept):
    committee, _secretary = kept
    said = {"seen": 1, "effective_on": MARCH, "decided_on": MARCH, "document": "Minutes 4"}
    with pytest.raises(PermissionDenied):
        decide_rule(committee, "R3", by=user_with(Role.CHAIR, committee), **said)


def test_a_substitute_may_lead(client, kept):
    committee, _secretary = kept
    leader = OrganisationFactory.create()
    client.post(page_of(committee, "R2"), decision(client, committee, "R2", substitute=leader.pk))
    assert rule_on(committee, MARCH, RuleCode.R2).substitute == leader


def test_an_unknown_rule_is_not_found(client, kept):
    assert client.get(page_of(kept[0], "R11")).status_code == 404


def test_a_committee_is_not_established_with_fewer_members_than_its_rules_ask():
    committee, secretary = committee_with_secretary(state=CommitteeState.APPROVED)
    give_rules(committee)
    staff, today = user_with(Role.STAFF), timezone.localdate()
    for _each in range(9):
        admit(committee, by=secretary)
    evidence = Evidence(effective_on=today, document="Minutes 1", term_ends_on=today + timedelta(days=1500))
    with pytest.raises(ValidationError, match=r"R8: .+: 9 \(at least 10\)"):
        committees.advance(committee, "establish", by=staff, evidence=evidence)
    admit(committee, by=secretary)
    assert committees.advance(committee, "establish", by=staff, evidence=evidence).state == CommitteeState.ESTABLISHED
