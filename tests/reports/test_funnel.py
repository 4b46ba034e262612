"""T6 and the applications in T1, counted by hand from moves recorded at chosen moments."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count
from zoneinfo import ZoneInfo

import pytest

from committees.enums import ApplicationState
from committees.models import Application
from committees.report_sections.applications import overdue_since
from committees.report_sections.classes import APPLICANT_ROWS
from committees.report_sections.funnel import funnel_check, funnel_table
from committees.report_sections.summary import indicators
from committees.workdays import WEEKDAYS
from members.enums import OwnershipType
from temp_portal.audit.models import Transition
from temp_portal.core.periods import Quarter
from temp_portal.reports.builder import basis_of
from temp_portal.reports.figures import Missing, Ratio, Reason
from tests.factories import ApplicationFactory, CommitteeFactory, OrganisationFactory, own

pytestmark = pytest.mark.django_db

SHANGHAI = ZoneInfo("Asia/Shanghai")
QUARTER = Quarter(2026, 2)
numbers = count(1)


def moment(text: str) -> datetime:
    """A moment of 2026 in the portal's zone: "04-10" or "03-31 23:59"."""
    day, _space, time = text.partition(" ")
    return datetime.fromisoformat(f"{'2026-' if len(day) == 5 else ''}{day}T{time or '12:00'}").replace(tzinfo=SHANGHAI)


def application(committee, *moves: tuple[str, str], kind: str | None = "private", since: date = date(2020, 1, 1)):
    """An application with its moves: (target state, moment of recording)."""
    organisation = OrganisationFactory.create()
    if kind:
        own(organisation, kind, since=since)
    made = ApplicationFactory.create(committee=committee, organisation=organisation)
    source = ApplicationState.DRAFT
    for target, when in moves:
        Transition.objects.create(
            subject_type=Application._meta.label_lower,
            subject_id=made.pk,
            move=target,
            from_state=source,
            to_state=target,
            at=moment(when),
            effective_on=moment(when).date(),
        )
        source = target
    return made


@pytest.fixture
def committee():
    return CommitteeFactory.create()


def basis(committee, cut_off=None, **options):
    return basis_of(QUARTER, cut_off=cut_off or datetime.now(SHANGHAI), scope=[committee.pk], **options)


def table(committee, **options):
    return funnel_table(basis(committee, **options))


def test_a_quarter_counted_by_hand(committee):
    application(committee, ("submitted", "03-20"), ("approved", "04-10"))
    application(committee, ("submitted", "04-02"), ("rejected", "04-06"))
    application(committee, ("submitted", "05-01"), ("returned", "05-04"), ("submitted", "05-20"), ("approved", "05-30"))
    application(committee, ("submitted", "05-02"), ("withdrawn", "05-03"))
    application(committee, ("submitted", "06-25"))
    application(committee, ("submitted", "06-20"), ("returned", "06-22"))
    application(committee, ("withdrawn", "06-01"))
    application(committee, ("submitted", "02-01"), ("approved", "02-21"), kind="central_soe")
    application(committee)

    private = table(committee)["private"]
    assert private["open_start"] == 1
    assert private["received"] == {
        "q": 5,
        "previous": 1,
        "change": 4,
        "growth": Ratio(4, 1),
        "ytd": 6,
        "last_year": 0,
    }
    assert (private["returned"], private["withdrawn"]) == (2, 1)
    assert (private["approved"]["q"], private["approved"]["previous"], private["approved"]["ytd"]) == (2, 0, 2)
    assert private["approved"]["growth"] == Missing(Reason.GROWTH_FROM_ZERO)
    assert private["rejected"]["q"] == 1
    assert (private["open_end"]["q"], private["open_end"]["previous"], private["open_end"]["ytd"]) == (2, 1, 2)
    assert private["median_days"]["q"] == Decimal(10)  # of 21, 4 and, since the last handing in, 10
    assert private["median_days"]["previous"] == Missing(Reason.NOTHING_TO_MEASURE)

    whole = table(committee)["all"]
    assert whole["median_days"]["previous"] == Decimal(20)
    assert whole["median_days"]["ytd"] == Decimal(15)  # of 4, 10, 20 and 21
    assert (whole["median_days"]["change"], whole["median_days"]["growth"]) == (Decimal(-10), Ratio(-10, 20))
    assert funnel_check(table(committee)).adds_up


def test_the_summary_counts_the_same_applications(committee):
    application(committee, ("submitted", "04-02"), ("approved", "05-06"))
    application(committee, ("submitted", "02-02"))
    rows = indicators(basis(committee))
    assert [rows[row]["value"]["q"] for row in ("applications_received", "applications_approved")] == [1, 1]
    assert rows["applications_received"]["value"]["ytd"] == 2


def test_quarters_begin_and_end_at_midnight_of_the_report_s_zone(committee):
    application(committee, ("submitted", "03-31 23:59"))
    application(committee, ("submitted", "04-01 00:00"))
    application(committee, ("submitted", "06-30 23:59"))
    application(committee, ("submitted", "07-01 00:00"))
    row = table(committee)["all"]
    assert (row["open_start"], row["received"]["q"], row["open_end"]["q"]) == (1, 2, 3)
    elsewhere = table(committee, time_zone="America/Lima")["all"]
    assert (elsewhere["open_start"], elsewhere["received"]["q"], elsewhere["open_end"]["q"]) == (2, 2, 4)


def test_the_row_is_the_ownership_of_the_day_of_recording(committee):
    turning = application(committee, ("submitted", "04-10"), ("approved", "05-10"), kind=None)
    own(turning.organisation, OwnershipType.LOCAL_SOE, since=date(2026, 5, 1))
    rows = table(committee)
    assert (rows["unverified"]["received"]["q"], rows["local"]["received"]["q"]) == (1, 0)
    assert (rows["unverified"]["approved"]["q"], rows["local"]["approved"]["q"]) == (0, 1)
    assert (rows["enterprises"]["approved"]["q"], rows["all"]["approved"]["q"]) == (1, 1)


def test_foreign_applicants_stand_in_their_own_row_and_in_the_group(committee):
    for kind in (OwnershipType.HMT, OwnershipType.FOREIGN, OwnershipType.OVERSEAS, OwnershipType.COLLECTIVE):
        application(committee, ("submitted", "04-10"), kind=kind)
    rows = table(committee)
    received = {row: rows[row]["received"]["q"] for row in APPLICANT_ROWS}
    assert {row: number for row, number in received.items() if number} == {
        "foreign": 3,
        "foreign.hmt": 1,
        "foreign.funded": 1,
        "foreign.overseas": 1,
        "enterprises": 3,
        "collective": 1,
        "all": 4,
    }


def test_overdue_are_those_whose_working_days_had_run_out(committee):
    application(committee, ("submitted", "05-29"))  # due on 26 June
    application(committee, ("submitted", "06-02"))  # due on 30 June, the last day
    application(committee, ("submitted", "05-01"), ("returned", "05-20"))  # with the enterprise
    application(committee, ("submitted", "05-01"), ("approved", "07-02"))  # decided after the end
    assert table(committee)["all"]["overdue"] == 2
    assert table(committee, cut_off=moment("06-20"))["all"]["overdue"] == 1


@pytest.mark.parametrize("day", [date(2026, 6, 1) + timedelta(days=number) for number in range(10)])
def test_overdue_since_is_the_last_day_that_is_too_late(day):
    latest = overdue_since(day)
    assert WEEKDAYS.add(latest, 20) < day <= WEEKDAYS.add(latest + timedelta(days=1), 20)


def test_moves_recorded_after_the_cut_off_are_not_known(committee):
    application(committee, ("submitted", "04-10"), ("approved", "05-10"))
    row = table(committee, cut_off=moment("05-01"))["all"]
    assert (row["received"]["q"], row["approved"]["q"], row["open_end"]["q"]) == (1, 0, 1)
