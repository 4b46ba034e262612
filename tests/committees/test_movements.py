"""What changed between two days, and that it proves."""

from datetime import date, timedelta
from io import BytesIO
from urllib.parse import urlencode

import openpyxl
import pypdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from committees.enums import MovementKind
from committees.models import Seat
from committees.movements import Span, balance_of, movements
from committees.workflows import appointments, seats
from committees.workflows.takeback import take_back
from members.enums import OwnershipType
from members.models import Ownership
from temp_portal.accounts.enums import Role
from temp_portal.audit.models import Recording
from temp_portal.core.db import date_range
from tests.factories import (
    CommitteeFactory,
    OrganisationFactory,
    PersonFactory,
    admit,
    committee_with_secretary,
    own,
    user_with,
)

pytestmark = pytest.mark.django_db

FIRST_QUARTER = Span(date(2024, 1, 1), date(2024, 3, 31))
QUARTER = Span(date(2024, 4, 1), date(2024, 6, 30))


@pytest.fixture
def kept():
    """(committee, its secretary)."""
    return committee_with_secretary()


def changes(committee, span):
    return movements(Seat.objects.filter(committee=committee), span)


def told(committee, span=QUARTER):
    """(day, kind, before, after) of what changed, the earliest day first."""
    return [(each.day, each.kind, each.before, each.after) for each in reversed(changes(committee, span))]


def test_who_joined_and_who_left(kept):
    committee, secretary = kept
    stays = admit(committee, on=date(2024, 1, 1), by=secretary)
    leaves = admit(committee, on=date(2024, 1, 1), by=secretary)
    joins = admit(committee, on=QUARTER.first, by=secretary)
    seats.end(leaves, by=secretary, effective_on=QUARTER.last, how="resigned", document="Letter")
    admit(committee, on=QUARTER.last + timedelta(days=1), by=secretary)
    rows = changes(committee, QUARTER)
    assert [(each.kind, each.seat) for each in rows] == [(MovementKind.LEFT, leaves), (MovementKind.JOINED, joins)]
    assert rows[0].document == "Letter"
    assert rows[0].after == "resigned"
    assert balance_of(committee, QUARTER).proves
    assert (balance_of(committee, QUARTER).opening, balance_of(committee, QUARTER).closing) == (2, 2)
    assert stays not in {each.seat for each in rows}


def test_each_particular_that_changed_is_told(kept):
    committee, secretary = kept
    seat = admit(committee, on=date(2024, 1, 1), by=secretary)
    person = PersonFactory.create(name="Lin")
    seats.change(
        seat,
        by=secretary,
        effective_on=date(2024, 5, 1),
        functional_role="lead",
        chain_role="trade",
        representative=person,
    )
    seats.suspend(seat, by=secretary, effective_on=date(2024, 6, 1), reason="Dues unpaid")
    assert told(committee) == [
        (date(2024, 5, 1), MovementKind.REPRESENTATIVE, "–", "Lin"),
        (date(2024, 5, 1), MovementKind.CHAIN, "–", "Trade"),
        (date(2024, 5, 1), MovementKind.ROLE, "None", "Lead"),
        (date(2024, 6, 1), MovementKind.SUSPENSION, "no", "yes"),
    ]


def test_a_member_that_turns_private_is_reclassified(kept):
    committee, secretary = kept
    turns, unverified, joins_late = OrganisationFactory.create_batch(3)
    for organisation in (turns, joins_late):
        own(organisation, OwnershipType.LOCAL_SOE, until=date(2024, 5, 1))
        own(organisation, OwnershipType.PRIVATE, since=date(2024, 5, 1))
    own(unverified, OwnershipType.LOCAL_SOE, since=date(2024, 6, 1))
    own(unverified, OwnershipType.PRIVATE, since=date(2020, 1, 1), until=date(2024, 6, 1), verified=False)
    for organisation in (turns, unverified):
        admit(committee, organisation, on=date(2024, 1, 1), by=secretary)
    admit(committee, joins_late, on=date(2024, 5, 1), by=secretary)
    found = [row for row in told(committee) if row[1] == MovementKind.OWNERSHIP]
    assert found == [
        (date(2024, 5, 1), MovementKind.OWNERSHIP, "Local SOE", "Private"),
        (date(2024, 6, 1), MovementKind.OWNERSHIP, "Unverified", "Local SOE"),
    ]


def test_an_ownership_that_ends_leaves_the_member_unverified(kept):
    committee, secretary = kept
    organisation = OrganisationFactory.create()
    own(organisation, OwnershipType.PRIVATE, until=date(2024, 5, 1))
    admit(committee, organisation, on=date(2024, 1, 1), by=secretary)
    assert told(committee) == [(date(2024, 5, 1), MovementKind.OWNERSHIP, "Private", "Unverified")]
    Ownership.objects.create(organisation=organisation, type=OwnershipType.PRIVATE, valid=date_range(date(2024, 5, 1)))
    assert told(committee) == [(date(2024, 5, 1), MovementKind.OWNERSHIP, "Private", "Unverified")]


def test_offices_taken_and_left(kept):
    committee, secretary = kept
    office = committee.positions.create(code="chair", title_en="Chair", rank=1, holders_max=1)
    seat = admit(committee, on=date(2024, 1, 1), by=secretary)
    person = PersonFactory.create(name="Lin")
    held = appointments.appoint(seat, office, by=secretary, effective_on=date(2024, 4, 1), person=person)
    appointments.end(held, by=secretary, effective_on=date(2024, 6, 1))
    assert told(committee) == [
        (date(2024, 4, 1), MovementKind.OFFICE_TAKEN, "", "Chair"),
        (date(2024, 6, 1), MovementKind.OFFICE_LEFT, "Chair", ""),
    ]
    assert {each.change for each in changes(committee, QUARTER)} == {"Chair, Lin"}


def test_corrections_stand_at_the_day_on_which_they_were_recorded(kept):
    committee, secretary = kept
    seat = admit(committee, on=date(2024, 1, 10), by=secretary)
    seats.correct_admission(seat, by=secretary, admitted_on=date(2024, 1, 2), reason="Minutes of 2 January")
    assert [(each.kind, each.day, each.recorded_later) for each in changes(committee, FIRST_QUARTER)] == [
        (MovementKind.JOINED, date(2024, 1, 2), True)
    ]
    today = timezone.localdate()
    late, corrected = changes(committee, Span(today, today))
    assert (corrected.kind, corrected.day, corrected.seat) == (MovementKind.CORRECTION, today, seat)
    assert corrected.after == "Day of admission corrected to 2 Jan 2024"
    assert corrected.reason == "Recorded before: 10 Jan 2024 · Minutes of 2 January"
    assert corrected.recorded_by == str(secretary)
    assert late.after == "Admitted from 10 Jan 2024"
    sums = balance_of(committee, Span(today, today))
    assert (sums.opening, sums.opening_known, sums.closing) == (1, 0, 1)


def history(committee, secretary, members):
    """A quarter in which as many members do everything that can be done."""
    for _each in range(members):
        organisation = OrganisationFactory.create()
        own(organisation, OwnershipType.LOCAL_SOE, until=date(2024, 5, 1))
        own(organisation, OwnershipType.PRIVATE, since=date(2024, 5, 1))
        seat = admit(committee, organisation, on=date(2024, 4, 2), by=secretary)
        office = committee.positions.create(code=f"office-{seat.pk}", title_en="Chair", rank=1)
        appointments.appoint(seat, office, by=secretary, effective_on=date(2024, 4, 3))
        seats.change(seat, by=secretary, effective_on=date(2024, 5, 2), representative=PersonFactory.create())
        seats.correct_admission(seat, by=secretary, admitted_on=date(2024, 4, 1), reason="Minutes")
        seats.end(seat, by=secretary, effective_on=date(2024, 6, 1), how="resigned")


def queries(call):
    with CaptureQueriesContext(connection) as captured:
        call()
    return len(captured)


@pytest.mark.parametrize("members", [1, 3])
def test_the_number_of_queries_does_not_depend_on_the_roster(kept, members):
    committee, secretary = kept
    history(committee, secretary, members)
    assert queries(lambda: changes(committee, Span(date(2024, 4, 1), timezone.localdate()))) == 7
    assert queries(lambda: balance_of(committee, QUARTER)) == 2


def address(committee, fmt="", **params):
    url = reverse(f"committees:movements{fmt}", args=[committee.slug])
    return f"{url}?{urlencode(params)}"


def test_the_page_counts_and_links_to_its_rows(client, kept):
    committee, secretary = kept
    history(committee, secretary, 2)
    client.force_login(secretary)
    days = {"from": "2024-04-01", "to": "2024-06-30"}
    page = client.get(address(committee, **days))
    assert page.context["balance"].proves
    numbers = {kind: number for kind, number, _url in page.context["counts"]}
    assert numbers[MovementKind.JOINED] == numbers[MovementKind.LEFT] == 2
    assert numbers[MovementKind.REPRESENTATIVE] == numbers[MovementKind.OWNERSHIP] == 2
    assert numbers[MovementKind.OFFICE_TAKEN] == numbers[MovementKind.OFFICE_LEFT] == 2
    assert numbers[MovementKind.CORRECTION] == 0
    for kind, number, url in page.context["counts"]:
        rows = client.get(page.request["PATH_INFO"] + url).context["list"].page.rows
        assert [each.kind for each in rows] == [kind] * number, kind


def test_pages_of_rows_and_their_order(client, kept):
    committee, secretary = kept
    for number in range(25):
        admit(committee, on=date(2024, 4, 1) + timedelta(days=number), by=secretary)
    client.force_login(secretary)
    days = {"from": "2024-04-01", "to": "2024-06-30", "size": 20}
    first = client.get(address(committee, **days)).context["list"]
    assert (len(first.page.rows), first.page.rows[0].day) == (20, date(2024, 4, 25))
    second = client.get(address(committee, **days, after=first.page.next)).context["list"]
    assert [each.day.day for each in second.page.rows] == [5, 4, 3, 2, 1]
    back = client.get(address(committee, **days, before=second.page.previous)).context["list"]
    assert back.page.rows[0].day == date(2024, 4, 25)
    ascending = client.get(address(committee, **days, sort="day")).context["list"]
    assert ascending.page.rows[0].day == date(2024, 4, 1)
    assert client.get(address(committee, **days, after="nonsense")).context["list"].page.rank == 0


def test_files_hold_the_rows_and_columns_on_screen(client, kept):
    committee, secretary = kept
    history(committee, secretary, 2)
    client.force_login(secretary)
    days = {"from": "2024-04-01", "to": "2024-06-30", "kind": "left", "cols": "day,kind"}
    lines = b"".join(client.get(address(committee, "-csv", **days))).decode("utf-8-sig").splitlines()
    organisations = [str(seat.organisation.legal_name) for seat in Seat.objects.order_by("pk")]
    assert lines == ["Organisation,Day,What changed", *(f"{name},2024-06-01,Left" for name in organisations)]
    book = openpyxl.load_workbook(BytesIO(b"".join(client.get(address(committee, "-xlsx", **days)))))
    assert [row[2].value for row in book.active.iter_rows()] == ["What changed", "Left", "Left"]
    text = pages_of(client.get(address(committee, "-pdf", **days)))
    for words in (committee.name_en, "Left", "0 + 2 − 2 = 0", Seat.objects.all()[0].organisation.name_en):
        assert words in text, words
    assert "Representative" not in text


def pages_of(response):
    """The text of a PDF."""
    assert response.headers["Content-Type"] == "application/pdf"
    return "".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(response.content)).pages)


@pytest.mark.parametrize(
    ("days", "message"),
    [
        ({"from": "1 April"}, "Write the day as year, month and day"),
        ({"from": "2024-06-30", "to": "2024-04-01"}, "This day lies after the other one."),
        ({"to": "2999-01-01"}, "The day lies in the future"),
        ({"from": "0001-01-01"}, "that early"),
    ],
)
def test_days_that_cannot_be_compared(client, kept, days, message):
    committee, secretary = kept
    client.force_login(secretary)
    page = client.get(address(committee, **days))
    assert page.status_code == 200
    assert message in page.text
    assert "<title>Error:" in page.text.replace("\n", "")
    for typed in days.values():
        assert f'value="{typed}"' in page.text


def test_who_may_see_it(client):
    committee = CommitteeFactory.create()
    assert client.get(address(committee)).status_code == 302
    for user, code in [
        (user_with(Role.SECRETARY, committee), 200),
        (user_with(Role.CHAIR, committee), 200),
        (user_with(Role.LEADER), 200),
        (user_with(Role.SECRETARY, CommitteeFactory.create()), 404),
        (user_with(Role.REPRESENTATIVE, OrganisationFactory.create()), 404),
    ]:
        client.force_login(user)
        for fmt in ("", "-csv", "-xlsx", "-pdf"):
            assert client.get(address(committee, fmt)).status_code == code, (user, fmt)


def test_days_of_long_ago_can_be_compared(client, kept):
    committee, secretary = kept
    admit(committee, on=date(2024, 4, 1), by=secretary)
    client.force_login(secretary)
    page = client.get(address(committee, **{"from": "0002-01-01", "kind": "nonsense"}))
    assert page.status_code == 200
    assert page.context["balance"].joined == 1
    assert client.get(address(committee, "-pdf", **{"from": "0002-01-01"})).status_code == 200


def test_what_was_taken_back_is_a_correction(kept):
    committee, secretary = kept
    seat = admit(committee, on=timezone.localdate(), by=secretary)
    take_back(Recording.objects.get(kind="admit"), by=secretary, reason="Another firm was meant")
    today = Span(timezone.localdate(), timezone.localdate())
    (told_once,) = changes(committee, today)
    assert (told_once.kind, told_once.seat) == (MovementKind.CORRECTION, seat)
    assert "Admitted from" in told_once.after
    assert told_once.reason == "Another firm was meant"
    assert balance_of(committee, today).joined == 0


def test_what_became_known_first_tells_when_and_why(kept):
    committee, secretary = kept
    today = timezone.localdate()
    seat = admit(committee, on=today - timedelta(days=2), by=secretary, document="Minutes no. 1")
    seats.change(seat, by=secretary, effective_on=today - timedelta(days=1), chain_role="trade", reason="Asked for")
    known = {each.kind: each for each in changes(committee, Span(today - timedelta(days=2), today))}
    seats.end(seat, by=secretary, effective_on=today, how="resigned", reason="Letter")
    now = {each.kind: each for each in changes(committee, Span(today - timedelta(days=2), today))}
    assert now[MovementKind.LEFT].reason == "Letter"
    for kind, document, reason in [
        (MovementKind.JOINED, "Minutes no. 1", ""),
        (MovementKind.CHAIN, "Minutes no. 1", "Asked for"),
    ]:
        assert (now[kind].document, now[kind].reason) == (document, reason)
        assert now[kind].recorded_at == known[kind].recorded_at
