"""The rules of composition R1–R10: what each measures, how it is compared, and what stands outside it."""

from datetime import date
from fractions import Fraction

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from committees.composition.defaults import DEFAULTS, default_rules
from committees.composition.measures import Note, measure, months_before
from committees.composition.roster import Member, Owned, Roster, roster_of, rosters
from committees.composition.verdicts import Verdict, holds, judge, judge_all, results_of, rules_of, threshold_text
from committees.enums import CommitteeState, CountBy, PositionCode, RuleCode, RuleOperator, RuleSeverity
from committees.models import Committee, CompositionRule, Position
from committees.workflows import appointments, committees
from committees.workflows.lifecycle import History
from members.enums import OwnershipType
from temp_portal.accounts.enums import Role
from temp_portal.core.db import date_range
from tests.factories import (
    CommitteeFactory,
    OrganisationFactory,
    admit,
    committee_with_secretary,
    give_rules,
    own,
    user_with,
)

DAY = date(2026, 3, 31)
CENTRAL, LOCAL, PRIVATE, FOREIGN, OVERSEAS = (
    OwnershipType.CENTRAL_SOE,
    OwnershipType.LOCAL_SOE,
    OwnershipType.PRIVATE,
    OwnershipType.FOREIGN,
    OwnershipType.OVERSEAS,
)
ACTIVE = CommitteeState.ACTIVE


def rule(code, **changes):
    found = next(each for each in default_rules(Committee()) if each.code == code)
    for name, value in changes.items():
        setattr(found, name, value)
    return found


def member(number, kind=None, *, offices=(), country="CN", voting=True, **owned):
    facts = Owned(kind, **({"evidence_on": DAY} | owned)) if kind else None
    return Member(number, country, voting, facts, frozenset(offices))


def roster(*kinds):
    return Roster(DAY, tuple(member(number, kind) for number, kind in enumerate(kinds)))


def verdict(code, members, state=ACTIVE, **changes):
    return judge(rule(code, **changes), members, state).verdict


def test_all_four_groups():
    assert verdict("R1", roster(CENTRAL, LOCAL, PRIVATE, OVERSEAS)) == Verdict.MET
    missing = judge(rule("R1"), roster(CENTRAL, PRIVATE), ACTIVE)
    assert (missing.verdict, missing.figure) == (Verdict.WARN, "2 of 4 = 50.0%")
    assert missing.measured.notes == ((Note.ABSENT, "local"), (Note.ABSENT, "foreign"))


def test_a_warning_is_information_while_the_committee_is_prepared():
    assert verdict("R1", roster(CENTRAL), CommitteeState.PREPARATORY) == Verdict.INFO
    assert verdict("R1", roster(CENTRAL), CommitteeState.RE_ELECTION_DUE) == Verdict.WARN


def test_led_by_a_central_enterprise_or_its_substitute():
    chair = member(1, PRIVATE, offices=[PositionCode.CHAIR])
    vice = member(2, CENTRAL, offices=[PositionCode.EXECUTIVE_VICE_CHAIR])
    assert verdict("R2", Roster(DAY, (chair, vice))) == Verdict.MET
    assert verdict("R2", Roster(DAY, (chair,))) == Verdict.WARN
    assert verdict("R2", Roster(DAY, (chair,)), substitute_id=1) == Verdict.MET
    unknown = judge(rule("R2"), roster(CENTRAL), ACTIVE)
    assert (unknown.verdict, unknown.notes) == (Verdict.UNKNOWN, ["nobody is on record as chair"])


@pytest.mark.parametrize(("locals_", "expected"), [(1, Verdict.WARN), (2, Verdict.MET)])
def test_a_tenth_is_included(locals_, expected):
    assert verdict("R3", roster(*[LOCAL] * locals_, *[PRIVATE] * (20 - locals_))) == expected


def test_private_enterprises_must_be_the_largest_group_too():
    assert verdict("R4", roster(*[PRIVATE] * 4, *[LOCAL] * 3, *[CENTRAL] * 3)) == Verdict.MET
    beaten = judge(rule("R4"), roster(*[PRIVATE] * 4, *[LOCAL] * 5), ACTIVE)
    assert (beaten.verdict, beaten.figure) == (Verdict.WARN, "4 of 9 = 44.4%")
    assert beaten.notes == ["as large or larger: Local SOE"]
    assert verdict("R4", roster(*[PRIVATE] * 2, *[LOCAL] * 2)) == Verdict.WARN


@pytest.mark.parametrize(
    ("foreign", "expected"), [(9, Verdict.WARN), (10, Verdict.MET), (33, Verdict.MET), (34, Verdict.WARN)]
)
def test_foreign_enterprises_between_two_thresholds(foreign, expected):
    assert verdict("R5", roster(*[FOREIGN] * foreign, *[PRIVATE] * (100 - foreign))) == expected


def test_another_country_of_the_sco():
    abroad = member(1, OVERSEAS, country="KZ")
    chinese = member(2, OVERSEAS, country="KZ", chinese_controlled=True)
    partner = member(3, OVERSEAS, country="MN")
    assert verdict("R6", Roster(DAY, (abroad, partner))) == Verdict.MET
    assert verdict("R6", Roster(DAY, (chinese, partner))) == Verdict.INFO
    assert verdict("R6", Roster(DAY, (chinese, partner)), count_by=CountBy.REGISTRATION) == Verdict.MET
    before_its_accession = Roster(date(2024, 7, 3), (member(1, OVERSEAS, country="BY"),))
    assert verdict("R6", before_its_accession) == Verdict.INFO


def test_a_firm_abroad_controlled_from_china_counts_as_its_rule_says():
    members = Roster(DAY, (member(1, OVERSEAS, chinese_controlled=True), member(2, PRIVATE)))
    assert measure(rule("R5"), members).value == Fraction(1, 2)
    by_controller = judge(rule("R5", count_by=CountBy.CONTROLLER), members, ACTIVE)
    assert (by_controller.figure, by_controller.measured.notes) == ("0 of 1 = 0.0%", ((Note.GROUP_UNKNOWN, 1),))


def test_one_controller_however_its_name_is_typed():
    same = [member(1, LOCAL, controller="Example  Group"), member(2, LOCAL, controller="EXAMPLE GROUP")]
    others = [member(number, PRIVATE, controller=f"Holding {number}") for number in range(3, 10)]
    assert verdict("R7", Roster(DAY, (*same, *others[:7], member(10)))) == Verdict.MET
    found = judge(rule("R7"), Roster(DAY, (*same, *others[:6], member(10))), ACTIVE)
    assert (found.verdict, found.figure) == (Verdict.WARN, "2 of 9 = 22.2%")
    assert found.notes == ["controller not known of 1"]
    assert verdict("R7", roster(PRIVATE, LOCAL)) == Verdict.UNKNOWN


def test_ten_members_at_the_foundation():
    assert verdict("R8", roster(*[None] * 10), CommitteeState.APPROVED) == Verdict.MET
    assert verdict("R8", roster(*[None] * 9), CommitteeState.APPROVED) == Verdict.FAIL
    assert judge_all([rule("R8")], roster(), ACTIVE) == []


def test_offices_are_spread():
    chair = member(1, CENTRAL, offices=[PositionCode.CHAIR])
    secretary = member(2, PRIVATE, offices=[PositionCode.SECRETARY_GENERAL])
    vices = [member(3, LOCAL, offices=[PositionCode.VICE_CHAIR]), member(4, PRIVATE, offices=[PositionCode.VICE_CHAIR])]
    assert verdict("R9", Roster(DAY, (chair, secretary, *vices))) == Verdict.MET
    both = member(1, CENTRAL, offices=[PositionCode.CHAIR, PositionCode.SECRETARY_GENERAL])
    alike = member(4, LOCAL, offices=[PositionCode.VICE_CHAIR])
    found = judge(rule("R9"), Roster(DAY, (both, vices[0], alike)), ACTIVE)
    assert (found.verdict, found.figure, len(found.notes)) == (Verdict.INFO, "0 of 2 = 0.0%", 2)
    assert verdict("R9", Roster(DAY, (chair, vices[0]))) == Verdict.UNKNOWN


def test_ownership_is_verified_on_recent_evidence():
    fresh = member(1, PRIVATE, evidence_on=date(2024, 3, 31))
    old = member(2, PRIVATE, evidence_on=date(2024, 3, 30))
    undated = member(3, PRIVATE, evidence_on=None)
    assert verdict("R10", Roster(DAY, (fresh,))) == Verdict.MET
    found = judge(rule("R10"), Roster(DAY, (fresh, old, undated, member(4))), ACTIVE)
    assert (found.verdict, found.figure) == (Verdict.WARN, "1 of 4 = 25.0%")
    assert found.notes == ["1 to verify", "1 with undated evidence", "1 with old evidence"]


def test_months_end_where_a_month_is_shorter():
    assert months_before(date(2026, 3, 31), 24) == date(2024, 3, 31)
    assert months_before(date(2024, 2, 29), 12) == date(2023, 2, 28)
    assert months_before(date(2026, 1, 31), 2) == date(2025, 11, 30)


@given(st.lists(st.sampled_from([CENTRAL, LOCAL, PRIVATE, FOREIGN, None]), max_size=12))
def test_observers_and_those_outside_the_percentages_change_no_share(kinds):
    plain = roster(*kinds)
    outside = [
        member(100, PRIVATE, voting=False),
        member(101, OwnershipType.COLLECTIVE),
        member(102, OwnershipType.NON_ENTERPRISE),
        member(103),
    ]
    for code in ("R1", "R3", "R4", "R5"):
        assert measure(rule(code), plain) == measure(rule(code), plain.plus(outside))
    for code in RuleCode:
        assert measure(rule(code), plain) == measure(rule(code), plain.plus(outside[:1]))


@given(st.fractions(0, 1), st.fractions(0, 1))
def test_comparisons_are_exact(value, threshold):
    parts = {"numerator": threshold.numerator, "denominator": threshold.denominator}
    for operator, expected in [
        (RuleOperator.AT_LEAST, value >= threshold),
        (RuleOperator.MORE_THAN, value > threshold),
        (RuleOperator.AT_MOST, value <= threshold),
        (RuleOperator.LESS_THAN, value < threshold),
    ]:
        assert holds(rule("R3", operator=operator, **parts), value) == expected


def test_a_base_narrows_who_is_counted():
    council = member(1, LOCAL, offices=[PositionCode.COUNCIL_MEMBER])
    members = Roster(DAY, (council, *(member(number, PRIVATE) for number in range(2, 20))))
    assert verdict("R3", members) == Verdict.WARN
    assert judge(rule("R3", base="council"), members, ACTIVE).figure == "1 of 1 = 100.0%"
    assert judge(rule("R3", base="officers"), members, ACTIVE).verdict == Verdict.UNKNOWN


def test_thresholds_in_words():
    assert threshold_text(rule("R3")) == "at least 10%"
    assert threshold_text(rule("R5")) == "10% to 33%"
    assert threshold_text(rule("R8")) == "at least 10"
    assert threshold_text(rule("R7", numerator=1, denominator=3)) == "at most 1/3"


@pytest.mark.django_db
def test_a_new_committee_has_the_usual_rules():
    made = committees.create(
        by=user_with(Role.STAFF),
        slug="copper",
        history=History(state=CommitteeState.PROPOSED, since=DAY),
        name_en="Copper",
        sector="materials",
    )
    rules = rules_of([made.pk], date(2010, 1, 1))[made.pk]
    assert [each.code for each in rules] == [default.code for default in DEFAULTS]
    assert all(each.text_en and each.text_zh_hans and each.text_ru for each in rules)


@pytest.mark.django_db
def test_the_roster_of_any_day_is_read_in_two_queries(django_assert_num_queries):
    committee, secretary = committee_with_secretary()
    chair = Position.objects.create(committee=committee, code=PositionCode.CHAIR, title_en="Chair", holders_max=1)
    central, late = OrganisationFactory.create(), OrganisationFactory.create(country="KZ")
    own(central, CENTRAL, controller="Example Group", evidence_on=date(2024, 1, 1))
    own(late, OVERSEAS, since=date(2025, 1, 1), chinese_controlled=True)
    seat = admit(committee, central, on=date(2024, 1, 1), by=secretary)
    admit(committee, late, on=date(2025, 6, 1), by=secretary, voting=False)
    appointments.appoint(seat, chair, by=secretary, effective_on=date(2024, 2, 1))
    with django_assert_num_queries(2):
        found = roster_of(committee.pk, DAY).members
    assert found == (
        Member(
            central.pk,
            "CN",
            True,
            Owned(CENTRAL, "Example Group", False, date(2024, 1, 1)),
            frozenset({PositionCode.CHAIR}),
        ),
        Member(late.pk, "KZ", False, Owned(OVERSEAS, "", True, None)),
    )
    assert roster_of(committee.pk, date(2024, 1, 15)).members[0].offices == frozenset()
    other = CommitteeFactory.create()
    with django_assert_num_queries(2):
        assert rosters([committee.pk, other.pk], DAY)[other.pk].members == ()


@pytest.mark.django_db
def test_only_rules_that_apply_in_the_state_of_the_day_are_judged():
    committee, secretary = committee_with_secretary()
    give_rules(committee)
    admit(committee, by=secretary)
    codes = [result.rule.code for result in results_of(committee, DAY)]
    assert codes == [code for code in RuleCode if code != RuleCode.R8]
    assert results_of(CommitteeFactory.create(), DAY) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        {"denominator": 0},
        {"operator": RuleOperator.BETWEEN},
        {"upper_numerator": 1, "upper_denominator": 2},
        {"valid": date_range(date(2020, 1, 1))},
    ],
)
def test_the_database_refuses_impossible_rules(change):
    committee = CommitteeFactory.create()
    give_rules(committee)
    fields = {"valid": date_range(date(1990, 1, 1), date(1991, 1, 1)), **DEFAULTS[2].fields(), **change}
    with pytest.raises(IntegrityError), transaction.atomic():
        CompositionRule.objects.create(committee=committee, **fields)


def test_severities_map_to_verdicts():
    few = roster(PRIVATE)
    assert verdict("R3", few, severity=RuleSeverity.INFO) == Verdict.INFO
    assert verdict("R3", few, severity=RuleSeverity.BLOCK) == Verdict.FAIL
