"""T1: committees by state, projects by stage, and money that is never added up across kinds or currencies."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from committees.models import Committee
from committees.report_sections.summary import indicators as committee_indicators
from members.enums import OwnershipType
from projects.models import Project, Sponsorship
from projects.report_sections import indicators, rows
from temp_portal.audit.models import Transition
from temp_portal.core.periods import Quarter
from temp_portal.reports import sections
from temp_portal.reports.builder import basis_of
from temp_portal.reports.figures import Missing, Ratio, Reason
from tests.factories import CommitteeFactory, MoneyEventFactory, OrganisationFactory, ProjectFactory, admit, own

pytestmark = pytest.mark.django_db

ZONE = ZoneInfo("Asia/Shanghai")
QUARTER = Quarter(2026, 2)
LONG_AGO = datetime(2020, 1, 1, tzinfo=ZONE)


def now():
    return datetime.now(ZONE)


def moved(record, *moves: tuple[str, str, date]):
    """Moves of a record: (source, target, effective day), all recorded now."""
    for source, target, day in moves:
        Transition.objects.create(
            subject_type=record._meta.label_lower,
            subject_id=record.pk,
            move="move",
            from_state=source,
            to_state=target,
            effective_on=day,
        )
    return record


def block(rows, row):
    return rows[row]["value"]


def active(scope=None, cut_off=None):
    return block(committee_indicators(basis_of(QUARTER, cut_off=cut_off or now(), scope=scope)), "committees_active")


def test_committees_are_counted_by_the_day_on_which_a_state_took_effect():
    first, second, third = CommitteeFactory.create_batch(3)
    moved(first, ("", "active", date(2025, 6, 30)))
    moved(second, ("", "preparatory", date(2025, 1, 1)), ("preparatory", "active", date(2026, 4, 1)))
    moved(third, ("", "active", date(2024, 1, 1)), ("active", "suspended", date(2026, 6, 30)))
    found = active()
    assert (found["q"], found["previous"], found["last_year"], found["ytd"]) == (2, 2, 2, 0)
    assert active(scope=[second.pk])["previous"] == 0
    assert active(scope=[second.pk])["q"] == 1


def test_a_committee_whose_election_is_due_is_active_and_an_established_one_is_not_yet():
    moved(CommitteeFactory.create(), ("", "re_election_due", date(2026, 1, 1)))
    moved(CommitteeFactory.create(), ("", "established", date(2026, 1, 1)))
    assert active()["q"] == 1


def test_the_order_of_recording_decides_between_moves_of_past_days():
    committee = CommitteeFactory.create()
    moved(committee, ("", "active", date(2025, 1, 1)), ("active", "suspended", date(2026, 5, 1)))
    moved(committee, ("suspended", "active", date(2026, 4, 15)))
    assert active()["q"] == 1


def test_a_committee_that_has_never_moved_counts_from_its_creation_at_every_cut_off():
    committee = CommitteeFactory.create(created_at=LONG_AGO)
    cut_off = now()
    assert active(cut_off=cut_off)["q"] == 1
    moved(committee, ("active", "dissolved", date(2026, 1, 1)))
    Committee.objects.update(state="dissolved")
    assert (active(cut_off=cut_off)["q"], active()["q"]) == (1, 0)


def test_unit_members_are_the_seats_with_a_vote():
    committee = CommitteeFactory.create()
    for voting in (True, True, False):
        organisation = OrganisationFactory.create()
        own(organisation, OwnershipType.PRIVATE)
        admit(committee, organisation, on=date(2026, 5, 1), voting=voting)
    found = committee_indicators(basis_of(QUARTER, cut_off=now(), scope=[committee.pk]))
    assert block(found, "unit_members")["q"] == 2


def figures(scope=None, cut_off=None, quarter=QUARTER):
    return indicators(basis_of(quarter, cut_off=cut_off or now(), scope=scope))


def test_projects_are_counted_by_stage_at_the_bounds():
    for stage in ("S0", "S6", "S7", "S9", "S11", "X1", "X2"):
        moved(ProjectFactory.create(stage=stage), ("", stage, date(2026, 1, 15)))
    moved(ProjectFactory.create(stage="S7"), ("", "S5", date(2026, 1, 1)), ("S5", "S7", date(2026, 4, 1)))
    found = figures()
    assert {row: block(found, row)["q"] for row in found if row.startswith("projects")} == {
        "projects": 5,
        "projects.pipeline": 2,
        "projects.implementation": 2,
        "projects.operation": 1,
        "projects.closed": 1,
        "projects.suspended": 1,
        "projects.cancelled": 1,
    }
    assert block(found, "projects.pipeline")["previous"] == 3
    assert block(found, "projects")["last_year"] == 0


def test_a_committee_counts_the_projects_it_stands_behind():
    committee, other = CommitteeFactory.create_batch(2)
    project = moved(ProjectFactory.create(), ("", "S3", date(2026, 1, 1)))
    Sponsorship.objects.create(project=project, committee=committee, since=date(2026, 5, 1))
    assert block(figures([committee.pk]), "projects")["q"] == 1
    assert block(figures([committee.pk]), "projects")["previous"] == 0
    assert block(figures([other.pk]), "projects")["q"] == 0
    assert block(figures([committee.pk, other.pk]), "projects")["q"] == 1


@pytest.fixture
def project():
    return moved(ProjectFactory.create(), ("", "S7", date(2024, 1, 1)))


def money(project, kind, amount, day, **fields):
    return MoneyEventFactory.create(project=project, kind=kind, amount=Decimal(amount), event_date=day, **fields)


def test_money_is_a_flow_by_the_date_of_the_event(project):
    money(project, "contract_value", "1000000.00", date(2026, 2, 1))
    money(project, "contract_value", "2500000.50", date(2026, 4, 1))
    money(project, "contract_value", "500000.00", date(2025, 6, 30))
    money(project, "disbursed", "75.25", date(2026, 6, 30))
    found = figures()
    assert block(found, "contract_value") == {
        "q": Decimal("2500000.50"),
        "previous": Decimal(1000000),
        "change": Decimal("1500000.50"),
        "growth": Ratio(Decimal("1500000.50"), Decimal(1000000)),
        "ytd": Decimal("3500000.50"),
        "last_year": Decimal(500000),
    }
    assert block(found, "disbursed")["q"] == Decimal("75.25")
    assert block(found, "committed")["q"] == Missing(Reason.NO_DATA)


def test_an_amount_counts_in_dollars_at_its_own_rate_or_in_its_currency(project):
    money(
        project,
        "committed",
        "1000.00",
        date(2026, 5, 1),
        currency="CNY",
        rate_to_usd=Decimal("0.140000000000"),
        rate_source="bank",
    )
    money(project, "committed", "10.00", date(2026, 5, 1))
    money(project, "committed", "700.00", date(2026, 5, 1), currency="KZT")
    money(project, "committed", "300.00", date(2026, 5, 2), currency="KZT")
    found = figures()
    assert block(found, "committed")["q"] == Decimal(150)
    assert block(found, "committed.KZT")["q"] == Decimal(1000)
    assert [spec.key for spec in rows(found) if spec.key.startswith("committed")] == ["committed", "committed.KZT"]
    assert [str(spec.unit) for spec in rows(["committed.KZT"])] == ["KZT million"]


def test_corrections_replace_and_cancellations_remove(project):
    wrong = money(project, "committed", "100.00", date(2026, 5, 1))
    before = now()
    right = money(project, "committed", "60.00", date(2026, 5, 1), supersedes=wrong)
    corrected = now()
    money(project, "committed", "60.00", date(2026, 5, 1), supersedes=right, cancels=True)
    assert block(figures(cut_off=before), "committed")["q"] == Decimal(100)
    assert block(figures(cut_off=corrected), "committed")["q"] == Decimal(60)
    assert block(figures(), "committed")["q"] == Missing(Reason.NO_DATA)


@pytest.mark.parametrize(
    ("change", "counted"),
    [
        (lambda _p: None, True),
        (lambda p: Project.objects.filter(pk=p.pk).update(in_totals=False), False),
        (lambda p: moved(p, ("S7", "X1", date(2026, 6, 30))), False),
        (lambda p: moved(p, ("S7", "X2", date(2026, 6, 1))), False),
        (lambda p: moved(p, ("S7", "X2", date(2026, 7, 1))), True),
    ],
    ids=["under construction", "umbrella record", "suspended at the end", "cancelled", "cancelled later"],
)
def test_what_is_left_out_of_the_sums(project, change, counted):
    money(project, "committed", "5.00", date(2026, 5, 1))
    change(project)
    expected = Decimal(5) if counted else Missing(Reason.NO_DATA)
    assert block(figures(), "committed")["q"] == expected


def test_pledges_and_guarantees_are_no_investment(project):
    for kind in ("pledge", "guarantee", "repaid", "equity_in", "debt_in"):
        money(project, kind, "9.00", date(2026, 5, 1))
    assert {block(figures(), row)["q"] for row in ("contract_value", "committed", "disbursed")} == {
        Missing(Reason.NO_DATA)
    }


def test_the_table_puts_the_apps_rows_in_order():
    found = sections.get("T1").compute(basis_of(QUARTER, cut_off=now() - timedelta(days=1)))
    assert [spec.key for spec in sections.get("T1").rows(found)] == [
        "committees_active",
        "unit_members",
        "applications_received",
        "applications_approved",
        "projects",
        "projects.pipeline",
        "projects.implementation",
        "projects.operation",
        "projects.closed",
        "projects.suspended",
        "projects.cancelled",
        "contract_value",
        "committed",
        "disbursed",
    ]
