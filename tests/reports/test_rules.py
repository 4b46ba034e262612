"""T4: how committees stand to their rules of composition at quarter ends, by what was known at the cut-off."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from committees.composition.verdicts import Verdict
from committees.models import Position
from committees.report_sections.composition import VERDICT_CODES, rules_table
from committees.workflows import appointments, seats
from committees.workflows.composition import decide_rule
from members.enums import OwnershipType
from temp_portal.core.periods import Quarter
from temp_portal.reports.basis import Basis
from temp_portal.reports.builder import compute
from temp_portal.reports.figures import Missing, Ratio, Reason
from temp_portal.reports.presentation import tables
from tests.factories import OrganisationFactory, admit, committee_with_secretary, give_rules, own

pytestmark = pytest.mark.django_db

QUARTER = Quarter(2026, 2)


@pytest.fixture
def kept():
    committee, secretary = committee_with_secretary(created_at=datetime(2024, 1, 1, tzinfo=UTC))
    give_rules(committee)
    for number in range(9):
        member(committee, secretary, OwnershipType.PRIVATE, date(2025, 1, 1), number)
    return committee, secretary


def member(committee, secretary, kind, on, number=0):
    organisation = OrganisationFactory.create()
    own(organisation, kind, controller=f"Owner {number}", evidence_on=on)
    return admit(committee, organisation, on=on, by=secretary)


def table(committee, cut_off=None):
    basis = Basis(QUARTER, cut_off or timezone.now() + timedelta(seconds=1), (committee.pk,))
    return {key.split(".")[1]: row for key, row in rules_table(basis).items()}


def test_a_row_for_every_rule_with_its_exact_figures(kept):
    committee, secretary = kept
    member(committee, secretary, OwnershipType.LOCAL_SOE, date(2026, 5, 1), 10)
    rows = table(committee)
    assert list(rows) == ["R1", "R2", "R3", "R4", "R5", "R6", "R7", "R9", "R10"]
    local = rows["R3"]
    assert (local["numerator"], local["denominator"], local["share"]) == (1, 10, Ratio(1, 10))
    assert local["threshold"] == Ratio(1, 10)
    assert (local["result"], local["previous"]) == (VERDICT_CODES[Verdict.MET], VERDICT_CODES[Verdict.WARN])
    assert local["failing"] == 0
    assert rows["R1"]["failing"] == 5
    assert rows["R5"]["upper"] == Ratio(33, 100)
    assert (rows["R2"]["result"], rows["R2"]["numerator"]) == (
        VERDICT_CODES[Verdict.UNKNOWN],
        Missing(Reason.NO_DATA),
    )
    assert (rows["R6"]["threshold"], rows["R6"]["share"]) == (1, Missing(Reason.NOT_COUNTED))


def test_what_is_recorded_after_the_cut_off_moves_nothing(kept):
    committee, secretary = kept
    cut_off = timezone.now()
    before = table(committee, cut_off)
    member(committee, secretary, OwnershipType.LOCAL_SOE, date(2026, 5, 1), 10)
    seats.end(committee.seats.first(), by=secretary, effective_on=date(2026, 2, 1), how="resigned")
    chair = Position.objects.create(committee=committee, code="chair", title_en="Chair", holders_max=1)
    appointments.appoint(committee.seats.last(), chair, by=secretary, effective_on=date(2026, 5, 2))
    decide_rule(
        committee,
        "R3",
        by=secretary,
        seen=1,
        effective_on=date(2026, 1, 1),
        decided_on=date(2026, 1, 1),
        document="Minutes 4",
        numerator=1,
        denominator=100,
    )
    assert table(committee, cut_off) == before
    assert table(committee) != before


def test_a_rule_set_aside_has_no_row_and_a_version_of_its_quarter_counts(kept):
    committee, secretary = kept
    decision = {"by": secretary, "seen": 1, "decided_on": date(2026, 4, 2), "document": "Minutes 4"}
    decide_rule(committee, "R1", effective_on=date(2026, 4, 2), states=[], **decision)
    decide_rule(committee, "R3", effective_on=date(2026, 4, 2), numerator=0, denominator=1, **decision)
    rows = table(committee)
    assert "R1" not in rows
    assert (rows["R3"]["result"], rows["R3"]["previous"]) == (
        VERDICT_CODES[Verdict.MET],
        VERDICT_CODES[Verdict.WARN],
    )


def test_the_report_writes_words_for_the_codes(kept):
    committee, _secretary = kept
    document = compute(Basis(QUARTER, timezone.now() + timedelta(seconds=1), (committee.pk,)))
    shown = next(each for each in tables(document) if each.key == "T4")
    line = next(each for each in shown.lines if "R3" in each.label)
    texts = {cell.head.column: cell.text for cell in line.cells}
    assert str(committee) in line.label
    assert (texts["result"], texts["operator"], texts["base"]) == ("Warning", "At least", "Voting unit members")
    assert (texts["share"], texts["failing"]) == ("0.0", "5")


def test_the_number_of_queries_does_not_grow_with_the_committees(kept, django_assert_num_queries):
    committee, _secretary = kept
    others = [committee_with_secretary(created_at=datetime(2024, 1, 1, tzinfo=UTC))[0] for _each in range(2)]
    for other in others:
        give_rules(other)
    for scope in ((committee.pk,), (committee.pk, *(other.pk for other in others))):
        basis = Basis(QUARTER, timezone.now() + timedelta(seconds=1), scope)
        with django_assert_num_queries(16):
            rules_table(basis)
